// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.follow;

class InMemoryFollowStoreTest implements FollowStoreContract {
  private final FollowStore store = new InMemoryFollowStore();

  @Override
  public FollowStore store() {
    return store;
  }
}
