// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The life of two copies, one kept and one ephemeral, from start to end. Starts are dear, so the
 * tests are stations on one way.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RunIT {
  @TempDir private static Path folder;

  private final List<Launcher> launchers = new ArrayList<>();
  private Launcher kept;
  private Launcher ephemeral;

  @BeforeAll
  void startBoth() {
    kept = start(folder.resolve("kept"), "--port", "0", "--processes");
    ephemeral = start(folder.resolve("ephemeral"), "--ephemeral");
    kept.awaitReady();
    ephemeral.awaitReady();
  }

  @AfterAll
  void endAll() {
    launchers.forEach(Launcher::close);
  }

  @Test
  @Order(1)
  void readyJsonTellsAddressesTokensAndPids() {
    JsonNode ready = kept.ready();
    assertThat(ready.get("edge").textValue()).matches("http://127\\.0\\.0\\.1:\\d+");
    assertThat(ready.get("grpc").propertyStream().map(Map.Entry::getKey))
        .containsExactly("account", "board", "pin", "collage");
    assertThat(ready.get("tokens").propertyStream().map(Map.Entry::getKey))
        .containsExactly("demo", "guest");
    assertThat(ready.get("passwords").propertyStream().map(Map.Entry::getKey))
        .containsExactly("demo", "guest");
    assertThat(ready.get("pids").propertyStream().map(Map.Entry::getKey))
        .contains("cassandra", "redis", "account", "board", "pin", "collage", "edge");
    assertThat(kept.everything()).hasSize(8).doesNotHaveDuplicates();
    assertThat(kept.output()).contains("curl ").contains(ready.get("edge").textValue());
  }

  @Test
  @Order(1)
  void theAppOfReadyJsonGetsTokens() {
    HttpResponse<String> token = kept.appToken();
    assertThat(token.statusCode()).as(token.body()).isEqualTo(200);
    assertThat(token.body()).contains("\"scope\":\"boards:read\"");
    assertThat(ephemeral.appToken().statusCode()).isEqualTo(200);
    assertThat(kept.ready().get("client")).isNotEqualTo(ephemeral.ready().get("client"));
  }

  @Test
  @Order(2)
  void twoCopiesRunBesideEachOtherAndKnowNothingOfEachOther() {
    assertThat(ephemeral.post("/v5/boards", "{\"name\":\"Here\"}").statusCode()).isEqualTo(201);
    assertThat(ephemeral.get("/v5/boards").body()).contains("Here");
    assertThat(kept.get("/v5/boards").body()).doesNotContain("Here");
    assertThat(kept.post("/v5/boards", "{\"name\":\"There\"}").statusCode()).isEqualTo(201);
  }

  @Test
  @Order(3)
  void aSecondRunOnTheSameFolderIsRefusedInOneLine() {
    Launcher second = start(folder.resolve("kept"), "--port", "0");
    assertThat(second.awaitExit()).isEqualTo(1);
    assertThat(second.output().strip()).hasLineCount(1).contains("in use by another run");
    assertThat(kept.get("/v5/boards").statusCode()).isEqualTo(200);
  }

  @Test
  @Order(4)
  void sigtermLeavesNoProcessAndNothingOfAnEphemeralRun() {
    ephemeral.terminate();
    assertThat(ephemeral.awaitExit()).isEqualTo(143);
    assertThat(ephemeral.everything()).noneMatch(ProcessHandle::isAlive);
    assertThat(folder.resolve("ephemeral")).doesNotExist();
    assertThat(kept.get("/v5/boards").statusCode()).isEqualTo(200);
  }

  @Test
  @Order(5)
  void killedPartsComeBackWhereTheyWere() {
    JsonNode before = kept.ready();
    for (String part : List.of("pin", "redis", "cassandra")) {
      kept.killAndAwaitRestart(part);
    }
    assertThat(kept.everything())
        .hasSize(8)
        .doesNotHaveDuplicates()
        .allMatch(ProcessHandle::isAlive);
    assertThat(kept.ready().get("grpc")).isEqualTo(before.get("grpc"));
    assertThat(kept.ready().get("stores")).isEqualTo(before.get("stores"));
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> kept.post("/v5/boards", "{\"name\":\"Again\"}").statusCode() == 201);
    assertThat(kept.get("/v5/boards").body()).contains("There").contains("Again");
    assertThat(kept.output()).contains("Redis ended unexpectedly (exit code 137); starting it");
  }

  @Test
  @Order(6)
  void afterKillTheNextRunEndsTheOrphansAndHasTheData() {
    List<ProcessHandle> before = List.copyOf(kept.everything());
    ProcessHandle cassandra = kept.process("cassandra");
    JsonNode client = kept.ready().get("client");
    kept.kill();
    assertThat(cassandra.isAlive()).isTrue();
    assertThat(folder.resolve("kept/ready.json")).exists();

    kept = start(folder.resolve("kept"), "--port", "0");
    kept.awaitReady();
    assertThat(kept.output()).contains("cassandra (" + cassandra.pid() + ")");

    assertThat(before).noneMatch(ProcessHandle::isAlive);
    assertThat(kept.get("/v5/boards").body()).contains("There");
    assertThat(kept.ready().get("client")).isEqualTo(client);
    assertThat(kept.appToken().statusCode()).isEqualTo(200);
  }

  @Test
  @Order(7)
  void childThatCannotBeStartedAgainEndsEverythingWithOneLine() throws IOException {
    URI redis = URI.create(kept.ready().get("stores").get("redis").textValue());
    kept.process("redis").destroyForcibly();
    try (ServerSocket held = new ServerSocket()) {
      Awaitility.await().until(() -> bind(held, redis));
      assertThat(kept.awaitExit()).isEqualTo(1);
    }
    assertThat(kept.output())
        .contains("corkboard: Redis could not be started again: port " + redis.getPort());
    assertThat(kept.everything()).noneMatch(ProcessHandle::isAlive);
    assertThat(folder.resolve("kept/ready.json")).doesNotExist();
  }

  private static boolean bind(ServerSocket socket, URI address) {
    try {
      socket.bind(new InetSocketAddress(address.getHost(), address.getPort()));
      return true;
    } catch (IOException stillInUse) {
      return false;
    }
  }

  private Launcher start(Path data, String... options) {
    Launcher launcher = Launcher.start(data, options);
    launchers.add(launcher);
    return launcher;
  }
}
