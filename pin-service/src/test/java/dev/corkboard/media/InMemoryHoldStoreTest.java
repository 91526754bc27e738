// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

class InMemoryHoldStoreTest implements HoldStoreContract {
  private final HoldStore holds = new InMemoryHoldStore();

  @Override
  public HoldStore holds() {
    return holds;
  }
}
