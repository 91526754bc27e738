// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media.video;

import dev.corkboard.media.Media;
import dev.corkboard.platform.cassandra.Cql;
import dev.corkboard.platform.testing.TestCassandra;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;

class CassandraVideoStoreIT implements VideoStoreContract {
  private static final VideoStore STORE =
      new CassandraVideoStore(
          new Cql(TestCassandra.session("video_it", Media.SCHEMA), new SimpleMeterRegistry()),
          Clock.systemUTC());

  @Override
  public VideoStore store() {
    return STORE;
  }
}
