// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin.saves;

class InMemorySaveStoreTest implements SaveStoreContract {
  private final SaveStore store = new InMemorySaveStore();

  @Override
  public SaveStore store() {
    return store;
  }
}
