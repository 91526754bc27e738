// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import dev.corkboard.platform.cassandra.Cql;
import dev.corkboard.platform.testing.TestCassandra;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

class CassandraHoldStoreIT implements HoldStoreContract {
  private static final HoldStore HOLDS =
      new CassandraHoldStore(
          new Cql(
              TestCassandra.session("media_it", CassandraMediaCatalog.SCHEMA),
              new SimpleMeterRegistry()));

  @Override
  public HoldStore holds() {
    return HOLDS;
  }
}
