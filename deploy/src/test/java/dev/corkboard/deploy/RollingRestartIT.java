// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.corkboard.deploy.e2e.Pictures;
import dev.corkboard.platform.auth.ServiceIdentity;
import dev.corkboard.platform.config.Env;
import dev.corkboard.platform.server.Resources;
import dev.corkboard.platform.testing.FixedAddresses;
import dev.corkboard.stores.CassandraContact;
import dev.corkboard.stores.Ports;
import dev.corkboard.stores.TestStores;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Two of board-service and two of pin-service behind one name each; one after the other is stopped
 * as SIGTERM stops it, and started again, while the edge is used.
 */
class RollingRestartIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final int USERS = 3;
  private static final int ROUNDS_BETWEEN = 6;
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final Resources open = new Resources();
  private final Addresses addresses = Addresses.free(OptionalInt.empty());
  private final Map<Instance, AutoCloseable> running = new EnumMap<>(Instance.class);
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final AtomicInteger rounds = new AtomicInteger();
  private Map<String, String> settings;
  private String token;
  private volatile boolean over;

  private enum Instance {
    BOARD_ONE(Service.BOARD),
    BOARD_TWO(Service.BOARD),
    PIN_ONE(Service.PIN),
    PIN_TWO(Service.PIN);

    private final Service service;
    private final String port = Integer.toString(Ports.free());
    private final String adminPort = Integer.toString(Ports.free());

    Instance(Service service) {
      this.service = service;
    }

    Map<String, String> settings(Map<String, String> shared) {
      Map<String, String> own = new HashMap<>(shared);
      own.put(service.portSetting(), port);
      own.put(service.adminPortSetting(), adminPort);
      return own;
    }

    String address() {
      return "127.0.0.1:" + port;
    }
  }

  @AfterEach
  void stop() {
    over = true;
    open.close();
  }

  private void start(Instance instance) {
    running.put(instance, instance.service.start(Env.of(instance.settings(settings))));
  }

  private void stop(Instance instance) throws Exception {
    running.remove(instance).close();
  }

  private void start() {
    Path data = open.add(DataFolder.openTemporary()).path();
    Path keys = data.resolve("keys");
    ServiceIdentity.generate(keys, KeysCommand.names());
    CassandraContact cassandra = TestStores.cassandra();
    Map<String, String> given = new HashMap<>();
    given.put("RATE_LIMITS", "off");
    for (Service service : Service.values()) {
      given.put(service.name() + "_KEYSPACE", "rolling_" + service.id());
    }
    settings =
        Settings.of(
            given,
            addresses,
            cassandra.contactPoints(),
            cassandra.localDatacenter(),
            TestStores.redis(),
            keys,
            data.resolve("media"));
    settings.put(
        "BOARD_URI",
        FixedAddresses.target(Instance.BOARD_ONE.address(), Instance.BOARD_TWO.address()));
    settings.put(
        "PIN_URI", FixedAddresses.target(Instance.PIN_ONE.address(), Instance.PIN_TWO.address()));
    open.add(Service.ACCOUNT.start(Env.of(settings)));
    for (Instance instance : Instance.values()) start(instance);
    open.<AutoCloseable>add(this::stopAll);
    open.add(Service.COLLAGE.start(Env.of(settings)));
    open.add(Service.EDGE.start(Env.of(settings)));
    Operator operator =
        open.add(Operator.open(addresses.of(Service.ACCOUNT), keys, Optional.empty()));
    token = operator.token(operator.account("rolling"), Operator.ALL_SCOPES).text();
  }

  private void stopAll() throws Exception {
    for (AutoCloseable each : running.values()) each.close();
  }

  private JsonNode send(String method, String path, String body, int expected) throws Exception {
    HttpResponse<String> answer =
        HTTP.send(
            HttpRequest.newBuilder(URI.create(addresses.edgeUrl() + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
    if (answer.statusCode() != expected) {
      throw new IllegalStateException(
          method + " " + path + " " + answer.statusCode() + " " + answer.body());
    }
    return answer.body().isEmpty() ? null : JSON.readTree(answer.body());
  }

  private String newBoard() throws Exception {
    String body = "{\"name\": \"" + UUID.randomUUID() + "\"}";
    return send("POST", "/v5/boards", body, 201).get("id").textValue();
  }

  private String newPin(String board) throws Exception {
    String picture = Pictures.base64("png", 20, 20, 1);
    return send(
            "POST",
            "/v5/pins",
            """
            {"board_id": "%s", "media_source":
              {"source_type": "image_base64", "content_type": "image/png", "data": "%s"}}
            """
                .formatted(board, picture),
            201)
        .get("id")
        .textValue();
  }

  /** Reads and writes, of which half may not be sent twice. */
  private void use() {
    try {
      String pin = newPin(newBoard());
      while (!over) {
        String board = newBoard();
        send("POST", "/v5/pins/" + pin + "/save", "{\"board_id\": \"" + board + "\"}", 201);
        assertThat(send("GET", "/v5/boards/" + board + "/pins", "", 200).get("items")).hasSize(1);
        send("PATCH", "/v5/boards/" + board, "{\"description\": \"moved\"}", 200);
        send("PATCH", "/v5/pins/" + pin, "{\"title\": \"" + UUID.randomUUID() + "\"}", 200);
        send("GET", "/v5/pins/" + pin, "", 200);
        rounds.incrementAndGet();
      }
    } catch (Exception | AssertionError e) {
      if (!over) failures.add(e.toString());
    }
  }

  /** Whether callers have found it: who restarts one after the other waits for that. */
  private static boolean hasServed(Instance instance) throws Exception {
    URI metrics = URI.create("http://127.0.0.1:" + instance.adminPort + "/metrics");
    return HTTP.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
        .body()
        .contains("grpc_server_processing_duration_seconds_count");
  }

  private void awaitRounds() {
    int target = rounds.get() + ROUNDS_BETWEEN;
    Awaitility.await().atMost(LIMIT).until(() -> rounds.get() >= target || !failures.isEmpty());
    assertThat(failures).isEmpty();
  }

  @Test
  void aRestartOfOneOfTwoFailsNoRequest() throws Exception {
    start();
    List<Thread> users = new ArrayList<>();
    for (int i = 0; i < USERS; i++) {
      Thread user = new Thread(this::use);
      user.start();
      users.add(user);
    }
    awaitRounds();
    for (Instance instance : Instance.values()) {
      stop(instance);
      awaitRounds();
      start(instance);
      Awaitility.await().atMost(LIMIT).until(() -> hasServed(instance));
      awaitRounds();
    }
    over = true;
    for (Thread user : users) user.join();
    assertThat(failures).isEmpty();
  }
}
