// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.cassandra;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.metadata.schema.KeyspaceMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.TableMetadata;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What restoring a backup needs of a database and no other tool of a node does. */
public final class Restoring {
  private static final String SCAN = "scan";

  private Restoring() {}

  /**
   * Creates keyspaces, replicated as the configurations say, and then what the schema says. Nothing
   * is created when one of the keyspaces is there: what it holds would be mixed with the backup.
   *
   * @param schema CQL that names the keyspace of each table
   * @throws IllegalStateException with the keyspace that is there
   */
  public static void createSchema(List<CassandraConfig> configs, String schema) {
    try (CqlSession session = Cassandra.connect(configs.get(0), null)) {
      for (CassandraConfig config : configs) {
        if (session.getMetadata().getKeyspace(config.keyspace()).isPresent()) {
          throw new IllegalStateException(
              "keyspace "
                  + config.keyspace()
                  + " is there already (expected: a cluster that holds nothing of Corkboard)");
        }
      }
      for (CassandraConfig config : configs) Cassandra.ensureKeyspace(session, config);
      for (String cql : Cassandra.split(schema)) Cassandra.ddl(session, cql);
    }
  }

  /**
   * How many rows each table has, by {@code keyspace.table}; reads all of them.
   *
   * @throws IllegalStateException when the keyspace is not there
   */
  public static SortedMap<String, Long> countRows(CassandraConfig config) {
    SortedMap<String, Long> rows = new TreeMap<>();
    try (CqlSession session = Cassandra.connect(config, null)) {
      KeyspaceMetadata keyspace =
          session
              .getMetadata()
              .getKeyspace(config.keyspace())
              .orElseThrow(
                  () ->
                      new IllegalStateException("keyspace " + config.keyspace() + " is not there"));
      for (TableMetadata table : keyspace.getTables().values()) {
        rows.put(config.keyspace() + "." + table.getName().asInternal(), count(session, table));
      }
    }
    return rows;
  }

  private static long count(CqlSession session, TableMetadata table) {
    CqlIdentifier key = table.getPartitionKey().get(0).getName();
    String cql =
        "SELECT "
            + key.asCql(true)
            + " FROM "
            + table.getKeyspace().asCql(true)
            + "."
            + table.getName().asCql(true);
    long count = 0;
    for (Row row :
        session.execute(
            SimpleStatement.newInstance(cql).setExecutionProfileName(SCAN).setIdempotent(true))) {
      if (row.size() > 0) count++;
    }
    return count;
  }
}
