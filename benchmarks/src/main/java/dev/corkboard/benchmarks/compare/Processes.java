// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.compare;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the processes under test are called. */
final class Processes {
  /** What the client speaks to: the edge, a peer, a floor, or the client library of a store. */
  static final String FRONT = "edge";

  static final String PIN = "pin";
  static final String BOARD = "board";
  static final String ACCOUNT = "account";
  static final String COLLAGE = "collage";
  static final String CASSANDRA = "Cassandra";
  static final String REDIS = "Redis";

  private Processes() {}

  /** The same processes behind another front. */
  static Map<String, Long> behind(long front, Map<String, Long> others) {
    Map<String, Long> pids = new LinkedHashMap<>();
    pids.put(FRONT, front);
    others.forEach(pids::putIfAbsent);
    return pids;
  }
}
