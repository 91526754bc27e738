// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.compare;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corkboard.benchmarks.Installation;
import dev.corkboard.benchmarks.ProcFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Corkboard as {@code ./run --processes} starts it, every service a process of its own. */
final class Suite implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(10);
  private static final Pattern STARTED =
      Pattern.compile("^ {2}(\\w+)(?:-service)? +(\\d+\\.\\d) s", Pattern.MULTILINE);

  /** What the processes are called in {@code ready.json} and here, the front first. */
  private static final Map<String, String> NAMES = new LinkedHashMap<>();

  static {
    NAMES.put("edge", Processes.FRONT);
    NAMES.put("pin", Processes.PIN);
    NAMES.put("board", Processes.BOARD);
    NAMES.put("account", Processes.ACCOUNT);
    NAMES.put("collage", Processes.COLLAGE);
    NAMES.put("cassandra", Processes.CASSANDRA);
    NAMES.put("redis", Processes.REDIS);
  }

  private final Installation installation;
  private final Optional<Process> process;
  private final Map<String, Double> startSeconds;
  private final Map<String, Double> idleMegabytes = new HashMap<>();

  private Suite(Path data, Optional<Process> process, Map<String, Double> startSeconds) {
    this.installation = new Installation(data);
    this.process = process;
    this.startSeconds = startSeconds;
    processes().forEach((name, pid) -> idleMegabytes.put(name, ProcFile.residentMegabytes(pid)));
  }

  /** One that runs already, with {@code RATE_LIMITS=off}. */
  static Suite running(Path data) {
    return new Suite(data, Optional.empty(), Map.of());
  }

  /** Starts one, without data and without limits; returns when it is ready. */
  static Suite start(Path home, Path folder) {
    Path data = folder.resolve("data");
    Path output = folder.resolve("run.log");
    try {
      Files.createDirectories(folder);
      ProcessBuilder builder =
          new ProcessBuilder(
                  home.resolve("run").toString(),
                  "--processes",
                  "--ephemeral",
                  "--port",
                  "0",
                  "--data",
                  data.toString())
              .redirectErrorStream(true)
              .redirectOutput(Redirect.to(output.toFile()));
      builder.environment().put("RATE_LIMITS", "off");
      Process process = builder.start();
      long begin = System.nanoTime();
      while (!Files.exists(data.resolve("ready.json"))) {
        boolean late = System.nanoTime() - begin > START_LIMIT.toNanos();
        if (late || !process.isAlive()) {
          process.destroy();
          throw new IllegalStateException("./run did not start; see " + output);
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
      }
      return new Suite(data, Optional.of(process), startSeconds(Files.readString(output)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How long each process took to start, of what {@code ./run} prints. */
  static Map<String, Double> startSeconds(String output) {
    Map<String, Double> seconds = new HashMap<>();
    Matcher line = STARTED.matcher(output);
    while (line.find()) {
      String name = NAMES.get(line.group(1).toLowerCase(Locale.ROOT));
      if (name != null) seconds.put(name, Double.valueOf(line.group(2)));
    }
    return seconds;
  }

  Installation installation() {
    return installation;
  }

  JsonNode ready() {
    return installation.ready();
  }

  String edge() {
    return ready().get("edge").textValue();
  }

  String pinTarget() {
    return ready().get("grpc").get("pin").textValue();
  }

  String cassandra() {
    return ready().get("stores").get("cassandra").textValue();
  }

  String redis() {
    return ready().get("stores").get("redis").textValue();
  }

  String token(String account) {
    return ready().get("tokens").get(account).textValue();
  }

  /** Pids of all its processes. */
  Map<String, Long> processes() {
    Map<String, Long> pids = new LinkedHashMap<>();
    NAMES.forEach((part, name) -> pids.put(name, ready().get("pids").get(part).longValue()));
    return pids;
  }

  /** Those of the processes with these names. */
  Map<String, Long> processes(List<String> names) {
    Map<String, Long> pids = processes();
    pids.keySet().retainAll(names);
    return pids;
  }

  /** Empty for a suite that ran already. */
  Map<String, Double> startSeconds() {
    return startSeconds;
  }

  /** Memory of each process before any load. */
  Map<String, Double> idleMegabytes() {
    return idleMegabytes;
  }

  @Override
  public void close() {
    process.ifPresent(
        running -> {
          running.destroy();
          try {
            running.waitFor(2, TimeUnit.MINUTES);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }
}
