// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.index;

import dev.corkboard.platform.cassandra.Cql;
import dev.corkboard.platform.testing.TestCassandra;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

class CassandraCollageIndexIT implements CollageIndexContract {
  private static final CollageIndex INDEX =
      new CassandraCollageIndex(
          new Cql(
              TestCassandra.session("collage_index_it", CassandraCollageIndex.SCHEMA),
              new SimpleMeterRegistry()));

  @Override
  public CollageIndex index() {
    return INDEX;
  }
}
