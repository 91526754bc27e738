// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.oidc;

class InMemoryIdentityStoreTest implements IdentityStoreContract {
  private final IdentityStore store = new InMemoryIdentityStore();

  @Override
  public IdentityStore store() {
    return store;
  }
}
