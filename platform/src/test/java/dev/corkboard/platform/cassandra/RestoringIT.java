// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corkboard.platform.testing.TestCassandra;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RestoringIT {
  private static final String TABLES =
      """
      -- as a node writes it into a snapshot
      CREATE TABLE IF NOT EXISTS %1$s.thing (k int, c int, PRIMARY KEY (k, c));
      CREATE TABLE IF NOT EXISTS %1$s.other (k text PRIMARY KEY);
      """;

  private static CassandraConfig config() {
    return TestCassandra.config("restoring_" + UUID.randomUUID().toString().substring(0, 8));
  }

  @Test
  void rowsOfWhatWasMadeAreCounted() {
    CassandraConfig config = config();
    Restoring.createSchema(List.of(config), TABLES.formatted(config.keyspace()));
    var session = TestCassandra.session(config.keyspace());
    for (int i = 0; i < 2_500; i++) {
      session.execute("INSERT INTO thing (k, c) VALUES (?, ?)", i % 3, i);
    }

    assertThat(Restoring.countRows(config))
        .containsEntry(config.keyspace() + ".thing", 2_500L)
        .containsEntry(config.keyspace() + ".other", 0L)
        .hasSize(2);
  }

  @Test
  void oneKeyspaceThatIsThereStopsAllOfIt() {
    CassandraConfig absent = config();
    CassandraConfig present = config();
    Restoring.createSchema(List.of(present), TABLES.formatted(present.keyspace()));

    assertThatThrownBy(
            () ->
                Restoring.createSchema(
                    List.of(absent, present), TABLES.formatted(absent.keyspace())))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("keyspace " + present.keyspace() + " is there already");
    assertThatThrownBy(() -> Restoring.countRows(absent))
        .hasMessage("keyspace " + absent.keyspace() + " is not there");
  }
}
