// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import com.datastax.oss.driver.api.core.CqlSession;
import dev.corkboard.collage.v1.Role;
import dev.corkboard.platform.cassandra.Cql;
import dev.corkboard.platform.testing.Faults;
import dev.corkboard.platform.testing.TestCassandra;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/** The store of collages on the real Cassandra, over a session that may be made to fail. */
final class CassandraRig {
  private static final CqlSession SESSION =
      TestCassandra.session("collage_store", CassandraCollageStore.SCHEMA);

  private CassandraRig() {}

  static CassandraCollageStore store() {
    return new CassandraCollageStore(new Cql(SESSION, new SimpleMeterRegistry()));
  }

  static CassandraCollageStore store(Faults faults) {
    return new CassandraCollageStore(new Cql(faults.around(SESSION), new SimpleMeterRegistry()));
  }

  static void join(long collageId, long accountId, Role role) {
    SESSION.execute(
        "INSERT INTO collage (collage_id, kind, k, role) VALUES (?, 4, ?, ?) IF NOT EXISTS",
        collageId,
        Keys.of(accountId),
        (byte) role.getNumber());
  }

  static void leave(long collageId, long accountId) {
    SESSION.execute(
        "DELETE FROM collage WHERE collage_id = ? AND kind = 4 AND k = ? IF EXISTS",
        collageId,
        Keys.of(accountId));
  }
}
