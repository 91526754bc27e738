// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.compare;

import java.time.Duration;
import java.util.Map;

/** Something that is measured: load on it, and the processes that serve this load. */
interface Subject {
  String name();

  /** The pids of all processes that take part, by what they are called in the table. */
  Map<String, Long> processes();

  /** Brings caches into the state that is to be measured, before each measurement. */
  default void prepare() {}

  /** Puts load on it for so long and waits for the last answer. */
  Load load(Duration time);
}
