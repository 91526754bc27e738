// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.faults;

import dev.corkboard.deploy.Launcher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** All processes of one installation, started as a user starts them. */
final class Suite implements AutoCloseable {
  /** Background work at a pace tests can wait for, and limits that no load reaches. */
  private static final Map<String, String> PACE =
      Map.of(
          "RATE_LIMIT_ORG_READ", "1000000/1s",
          "RATE_LIMIT_ORG_WRITE", "1000000/1s",
          "BOARD_SWEEP_PERIOD", "1s",
          "BOARD_INTENT_GRACE", "5s",
          "PIN_SWEEP_PERIOD", "1s",
          "PIN_SAGA_AGE", "5s",
          "PIN_RECONCILE_PERIOD", "1s");

  private final Launcher launcher;
  private final HttpClient http = HttpClient.newHttpClient();

  private final Path data;

  private Suite(Launcher launcher, Path data) {
    this.launcher = launcher;
    this.data = data;
  }

  static Suite start(Path data, Map<String, String> environment) {
    Map<String, String> settings = new HashMap<>(PACE);
    settings.putAll(environment);
    Launcher launcher = Launcher.start(data, settings, "--port", "0", "--processes");
    return new Suite(launcher.awaitReady(), data);
  }

  Launcher launcher() {
    return launcher;
  }

  RestClient client(String username) {
    return new RestClient(
        launcher.ready().get("edge").textValue(),
        launcher.ready().get("tokens").get(username).textValue());
  }

  String token(String username) {
    return launcher.ready().get("tokens").get(username).textValue();
  }

  /** The last defects that the processes logged. */
  List<String> defects() {
    try (Stream<Path> logs = Files.list(data.resolve("log"))) {
      List<String> found = new ArrayList<>();
      for (Path log : logs.filter(path -> path.toString().endsWith(".log")).toList()) {
        Files.readAllLines(log).stream()
            .filter(line -> line.contains("\"level\":\"ERROR\""))
            .map(line -> log.getFileName() + ": " + line.substring(0, Math.min(900, line.length())))
            .forEach(found::add);
      }
      return found.subList(Math.max(0, found.size() - 10), found.size());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code host:port} of a service's gRPC. */
  String grpc(String service) {
    return launcher.ready().get("grpc").get(service).textValue();
  }

  String redis() {
    return launcher.ready().get("stores").get("redis").textValue();
  }

  /** The value of a metric line of a service that begins so; nothing while it does not answer. */
  OptionalDouble metric(String service, String line) {
    URI uri =
        URI.create("http://" + launcher.ready().get("admin").get(service).textValue() + "/metrics");
    try {
      return http.send(
              HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build(),
              BodyHandlers.ofLines())
          .body()
          .filter(text -> text.startsWith(line))
          .mapToDouble(text -> Double.parseDouble(text.substring(text.lastIndexOf(' ') + 1)))
          .findFirst();
    } catch (UncheckedIOException | IOException notNow) {
      return OptionalDouble.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return OptionalDouble.empty();
    }
  }

  @Override
  public void close() {
    launcher.close();
  }
}
