// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import dev.corkboard.collage.v1.Role;

class InMemoryCollageStoreTest implements CollageStoreContract {
  private final InMemoryCollageStore store = new InMemoryCollageStore();

  @Override
  public CollageStore store() {
    return store;
  }

  @Override
  public void join(long collageId, long accountId, Role role) {
    store.join(collageId, accountId, role);
  }

  @Override
  public void leave(long collageId, long accountId) {
    store.leave(collageId, accountId);
  }
}
