// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.oidc;

import dev.corkboard.platform.cassandra.Cql;
import dev.corkboard.platform.testing.TestCassandra;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

class CassandraIdentityStoreIT implements IdentityStoreContract {
  private final IdentityStore store =
      new CassandraIdentityStore(
          new Cql(
              TestCassandra.session("test_account", "/account.cql"), new SimpleMeterRegistry()));

  @Override
  public IdentityStore store() {
    return store;
  }
}
