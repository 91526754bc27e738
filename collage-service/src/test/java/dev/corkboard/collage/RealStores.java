// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import dev.corkboard.collage.index.CassandraCollageIndex;
import dev.corkboard.platform.cassandra.Cql;
import dev.corkboard.platform.testing.TestCassandra;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/** Rigs on real stores. */
final class RealStores {
  private static final Cql CQL =
      new Cql(
          TestCassandra.session(
              "collage_rig_it", CassandraCollageStore.SCHEMA, CassandraCollageIndex.SCHEMA),
          new SimpleMeterRegistry());

  private RealStores() {}

  static CollageRig rig() {
    CollageRig rig = new CollageRig();
    rig.store = new CassandraCollageStore(CQL);
    rig.headers = new CassandraCollageHeaders(CQL);
    rig.creations = new CassandraCreationStore(CQL);
    rig.index = new CassandraCollageIndex(CQL);
    return rig;
  }
}
