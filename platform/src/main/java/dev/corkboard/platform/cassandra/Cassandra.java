// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Opens a session on a keyspace, creating it and its tables when asked to. Consistency, timeouts
 * and retries are in the driver profiles of {@code application.conf}.
 */
public final class Cassandra {
  /** The driver profile of schema changes, which take over a second. */
  static final String DDL = "ddl";

  /** The driver profile of reads that must finish a Paxos round in progress. */
  public static final String SERIAL = "serial";

  private static final Pattern KEYSPACE = Pattern.compile("[a-z][a-z0-9_]{0,47}");
  private static final Pattern COMMENT = Pattern.compile("--[^\n]*");

  private Cassandra() {}

  /** Opens the session; {@code schema} is a class path resource of idempotent statements. */
  public static CqlSession open(CassandraConfig config, String... schema) {
    if (!KEYSPACE.matcher(config.keyspace()).matches()) {
      throw new IllegalArgumentException("not a keyspace name: " + config.keyspace());
    }
    if (config.ensureSchema()) {
      try (CqlSession session = connect(config, null)) {
        ensureKeyspace(session, config);
      }
    }
    CqlSession session = connect(config, config.keyspace());
    if (config.ensureSchema()) {
      for (String resource : schema) statements(resource).forEach(cql -> ddl(session, cql));
    }
    return session;
  }

  static CqlSession connect(CassandraConfig config, String keyspace) {
    return CqlSession.builder()
        .addContactPoints(config.contactPoints())
        .withLocalDatacenter(config.localDatacenter())
        .withKeyspace(keyspace)
        .build();
  }

  static void ensureKeyspace(CqlSession session, CassandraConfig config) {
    ddl(
        session,
        "CREATE KEYSPACE IF NOT EXISTS "
            + config.keyspace()
            + " WITH replication = {'class': 'NetworkTopologyStrategy', '"
            + config.localDatacenter().replace("'", "''")
            + "': "
            + config.replicationFactor()
            + "}");
  }

  static void ddl(CqlSession session, String cql) {
    session.execute(SimpleStatement.newInstance(cql).setExecutionProfileName(DDL));
  }

  static List<String> statements(String resource) {
    try (InputStream in = Cassandra.class.getResourceAsStream(resource)) {
      if (in == null) throw new IllegalArgumentException("no resource " + resource);
      return split(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The statements of a text, without comments. */
  static List<String> split(String text) {
    return Stream.of(COMMENT.matcher(text).replaceAll("").split(";"))
        .map(String::strip)
        .filter(cql -> !cql.isEmpty())
        .toList();
  }
}
