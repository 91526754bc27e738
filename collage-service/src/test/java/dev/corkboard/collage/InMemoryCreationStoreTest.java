// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

class InMemoryCreationStoreTest implements CreationStoreContract {
  private final CreationStore creations = new InMemoryCreationStore();

  @Override
  public CreationStore creations() {
    return creations;
  }
}
