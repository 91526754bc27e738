// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.account;

class InMemoryAccountStoreTest implements AccountStoreContract, AccountChangesContract {
  private final AccountStore store = new InMemoryAccountStore();

  @Override
  public AccountStore store() {
    return store;
  }
}
