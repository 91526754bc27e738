// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.faults;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** How the requests of a load were answered. */
final class Tally {
  private final AtomicInteger acknowledged = new AtomicInteger();
  private final AtomicInteger cutOff = new AtomicInteger();
  private final AtomicInteger unavailable = new AtomicInteger();
  private final AtomicInteger late = new AtomicInteger();
  private final AtomicInteger busy = new AtomicInteger();
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
  private final Queue<String> unserved = new ConcurrentLinkedQueue<>();
  private volatile int failedBefore;

  void acknowledge() {
    acknowledged.incrementAndGet();
  }

  int acknowledged() {
    return acknowledged.get();
  }

  /** Counts an answer that is no success by what it is. */
  void count(String request, Answer answer) {
    if (answer.isCutOff()) {
      cutOff.incrementAndGet();
      unserved.add(request + ": " + answer.text());
    } else if (!answer.isWellFormed()) {
      wrong.add(request + ": " + answer.status() + " " + answer.text());
    } else if (answer.isUnknown()) {
      unavailable(request, answer.status(), answer.text());
    } else if (answer.isBusy()) {
      busy.incrementAndGet();
    } else if (!answer.isOk()) {
      wrong.add(request + ": " + answer.status() + " " + answer.text());
    }
  }

  void unavailable(String request, int status, String text) {
    (status == 504 ? late : unavailable).incrementAndGet();
    unserved.add(request + ": " + status + " " + text);
  }

  void wrong(String what) {
    wrong.add(what);
  }

  /** Requests that got no answer at all. */
  int unanswered() {
    return cutOff.get();
  }

  /** Requests that were not served: no answer, 503 or 504. */
  int failed() {
    return cutOff.get() + unavailable.get() + late.get();
  }

  /** From here on failures are the fault's. */
  void beginFault() {
    failedBefore = failed();
    unserved.clear();
  }

  /** Requests that were not served since the fault began. */
  int failedByFault() {
    return failed() - failedBefore;
  }

  /** What {@link #failedByFault} counts, request and answer. */
  Queue<String> unserved() {
    return unserved;
  }

  /** Answers that no fault excuses: a 500, a refusal of what is allowed, an error out of shape. */
  Queue<String> wrong() {
    return wrong;
  }

  @Override
  public String toString() {
    return "acknowledged %d, cut off %d, 503 %d, 504 %d, busy %d, wrong %d"
        .formatted(
            acknowledged.get(),
            cutOff.get(),
            unavailable.get(),
            late.get(),
            busy.get(),
            wrong.size());
  }
}
