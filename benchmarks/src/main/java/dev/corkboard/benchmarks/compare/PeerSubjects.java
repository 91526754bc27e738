// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.corkboard.platform.server.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The same two reads through edges of other frameworks, over the same pin-service. */
final class PeerSubjects {
  static final String VERTX = "Vert.x";
  static final String WEBFLUX = "Spring WebFlux";
  static final String NODE = "Node, fastify";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Suite suite;
  private final HttpLoad client;
  private final int connections;
  private final Map<String, ServerProcess> servers = new LinkedHashMap<>();

  PeerSubjects(Suite suite, HttpLoad client, int connections) {
    this.suite = suite;
    this.client = client;
    this.connections = connections;
  }

  static String pin(String peer) {
    return peer + ": GET pin, warm";
  }

  static String page(String peer) {
    return peer + ": board page of 25, warm";
  }

  /** Everything of the suite that works for a read, but for its edge. */
  static Map<String, Long> behind(Suite suite) {
    return suite.processes(
        List.of(
            Processes.PIN,
            Processes.BOARD,
            Processes.ACCOUNT,
            Processes.CASSANDRA,
            Processes.REDIS));
  }

  /** Starts the peers, which end with the resources, and holds their answers against the edge's. */
  List<Subject> start(Path home, Path folder, OurSubjects ours, Resources resources) {
    String caller =
        FloorSubjects.pin(ours.pin(), suite.pinTarget(), suite.token(OurSubjects.READER))
            .getOwnerId();
    Map<String, String> environment =
        Map.of(
            "PIN_TARGET", suite.pinTarget(),
            "MEDIA_URL", suite.edge(),
            "USERNAME", OurSubjects.READER,
            "CALLER_ID", caller,
            "PROTOSET", home.resolve("proto/target/classes/corkboard.protoset").toString());
    Path peers = home.resolve("benchmarks/peers");
    String classPath = peers.resolve("target/classes") + ":" + peers.resolve("target/lib/*");
    Map<String, List<String>> commands = new LinkedHashMap<>();
    commands.put(VERTX, ServerProcess.java(classPath, "dev.corkboard.peers.VertxEdge"));
    commands.put(WEBFLUX, ServerProcess.java(classPath, "dev.corkboard.peers.WebFluxEdge"));
    commands.put(NODE, List.of("node", peers.resolve("node/edge.js").toString()));
    List<Subject> subjects = new ArrayList<>();
    commands.forEach(
        (peer, command) -> {
          String file = peer.replaceAll("[^A-Za-z]+", "-");
          ServerProcess server =
              resources.add(ServerProcess.start(file, folder, command, environment));
          servers.put(peer, server);
          check(peer, server, "/v5/pins/" + ours.pin());
          check(peer, server, "/v5/boards/" + ours.board() + "/pins?page_size=250");
          subjects.add(subject(pin(peer), server, ours.pins()));
          subjects.add(subject(page(peer), server, ours.page(OurSubjects.PAGE_SIZE)));
        });
    return subjects;
  }

  /** The peers that were started, by name. */
  Map<String, ServerProcess> servers() {
    return servers;
  }

  private Subject subject(String name, ServerProcess server, Supplier<byte[]> requests) {
    return new HttpSubject(
        name,
        Processes.behind(server.pid(), behind(suite)),
        client,
        uri(server, ""),
        connections,
        requests,
        200,
        () -> {});
  }

  private void check(String peer, ServerProcess server, String path) {
    JsonNode ours = read(URI.create(suite.edge() + path));
    JsonNode theirs = read(uri(server, path));
    if (!theirs.equals(ours)) {
      throw new IllegalStateException(peer + " answers " + theirs + " instead of " + ours);
    }
  }

  private static URI uri(ServerProcess server, String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  private JsonNode read(URI uri) {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("authorization", "Bearer " + suite.token(OurSubjects.READER))
            .build();
    try {
      return JSON.readTree(
          HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
