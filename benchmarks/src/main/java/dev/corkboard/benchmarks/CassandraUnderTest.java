// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks;

import com.datastax.oss.driver.api.core.CqlSession;
import dev.corkboard.platform.cassandra.Cassandra;
import dev.corkboard.platform.cassandra.CassandraConfig;
import dev.corkboard.platform.cassandra.Cql;
import dev.corkboard.platform.config.Env;
import dev.corkboard.stores.CassandraContact;
import dev.corkboard.stores.TestStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;

/** A session on the Cassandra that the environment names, or on one started for the run. */
record CassandraUnderTest(CqlSession session, Cql cql) implements AutoCloseable {

  static CassandraUnderTest open(String keyspace, String schema) {
    CassandraContact contact = TestStores.cassandra();
    Env env =
        Env.of(
            Map.of(
                "CASSANDRA_CONTACT_POINTS", contact.contactPoints(),
                "CASSANDRA_LOCAL_DATACENTER", contact.localDatacenter()));
    CqlSession session =
        Cassandra.open(CassandraConfig.fromEnv(env, "BENCH_KEYSPACE", keyspace), schema);
    return new CassandraUnderTest(session, new Cql(session, new SimpleMeterRegistry()));
  }

  @Override
  public void close() {
    session.close();
  }
}
