// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import dev.corkboard.platform.cassandra.Cql;
import dev.corkboard.platform.testing.TestCassandra;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

class CassandraCollageHeadersIT implements CollageHeadersContract {
  private static final Cql CQL =
      new Cql(
          TestCassandra.session("collage_headers_it", CassandraCollageStore.SCHEMA),
          new SimpleMeterRegistry());
  private final CollageStore store = new CassandraCollageStore(CQL);
  private final CollageHeaders headers = new CassandraCollageHeaders(CQL);

  @Override
  public CollageStore collages() {
    return store;
  }

  @Override
  public CollageHeaders headers() {
    return headers;
  }
}
