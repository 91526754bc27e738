// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.compare;

import dev.corkboard.benchmarks.ProcFile;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One measurement of one subject.
 *
 * @param cpuMicros CPU time of each process by request, user and system
 */
record Sample(Load load, Map<String, Double> cpuMicros) {

  static Sample take(Subject subject, Duration time) {
    Map<String, Long> before = cpu(subject);
    Load load = subject.load(time);
    Map<String, Long> after = cpu(subject);
    Map<String, Double> each = new LinkedHashMap<>();
    after.forEach(
        (name, micros) ->
            each.put(name, (micros - before.get(name)) / (double) Math.max(1, load.requests())));
    return new Sample(load, each);
  }

  private static Map<String, Long> cpu(Subject subject) {
    Map<String, Long> micros = new LinkedHashMap<>();
    subject.processes().forEach((name, pid) -> micros.put(name, ProcFile.cpuMicros(pid)));
    return micros;
  }

  /** Of one process, 0 for one that takes no part. */
  double cpuOf(String process) {
    return cpuMicros.getOrDefault(process, 0.0);
  }

  /** Of what the client speaks to. */
  double frontCpu() {
    return cpuOf(Processes.FRONT);
  }

  /** The median time of an answer. */
  double medianMillis() {
    return load.millis(50);
  }

  /** Of all processes that serve. */
  double cpu() {
    return cpuMicros.values().stream().mapToDouble(Double::doubleValue).sum();
  }
}
