// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.deploy.BackupScripts.End;
import dev.corkboard.stores.CassandraOptions;
import dev.corkboard.stores.EmbeddedCassandra;
import dev.corkboard.stores.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A backup of a suite that is being written to, and its restoration in an empty Cassandra. */
class BackupIT {
  private static final Logger log = LoggerFactory.getLogger(BackupIT.class);

  private static final String PUBLIC_URL = "http://pictures.example";
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Map<String, String> SETTINGS =
      Map.of(
          "PUBLIC_URL", PUBLIC_URL,
          "RATE_LIMITS", "off",
          "BOARD_SWEEP_PERIOD", "1s",
          "BOARD_INTENT_GRACE", "2s",
          "PIN_SWEEP_PERIOD", "1s",
          "PIN_SAGA_AGE", "2s",
          "PIN_RECONCILE_PERIOD", "1s");

  @TempDir private Path folder;

  private final int jmxPort = Ports.free();
  private SortedMap<String, String> before;
  private Map<String, String> acknowledged;
  private Set<String> ids;
  private BackupWriter writer;
  private String demoToken;
  private String guestToken;
  private String bookmark;

  @Test
  void whatWasAcknowledgedBeforeTheBackupIsThereAfterItsRestoration() throws IOException {
    BackupScripts scripts = new BackupScripts(folder);
    Path backup = folder.resolve("backup");
    backUp(scripts, backup);
    CassandraOptions options =
        CassandraOptions.in(Files.createDirectory(folder.resolve("fresh")))
            .withQuickStart()
            .withJavaOptions(jmx());
    try (EmbeddedCassandra fresh = EmbeddedCassandra.start(options)) {
      String contact = fresh.contactPoint();
      damagedBackupsAreRefused(scripts, backup, contact);
      End restored = restore(scripts, backup, contact, "restored/media");
      assertThat(restored.code()).as(restored.output()).isZero();
      log.info("restore:\n{}", restored.output());
      End again = restore(scripts, backup, contact, "other-media");
      assertThat(again.code()).isEqualTo(1);
      assertThat(again.output()).contains("keyspace corkboard_account is there already");
      assertThat(folder.resolve("other-media")).doesNotExist();
      verify(contact);
    }
  }

  private List<String> jmx() {
    return List.of("-Dcassandra.jmx.local.port=" + jmxPort);
  }

  private Map<String, String> settings(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(SETTINGS);
    settings.putAll(more);
    return settings;
  }

  private static AccountView view(Launcher suite, String token) {
    return new AccountView(suite.ready().get("edge").textValue(), token);
  }

  private void backUp(BackupScripts scripts, Path backup) {
    Path data = folder.resolve("data");
    String flags = Launcher.COMPILE_LESS + " " + String.join(" ", jmx());
    try (Launcher suite =
        Launcher.start(data, settings(Map.of("CASSANDRA_JAVA_OPTIONS", flags)), "--port", "0")
            .awaitReady()) {
      demoToken = suite.ready().get("tokens").get("demo").textValue();
      guestToken = suite.ready().get("tokens").get("guest").textValue();
      AccountView demo = view(suite, demoToken);
      AccountView guest = view(suite, guestToken);
      new BackupContent(demo, guest).make();
      before = demo.everything(PUBLIC_URL);
      assertThat(before.keySet().stream().filter(path -> !path.startsWith("/v")))
          .as("pictures")
          .hasSizeGreaterThan(10);
      bookmark = demo.get("/v5/boards?page_size=1").get("bookmark").textValue();

      writer = new BackupWriter(guest, "Early");
      Thread running = new Thread(writer, "backup-writer");
      running.start();
      Awaitility.await().atMost(LIMIT).until(() -> writer.noted().size() >= 20);
      acknowledged = writer.noted();
      End taken =
          scripts.run(
              "backup",
              jmxPort,
              suite.ready().get("stores").get("cassandra").textValue(),
              "--data",
              data.resolve("cassandra/data").toString(),
              "--media",
              data.resolve("media").toString(),
              "--count",
              backup.toString());
      assertThat(taken.code()).as(taken.output()).isZero();
      int afterwards = writer.noted().size();
      // Whoever was kept out is served again.
      Awaitility.await().atMost(LIMIT).until(() -> writer.noted().size() > afterwards);
      writer.stop();
      Awaitility.await().atMost(LIMIT).until(() -> !running.isAlive());
      ids =
          Stream.concat(writer.ids().stream(), demo.ids("/v5/pins").stream())
              .collect(Collectors.toSet());
      log.info(
          "backup:\n{}acknowledged before {}, until the end {}, requests without success {}",
          taken.output(),
          acknowledged.size(),
          writer.noted().size(),
          writer.unanswered());
      suite.terminate();
      suite.awaitExit();
    }
  }

