// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.stores;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CassandraClusterIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  @TempDir private Path folder;

  @Test
  void aQuorumOutlivesOneOfThreeNodesWhichComesBackWithWhatItMissed() {
    CassandraOptions options =
        CassandraOptions.in(folder)
            .withHeapMegabytes(256)
            .withStartLimit(Duration.ofMinutes(4))
            .withQuickStart();
    CassandraCluster cluster = CassandraCluster.start(options);
    try (CqlSession session = session(cluster)) {
      Awaitility.await().atMost(LIMIT).until(() -> session.getMetadata().getNodes().size() == 3);
      session.execute(
          "CREATE KEYSPACE k WITH replication ="
              + " {'class': 'NetworkTopologyStrategy', 'replication_factor': 3}");
      session.execute("CREATE TABLE k.t (id int PRIMARY KEY, text text)");
      write(session, 1);
      cluster.node(0).kill();
      Awaitility.await().atMost(LIMIT).until(() -> write(session, 2));
      cluster.restart(0);
      cluster.node(1).kill();
      Awaitility.await().atMost(LIMIT).until(() -> reads(session, 1) && reads(session, 2));
    } finally {
      cluster.kill();
    }
    assertThat(CassandraCluster.folder(folder, 2)).isDirectory();
  }

  private static CqlSession session(CassandraCluster cluster) {
    String[] points = cluster.contactPoints().split("[:,]", -1);
    DriverConfigLoader config =
        DriverConfigLoader.programmaticBuilder()
            .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(30))
            .build();
    return CqlSession.builder()
        .addContactPoint(Ports.at(points[2], Integer.parseInt(points[3])))
        .addContactPoint(Ports.at(points[4], Integer.parseInt(points[5])))
        .withLocalDatacenter(EmbeddedCassandra.LOCAL_DATACENTER)
        .withConfigLoader(config)
        .build();
  }

  private static SimpleStatement quorum(String text, int id) {
    return SimpleStatement.newInstance(text, id)
        .setConsistencyLevel(DefaultConsistencyLevel.QUORUM)
        .setIdempotent(true);
  }

  private static boolean write(CqlSession session, int id) {
    try {
      session.execute(quorum("INSERT INTO k.t (id, text) VALUES (?, 'written')", id));
      return true;
    } catch (DriverException notNow) {
      return false;
    }
  }

  private static boolean reads(CqlSession session, int id) {
    try {
      return session.execute(quorum("SELECT text FROM k.t WHERE id = ?", id)).one() != null;
    } catch (DriverException notNow) {
      return false;
    }
  }
}
