// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.oauth;

import dev.corkboard.platform.cassandra.Cql;
import dev.corkboard.platform.testing.TestCassandra;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;

class CassandraOAuthStoresIT implements OAuthStoresContract {
  private static final Cql CQL =
      new Cql(TestCassandra.session("test_account", "/account.cql"), new SimpleMeterRegistry());

  private final OAuthStores stores =
      new OAuthStores() {
        @Override
        public AppStore apps() {
          return new CassandraAppStore(CQL);
        }

        @Override
        public GrantStore grants() {
          return new CassandraGrantStore(CQL);
        }

        @Override
        public SignInStore signIns() {
          return new CassandraSignInStore(CQL);
        }

        @Override
        public RevocationStore revocations() {
          return new CassandraRevocationStore(CQL, Clock.systemUTC());
        }
      };

  @Override
  public OAuthStores stores() {
    return stores;
  }
}
