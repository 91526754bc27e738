// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.load;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** What the oracle found wrong, and how often it looked. */
final class Verdicts {
  private static final int KEPT = 20;

  private final Map<Defect, Queue<String>> found = new EnumMap<>(Defect.class);
  private final Map<Defect, AtomicLong> counts = new EnumMap<>(Defect.class);
  private final AtomicLong checked = new AtomicLong();

  /** What no fault excuses. */
  enum Defect {
    LOST("what was acknowledged is not there"),
    DOUBLED("is there twice, or was never made"),
    TORN("parts of different changes, or out of order"),
    STALE("an older state than one acknowledged before the question"),
    FORBIDDEN("shown to somebody who may not see it"),
    COUNT("a count that is not exact"),
    WRONG("an answer outside of the contract: a 500, a refusal of what is allowed"),
    UNRESOLVED("a write whose outcome nobody told until the end");

    private final String text;

    Defect(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  Verdicts() {
    for (Defect defect : Defect.values()) {
      found.put(defect, new ConcurrentLinkedQueue<>());
      counts.put(defect, new AtomicLong());
    }
  }

  void add(Defect defect, String what) {
    counts.get(defect).incrementAndGet();
    Queue<String> examples = found.get(defect);
    if (examples.size() < KEPT) examples.add(what);
  }

  /** Counts an answer that was compared. */
  void look() {
    checked.incrementAndGet();
  }

  long checked() {
    return checked.get();
  }

  long count(Defect defect) {
    return counts.get(defect).get();
  }

  /** The first of each kind. */
  List<String> examples(Defect defect) {
    return List.copyOf(found.get(defect));
  }

  boolean isClean() {
    return counts.values().stream().allMatch(count -> count.get() == 0);
  }
}
