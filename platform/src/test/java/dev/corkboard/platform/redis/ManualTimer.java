// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A clock that stands still until told. */
final class ManualTimer implements CacheTimer {

  private record Task(long due, Runnable task) {}

  private final List<Task> tasks = new ArrayList<>();
  private long now;

  @Override
  public synchronized long nanoTime() {
    return now;
  }

  @Override
  public synchronized void schedule(Duration delay, Runnable task) {
    tasks.add(new Task(now + delay.toNanos(), task));
  }

  synchronized int waiting() {
    return tasks.size();
  }

  /** Lets time pass and runs once what is due by then. */
  void advance(Duration by) {
    List<Task> due;
    synchronized (this) {
      now += by.toNanos();
      due = tasks.stream().filter(task -> task.due() <= now).toList();
      tasks.removeAll(due);
    }
    due.forEach(task -> task.task().run());
  }
}
