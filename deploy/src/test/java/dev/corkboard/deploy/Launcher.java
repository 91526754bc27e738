// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The launcher as {@code ./run} starts it: a process with options, a data folder and children. */
public final class Launcher implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** Processes that live for seconds start with half of the processor time. */
  public static final String COMPILE_LESS = "-XX:TieredStopAtLevel=1";

  private static final List<String> PARTS =
      List.of("ACCOUNT", "BOARD", "PIN", "COLLAGE", "EDGE", "CASSANDRA");
  private static final Duration LIMIT = Duration.ofMinutes(4);

  private final Process process;
  private final Path data;
  private final Path output;
  private final List<ProcessHandle> everything = new ArrayList<>();

  /** What ready.json said when it was ready. */
  private JsonNode last;

  private Launcher(Process process, Path data, Path output) {
    this.process = process;
    this.data = data;
    this.output = output;
  }

  /** Starts it on a data folder; what it prints goes to a file beside. */
  static Launcher start(Path data, String... options) {
    return start(data, Map.of(), options);
  }

  /** The same, with more in its environment. */
  public static Launcher start(Path data, Map<String, String> environment, String... options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx512m",
            "-XX:+UseSerialGC",
            COMPILE_LESS,
            "-Djava.awt.headless=true",
            "-Dcorkboard.cassandra.lib=" + System.getProperty("corkboard.cassandra.lib"),
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "run",
            "--data",
            data.toString()));
    command.addAll(List.of(options));
    try {
      Path output = Files.createTempFile(data.getParent(), "launcher", ".txt");
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
      builder.environment().keySet().removeAll(List.of("CASSANDRA_CONTACT_POINTS", "REDIS_URI"));
      for (String part : PARTS) builder.environment().put(part + "_JAVA_OPTIONS", COMPILE_LESS);
      builder.environment().putAll(environment);
      return new Launcher(builder.start(), data, output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Launcher awaitReady() {
    Awaitility.await().atMost(LIMIT).until(() -> isReady() || !process.isAlive());
    assertThat(process.isAlive()).as(output()).isTrue();
    last = ready();
    readPids();
    return this;
  }

  private void readPids() {
    everything.clear();
    ready().get("pids").forEach(pid -> ProcessHandle.of(pid.asLong()).ifPresent(everything::add));
  }

  /** Kills a part and waits until another process has taken its place. */
  public void killAndAwaitRestart(String part) {
    long before = process(part).pid();
    process(part).destroyForcibly();
    awaitRestart(part, before);
  }

  /** Waits until a part runs in another process than before. */
  public void awaitRestart(String part, long before) {
    Awaitility.await()
        .atMost(LIMIT)
        .until(() -> ready().get("pids").get(part).asLong() != before || !process.isAlive());
    assertThat(process.isAlive()).as(output()).isTrue();
    readPids();
  }

  /** A killed run leaves its ready.json; the one that counts names this process. */
  private boolean isReady() {
    if (!Files.exists(data.resolve("ready.json"))) return false;
    return ready().get("pids").valueStream().anyMatch(pid -> pid.asLong() == process.pid());
  }

  public JsonNode ready() {
    try {
      return JSON.readTree(data.resolve("ready.json").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All processes that were running when it was last ready, itself included. */
  public List<ProcessHandle> everything() {
    return everything;
  }

  public ProcessHandle process(String name) {
    return ProcessHandle.of(ready().get("pids").get(name).asLong()).orElseThrow();
  }

  /** What {@code corkboard trace} prints of one request. */
  public static String trace(Path traces, String id) {
    StringWriter out = new StringWriter();
    int exit =
        Main.commandLine(Map.of())
            .setOut(new PrintWriter(out, true))
            .execute("trace", traces.toString(), id);
    assertThat(exit).as(id).isZero();
    return out.toString();
  }

  public String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SIGTERM. */
  void terminate() {
    process.destroy();
  }

  /** SIGKILL for the launcher alone. */
  void kill() {
    process.destroyForcibly();
    awaitExit();
  }

  int awaitExit() {
    try {
      assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).as(output()).isTrue();
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** A GET of the edge as the account demo. */
  HttpResponse<String> get(String path) {
    return send(request(path).GET().build());
  }

  HttpResponse<String> post(String path, String body) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  HttpResponse<String> delete(String path) {
    return send(request(path).DELETE().build());
  }

  /** What an app gets with the id and secret that {@code ready.json} names. */
  HttpResponse<String> appToken() {
    JsonNode client = last.get("client");
    String secret = client.get("id").textValue() + ":" + client.get("secret").textValue();
    String basic = Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
    return send(
        HttpRequest.newBuilder(URI.create(last.get("edge").textValue() + "/v5/oauth/token"))
            .header("Authorization", "Basic " + basic)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("grant_type=client_credentials&scope=boards:read"))
            .build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(last.get("edge").textValue() + path))
        .header("Authorization", "Bearer " + last.get("tokens").get("demo").textValue());
  }

  private static HttpResponse<String> send(HttpRequest request) {
    try {
      return HTTP.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Ends what a failed test left. */
  @Override
  public void close() {
    process.destroy();
    awaitExit();
    everything.forEach(ProcessHandle::destroyForcibly);
  }
}
