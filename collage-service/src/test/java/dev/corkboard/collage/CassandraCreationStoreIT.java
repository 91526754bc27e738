// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

class CassandraCreationStoreIT implements CreationStoreContract {
  private final CreationStore creations = RealStores.rig().creations;

  @Override
  public CreationStore creations() {
    return creations;
  }
}
