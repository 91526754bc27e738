// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import dev.corkboard.collage.v1.Role;

class CassandraCollageStoreIT implements CollageStoreContract {
  private final CollageStore store = CassandraRig.store();

  @Override
  public CollageStore store() {
    return store;
  }

  @Override
  public void join(long collageId, long accountId, Role role) {
    CassandraRig.join(collageId, accountId, role);
  }

  @Override
  public void leave(long collageId, long accountId) {
    CassandraRig.leave(collageId, accountId);
  }
}
