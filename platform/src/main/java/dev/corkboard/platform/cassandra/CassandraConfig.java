// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.cassandra;

import dev.corkboard.platform.config.ConfigException;
import dev.corkboard.platform.config.Env;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;

/**
 * Where Cassandra is and which keyspace is ours.
 *
 * @param replicationFactor of a keyspace that this process creates
 * @param ensureSchema whether to create keyspace and tables that are missing at start
 * @param login how to log in
 */
public record CassandraConfig(
    List<InetSocketAddress> contactPoints,
    String localDatacenter,
    String keyspace,
    int replicationFactor,
    boolean ensureSchema,
    CassandraLogin login) {

  public static CassandraConfig fromEnv(Env env, String keyspaceKey, String keyspace) {
    return new CassandraConfig(
        contactPoints(env.string("CASSANDRA_CONTACT_POINTS", "127.0.0.1:9042")),
        env.string("CASSANDRA_LOCAL_DATACENTER", "datacenter1"),
        env.string(keyspaceKey, keyspace),
        env.integer("CASSANDRA_REPLICATION_FACTOR", 1, 1, 10),
        env.bool("CASSANDRA_ENSURE_SCHEMA", true),
        CassandraLogin.fromEnv(env));
  }

  private static List<InetSocketAddress> contactPoints(String text) {
    return Arrays.stream(text.split(","))
        .map(String::trim)
        .map(CassandraConfig::contactPoint)
        .toList();
  }

  private static InetSocketAddress contactPoint(String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? text : text.substring(0, colon);
    try {
      int port = colon < 0 ? 9042 : Integer.parseInt(text.substring(colon + 1));
      if (!host.isEmpty()) return new InetSocketAddress(host, port);
    } catch (IllegalArgumentException notAPort) {
      // said below
    }
    throw new ConfigException("CASSANDRA_CONTACT_POINTS", text, "host:port, comma-separated");
  }
}
