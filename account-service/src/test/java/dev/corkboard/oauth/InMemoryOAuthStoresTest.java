// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.oauth;

class InMemoryOAuthStoresTest implements OAuthStoresContract {
  private final OAuthStores stores = new InMemoryOAuthStores();

  @Override
  public OAuthStores stores() {
    return stores;
  }
}
