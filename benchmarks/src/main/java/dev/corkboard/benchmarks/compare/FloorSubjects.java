// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.compare;

import static dev.corkboard.benchmarks.compare.HttpSubject.get;
import static dev.corkboard.benchmarks.compare.HttpSubject.inTurn;

import dev.corkboard.pin.v1.GetPinRequest;
import dev.corkboard.pin.v1.Pin;
import dev.corkboard.pin.v1.PinServiceGrpc;
import dev.corkboard.platform.client.Bearer;
import dev.corkboard.platform.server.Resources;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the libraries alone cost: nothing of ours can be cheaper. */
final class FloorSubjects {
  static final String GRPC = "bare grpc-java: the Pin from memory";
  static final String MEMORY = "bare Armeria: the JSON from memory";
  static final String ECHO = "Armeria to gRPC, nothing in between";
  static final String PIN_SERVICE = "the same to pin-service";
  static final String REDIS_GET = "bare Lettuce: GET of 1 KB";
  static final String READ = "bare driver: point read of 1 KB";
  static final String WRITE = "bare driver: conditional write of 1 KB";

  private final Suite suite;
  private final HttpLoad client;
  private final int connections;
  private final Map<String, ServerProcess> servers = new LinkedHashMap<>();

  FloorSubjects(Suite suite, HttpLoad client, int connections) {
    this.suite = suite;
    this.client = client;
    this.connections = connections;
  }

  /** Starts the servers; they end with the resources. */
  List<Subject> start(Path folder, String pinId, Resources resources) {
    Pin pin = pin(pinId, suite.pinTarget(), suite.token(OurSubjects.READER));
    String json = suite.installation().get(OurSubjects.READER, "/pins/" + pinId).json().toString();
    Path pinFile = write(folder.resolve("pin.bin"), pin.toByteArray());
    Path jsonFile = write(folder.resolve("pin.json"), json.getBytes(StandardCharsets.UTF_8));
    ServerProcess echo =
        server("echo", EchoBackend.class, folder, Map.of("PIN_FILE", pinFile.toString()));
    String echoTarget = "127.0.0.1:" + echo.port();
    ServerProcess armeria = armeria("armeria", folder, jsonFile, echoTarget);
    ServerProcess front = armeria("armeria-to-pin", folder, jsonFile, suite.pinTarget());
    ServerProcess stores =
        server(
            "stores",
            StoreClients.class,
            folder,
            Map.of("REDIS_URI", suite.redis(), "CASSANDRA_CONTACT_POINTS", suite.cassandra()));
    servers.values().forEach(resources::add);
    ManagedChannel channel =
        NettyChannelBuilder.forTarget(echoTarget).usePlaintext().directExecutor().build();
    resources.<AutoCloseable>add(channel::shutdownNow);
    return List.of(
        new GrpcSubject(GRPC, Map.of(Processes.PIN, echo.pid()), channel, connections),
        http(MEMORY, armeria, "/memory/", pinId, Map.of()),
        http(ECHO, armeria, "/grpc/", pinId, Map.of(Processes.PIN, echo.pid())),
        http(PIN_SERVICE, front, "/grpc/", pinId, PeerSubjects.behind(suite)),
        store(REDIS_GET, stores, "get", Processes.REDIS),
        store(READ, stores, "read", Processes.CASSANDRA),
        store(WRITE, stores, "write", Processes.CASSANDRA));
  }

  /** Whether an edge is what the client of this row speaks to. */
  static boolean isEdge(String name) {
    return !List.of(GRPC, REDIS_GET, READ, WRITE).contains(name);
  }

  /** The servers that were started, by name. */
  Map<String, ServerProcess> servers() {
    return servers;
  }

  /** Reads a Pin from pin-service. */
  static Pin pin(String id, String target, String token) {
    ManagedChannel channel = NettyChannelBuilder.forTarget(target).usePlaintext().build();
    try {
      return PinServiceGrpc.newBlockingStub(channel)
          .withCallCredentials(new Bearer(token, ""))
          .getPin(GetPinRequest.newBuilder().setPinId(id).build());
    } finally {
      channel.shutdownNow();
    }
  }

  private ServerProcess armeria(String name, Path folder, Path json, String target) {
    return server(
        name,
        BareArmeria.class,
        folder,
        Map.of("JSON_FILE", json.toString(), "PIN_TARGET", target));
  }

  private ServerProcess server(
      String name, Class<?> main, Path folder, Map<String, String> environment) {
    List<String> command =
        ServerProcess.java(System.getProperty("java.class.path"), main.getName());
    ServerProcess server = ServerProcess.start(name, folder, command, environment);
    servers.put(name, server);
    return server;
  }

  private Subject http(
      String name, ServerProcess server, String path, String pin, Map<String, Long> others) {
    return new HttpSubject(
        name,
        Processes.behind(server.pid(), others),
        client,
        URI.create("http://127.0.0.1:" + server.port()),
        connections,
        inTurn(List.of(get(path + pin, suite.token(OurSubjects.READER)))),
        200,
        () -> {});
  }

  private Subject store(String name, ServerProcess client, String work, String process) {
    Map<String, Long> pids = Processes.behind(client.pid(), suite.processes(List.of(process)));
    return new StoreSubject(name, pids, client.port(), work, connections);
  }

  private static Path write(Path file, byte[] bytes) {
    try {
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
