// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.Row;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedCassandraIT {
  private static final String SAVE =
      """
      BEGIN BATCH
        UPDATE it.board SET pin_count = ? WHERE board_id = 1 IF pin_count = ?;
        INSERT INTO it.board (board_id, pin_id, title) VALUES (1, ?, 'pin') IF NOT EXISTS;
      APPLY BATCH
      """;

  @TempDir Path dir;

  @Test
  void keepsWhatItAcknowledgedThroughAStopOtherPortsAndKill9() throws Exception {
    EmbeddedCassandra first = start();
    try (first;
        CqlSession session = connect(first)) {
      session.execute(
          "CREATE KEYSPACE it WITH replication ="
              + " {'class': 'NetworkTopologyStrategy', 'replication_factor': 1}");
      session.execute(
          "CREATE TABLE it.board (board_id bigint, pin_id bigint, title text, pin_count int static,"
              + " PRIMARY KEY (board_id, pin_id))"
              + " WITH compaction = {'class': 'UnifiedCompactionStrategy'}");
      session.execute("INSERT INTO it.board (board_id, pin_count) VALUES (1, 0) IF NOT EXISTS");

      assertThat(session.execute(SAVE, 1, 0, 11L).wasApplied()).isTrue();
      assertThat(session.execute(SAVE, 1, 0, 12L).wasApplied()).as("a stale count").isFalse();
      assertThat(ProcessRecord.readAll(dir)).extracting(ProcessRecord::pid).contains(first.pid());
    }
    assertThat(ProcessHandle.of(first.pid())).isEmpty();

    EmbeddedCassandra second = start();
    try (second;
        CqlSession session = connect(second)) {
      assertThat(second.nativePort()).isNotEqualTo(first.nativePort());
      assertThat(pins(session)).containsExactly(11L);

      assertThat(session.execute(SAVE, 2, 1, 12L).wasApplied()).isTrue();
      second.kill();
      assertThat(second.onExit().get(30, TimeUnit.SECONDS)).isEqualTo(128 + 9);
    }

    try (EmbeddedCassandra third = start();
        CqlSession session = connect(third)) {
      assertThat(pins(session)).containsExactly(11L, 12L);
      assertThat(session.execute(SAVE, 3, 2, 13L).wasApplied()).isTrue();
    }
  }

  @Test
  void aStartThatFailsSaysWhatCassandraSaid() throws IOException {
    Files.createDirectories(dir.resolve("cassandra"));
    Files.createFile(dir.resolve("cassandra/commitlog"));

    assertThatThrownBy(this::start)
        .isInstanceOf(StartFailedException.class)
        .hasMessageContaining("cassandra ended while starting, exit code 3")
        .hasMessageContaining("commitlog");
    assertThat(ProcessRecord.readAll(dir)).isEmpty();
  }

  @Test
  void aPortInUseIsNamedBeforeAnythingStarts() throws IOException {
    try (ServerSocket other = new ServerSocket()) {
      other.bind(Ports.local(0));
      int port = other.getLocalPort();

      assertThatThrownBy(() -> EmbeddedCassandra.start(CassandraOptions.in(dir).withPorts(port, 0)))
          .hasMessageStartingWith("port " + port + " for Cassandra is in use");
      assertThat(dir).isEmptyDirectory();
    }
  }

  private EmbeddedCassandra start() {
    return EmbeddedCassandra.start(CassandraOptions.in(dir).withQuickStart());
  }

  private static List<Long> pins(CqlSession session) {
    return session
        .execute("SELECT pin_id FROM it.board WHERE board_id = 1 AND pin_id > 0")
        .map((Row row) -> row.getLong("pin_id"))
        .all();
  }

  private static CqlSession connect(EmbeddedCassandra cassandra) {
    return CqlSession.builder()
        .addContactPoint(Ports.local(cassandra.nativePort()))
        .withLocalDatacenter(cassandra.localDatacenter())
        .withConfigLoader(
            DriverConfigLoader.programmaticBuilder()
                .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(20))
                .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_QUIET_PERIOD, 0)
                .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_QUIET_PERIOD, 0)
                .build())
        .build();
  }
}
