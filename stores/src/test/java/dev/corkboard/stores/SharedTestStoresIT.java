// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.CqlSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedTestStoresIT {
  @TempDir Path dir;

  @Test
  void oneCassandraServesTheWholeTestRun() {
    CassandraContact contact = TestStores.cassandra();

    assertThat(TestStores.cassandra()).isEqualTo(contact);
    int port = Integer.parseInt(contact.contactPoints().replaceAll(".*:", ""));
    try (CqlSession session =
        CqlSession.builder()
            .addContactPoint(Ports.local(port))
            .withLocalDatacenter(contact.localDatacenter())
            .build()) {
      assertThat(session.execute("SELECT cluster_name FROM system.local").one().getString(0))
          .isEqualTo("corkboard");
    }
  }

  @Test
  void theEndLeavesNeitherProcessNorFolder() throws IOException {
    TestStores stores = new TestStores(Map.of(), dir);
    String uri = stores.redisUri();
    assertThat(stores.redisUri()).isEqualTo(uri);
    List<ProcessRecord> records = recordsBelow(dir);
    assertThat(records).extracting(ProcessRecord::name).containsExactlyInAnyOrder("owner", "redis");

    stores.end();

    assertThat(records)
        .filteredOn(entry -> entry.name().equals("redis"))
        .allSatisfy(entry -> assertThat(entry.running()).isEmpty());
    assertThat(dir).isEmptyDirectory();
  }

  @Test
  void whatAKilledTestRunLeftIsClearedByTheNext() throws Exception {
    Process killed = startElsewhere();
    await().atMost(Duration.ofSeconds(60)).until(() -> !redisBelow(dir).isEmpty());
    ProcessRecord orphan = redisBelow(dir).get(0);
    killed.destroyForcibly().waitFor();
    assertThat(orphan.running()).isPresent();

    TestStores next = new TestStores(Map.of(), dir);
    next.redisUri();

    assertThat(orphan.running()).isEmpty();
    assertThat(redisBelow(dir)).hasSize(1).doesNotContain(orphan);
    next.end();
    assertThat(dir).isEmptyDirectory();
  }

  @Test
  void storesNamedInTheEnvironmentAreUsedInstead() {
    TestStores stores =
        new TestStores(
            Map.of(
                "CASSANDRA_CONTACT_POINTS", "10.0.0.1:9042,10.0.0.2:9042",
                "CASSANDRA_LOCAL_DATACENTER", "dc1",
                "REDIS_URI", "redis://10.0.0.3:6379"),
            dir);

    assertThat(stores.cassandraContact())
        .isEqualTo(new CassandraContact("10.0.0.1:9042,10.0.0.2:9042", "dc1"));
    assertThat(stores.redisUri()).isEqualTo("redis://10.0.0.3:6379");
    assertThat(dir).isEmptyDirectory();
  }

  /** Another test process, which starts a Redis and waits to be killed. */
  public static final class Elsewhere {
    private Elsewhere() {}

    public static void main(String[] args) throws IOException {
      new TestStores(Map.of(), Path.of(args[0])).redisUri();
      System.in.read();
    }
  }

  private Process startElsewhere() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Elsewhere.class.getName(),
            dir.toString())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static List<ProcessRecord> redisBelow(Path parent) throws IOException {
    return recordsBelow(parent).stream().filter(entry -> entry.name().equals("redis")).toList();
  }

  private static List<ProcessRecord> recordsBelow(Path parent) throws IOException {
    try (Stream<Path> folders = Files.list(parent)) {
      return folders.flatMap(folder -> ProcessRecord.readAll(folder).stream()).toList();
    }
  }
}