  private End restore(BackupScripts scripts, Path backup, String contact, String media) {
    return scripts.run(
        "restore",
        jmxPort,
        contact,
        "--staging",
        folder.resolve("staging").toString(),
        "--media",
        folder.resolve(media).toString(),
        backup.toString());
  }

  private void damagedBackupsAreRefused(BackupScripts scripts, Path backup, String contact)
      throws IOException {
    Path table = backup.resolve("nodes/1/corkboard_pin/pin");
    Path file;
    try (Stream<Path> files = Files.list(table)) {
      file = files.filter(path -> path.toString().endsWith("-Data.db")).findFirst().orElseThrow();
    }
    byte[] good = Files.readAllBytes(file);
    byte[] bad = good.clone();
    bad[bad.length / 2] ^= 1;
    Files.write(file, bad);
    End damaged = restore(scripts, backup, contact, "restored/media");
    assertThat(damaged.code()).isEqualTo(1);
    assertThat(damaged.output()).contains(file.getFileName().toString(), "nothing was written");
    Files.write(file, good);

    Path extra = Files.writeString(table.resolve("oa-99-big-Data.db"), "from elsewhere");
    End extended = restore(scripts, backup, contact, "restored/media");
    assertThat(extended.code()).isEqualTo(1);
    assertThat(extended.output()).contains("files that SHA256SUMS does not name");
    Files.delete(extra);

    assertThat(scripts.database(contact, "count").output()).contains("is not there");
    assertThat(folder.resolve("restored/media")).doesNotExist();
  }

  private void verify(String contact) {
    Map<String, String> settings = settings(Map.of("CASSANDRA_CONTACT_POINTS", contact));
    try (Launcher suite =
        Launcher.start(folder.resolve("restored"), settings, "--port", "0").awaitReady()) {
      AccountView demo = view(suite, demoToken);
      AccountView guest = view(suite, guestToken);
      assertThat(demo.everything(PUBLIC_URL)).isEqualTo(before);
      Awaitility.await()
          .atMost(LIMIT)
          .until(() -> metric(suite, "corkboard_reconciler_rounds_total", "completed") >= 3);
      assertThat(metric(suite, "corkboard_reconciler_mismatches", "")).isZero();
      writer.verify(guest, acknowledged);
      // The services have new keys: tokens live on, bookmarks do not.
      assertThat(demo.status("GET", "/v5/boards?page_size=1&bookmark=" + bookmark, ""))
          .isEqualTo(400);
      idsAreNew(guest);
      suite.terminate();
      suite.awaitExit();
    }
  }

  private void idsAreNew(AccountView guest) {
    BackupWriter later = new BackupWriter(guest, "Later");
    Thread running = new Thread(later, "later-writer");
    running.start();
    Awaitility.await().atMost(LIMIT).until(() -> later.noted().size() >= 20);
    later.stop();
    Awaitility.await().atMost(LIMIT).until(() -> !running.isAlive());
    assertThat(later.unanswered()).isZero();
    assertThat(later.ids()).doesNotContainAnyElementsOf(ids);
  }

  private static double metric(Launcher suite, String name, String label) {
    String url = "http://" + suite.ready().get("admin").get("pin").textValue() + "/metrics";
    try {
      return HttpClient.newHttpClient()
          .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofLines())
          .body()
          .filter(line -> line.startsWith(name) && line.contains(label))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
          .findFirst()
          .orElse(Double.NaN);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
