// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.testing;

import com.datastax.oss.driver.api.core.CqlSession;
import dev.corkboard.platform.cassandra.Cassandra;
import dev.corkboard.platform.cassandra.CassandraConfig;
import dev.corkboard.platform.config.Env;
import dev.corkboard.stores.TestStores;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Sessions on the real Cassandra of the test run, one per keyspace, open until the JVM ends. */
public final class TestCassandra {
  private static final ConcurrentMap<String, CqlSession> SESSIONS = new ConcurrentHashMap<>();

  private TestCassandra() {}

  /** A session on a keyspace that holds the tables of the schema resources. */
  public static CqlSession session(String keyspace, String... schema) {
    return SESSIONS.computeIfAbsent(keyspace, name -> Cassandra.open(config(name), schema));
  }

  public static CassandraConfig config(String keyspace) {
    var contact = TestStores.cassandra();
    return CassandraConfig.fromEnv(
        Env.of(
            Map.of(
                "CASSANDRA_CONTACT_POINTS", contact.contactPoints(),
                "CASSANDRA_LOCAL_DATACENTER", contact.localDatacenter(),
                "KEYSPACE", keyspace)),
        "KEYSPACE",
        keyspace);
  }
}
