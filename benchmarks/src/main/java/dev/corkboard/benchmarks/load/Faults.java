// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.load;

import dev.corkboard.deploy.Service;
import dev.corkboard.deploy.faults.FaultProxy;
import dev.corkboard.platform.testing.Signals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The faults there are. */
final class Faults {
  private static final Duration FROZEN = Duration.ofSeconds(8);
  private static final Duration CUT_OFF = Duration.ofSeconds(15);
  private static final Duration LATENCY = Duration.ofMillis(100);
  private static final Duration BACK = Duration.ofMinutes(4);
  private static final Duration FULL = Duration.ofSeconds(10);

  /** A node counts as up for the others a little after it says so. */
  private static final Duration GOSSIP = Duration.ofSeconds(3);

  private static final List<String> SERVICES =
      Arrays.stream(Service.values()).map(Service::id).toList();

  private final LoadSuite suite;
  private final Random random;
  private final Map<String, Fault> all = new LinkedHashMap<>();

  Faults(LoadSuite suite, Random random) {
    this.suite = suite;
    this.random = random;
    for (String service : SERVICES) {
      add("kill-" + service, false, () -> kill(one(service)));
      add("pause-" + service, false, () -> freeze(one(service)));
      add("partition-" + service, false, () -> cut(service));
      add("latency-" + service, false, () -> slow(service));
    }
    for (String store : List.of(LoadSuite.REDIS, LoadSuite.CASSANDRA)) {
      add("kill-" + store, true, () -> kill(one(store)));
      add("pause-" + store, false, () -> freeze(one(store)));
      add("partition-" + store, false, () -> cut(store));
      add("latency-" + store, false, () -> slow(store));
    }
    add("kill-all-cassandra", false, this::killCassandra);
    add("flush-redis", false, this::flush);
    add("disk-full", false, this::fillDisk);
    add("rolling-restart", true, this::restartAll);
  }

  private void add(String name, boolean aim, Fault.Action action) {
    all.put(name, new Fault(name, aim, action));
  }

  /** Names of all faults, whether or not they can be had here. */
  static Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    List<String> parts = new ArrayList<>(SERVICES);
    parts.addAll(List.of(LoadSuite.REDIS, LoadSuite.CASSANDRA));
    for (String kind : List.of("kill-", "pause-", "partition-", "latency-")) {
      for (String part : parts) names.add(kind + part);
    }
    names.addAll(List.of("kill-all-cassandra", "flush-redis", "disk-full", "rolling-restart"));
    return names;
  }

  static boolean needsProxies(Set<String> wanted) {
    return wanted.stream()
        .anyMatch(name -> name.startsWith("partition-") || name.startsWith("latency-"));
  }

  static boolean needsSmallDisk(Set<String> wanted) {
    return wanted.contains("disk-full");
  }

  Fault get(String name) {
    return all.get(name);
  }

  /** Why a fault cannot be had here, if so. */
  Optional<String> missing(String name) {
    if (name.equals("disk-full") && !suite.cassandra().hasSmallDisk()) {
      return Optional.of("it takes root on Linux, and three nodes");
    }
    if (name.equals("partition-cassandra") || name.equals("latency-cassandra")) {
      if (suite.link(LoadSuite.CASSANDRA).isEmpty()) return Optional.of("it takes three nodes");
    }
    return Optional.empty();
  }

  private Part one(String name) {
    List<Part> parts = suite.parts(name);
    return parts.get(random.nextInt(parts.size()));
  }

  private static void kill(Part part) throws InterruptedException {
    int before = part.starts();
    part.kill();
    part.awaitStart(before, BACK);
  }

  private static void freeze(Part part) throws InterruptedException {
    long pid = part.pid();
    Signals.freeze(pid);
    try {
      pause(FROZEN);
    } finally {
      Signals.thaw(pid);
    }
  }

  private static void pause(Duration length) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(length.toMillis());
  }

  private void cut(String name) throws InterruptedException {
    List<FaultProxy> links = suite.link(name);
    links.forEach(link -> link.mode(FaultProxy.Mode.HOLD));
    try {
      pause(CUT_OFF);
    } finally {
      links.forEach(link -> link.mode(FaultProxy.Mode.PASS));
    }
  }

  private void slow(String name) throws InterruptedException {
    List<FaultProxy> links = suite.link(name);
    links.forEach(link -> link.delay(LATENCY));
    try {
      pause(CUT_OFF);
    } finally {
      links.forEach(link -> link.delay(Duration.ZERO));
    }
  }

  private void killCassandra() throws InterruptedException {
    List<Part> nodes = suite.parts(LoadSuite.CASSANDRA);
    List<Integer> before = nodes.stream().map(Part::starts).toList();
    nodes.forEach(Part::kill);
    for (int i = 0; i < nodes.size(); i++) nodes.get(i).awaitStart(before.get(i), BACK);
    pause(GOSSIP);
  }

  private void flush() {
    try (Socket socket = new Socket()) {
      socket.connect(suite.redis(), 5_000);
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write("FLUSHALL\r\n".getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readNBytes(3), StandardCharsets.US_ASCII);
      if (!answer.equals("+OK")) throw new IllegalStateException("FLUSHALL: " + answer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The node stops by itself, as disk_failure_policy has it; an operator makes room and restarts.
   */
  private void fillDisk() throws InterruptedException {
    suite.cassandra().fillDisk();
    pause(FULL);
    suite.cassandra().freeDisk();
    kill(suite.parts(LoadSuite.CASSANDRA).get(LoadCassandra.victim()));
    pause(GOSSIP);
  }

  /** Every process once, one after the other, as an upgrade does it. */
  private void restartAll() throws InterruptedException {
    for (String service : SERVICES) restart(suite.parts(service));
    restart(suite.parts(LoadSuite.REDIS));
    for (Part node : suite.parts(LoadSuite.CASSANDRA)) {
      restart(List.of(node));
      pause(GOSSIP);
    }
  }

  private static void restart(List<Part> parts) throws InterruptedException {
    for (Part part : parts) {
      int before = part.starts();
      part.terminate();
      part.awaitStart(before, BACK);
    }
  }
}
