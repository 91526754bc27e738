// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.load;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The values something had, one change after the other, with the times at which each was begun and
 * acknowledged. A change that was begun may be seen; one that was acknowledged must be.
 */
final class History<T> {
  private static final long NOT_YET = Long.MAX_VALUE;

  private final List<Change<T>> changes = new ArrayList<>();

  private record Change<T>(T value, long begun, long done) {}

  /** Begins with what was there all along. */
  History(T first) {
    changes.add(new Change<>(first, Long.MIN_VALUE, Long.MIN_VALUE));
  }

  synchronized void begin(T value, long now) {
    changes.add(new Change<>(value, now, NOT_YET));
  }

  /** The change that was begun last was acknowledged. */
  synchronized void done(long now) {
    done(changes.get(changes.size() - 1).value(), now);
  }

  /** The same, when only the answer told which value it was. */
  synchronized void done(T value, long now) {
    Change<T> last = changes.remove(changes.size() - 1);
    changes.add(new Change<>(value, last.begun(), now));
  }

  /** The change that was begun last was refused for certain. */
  synchronized void undo() {
    changes.remove(changes.size() - 1);
  }

  /** The value that was begun last. */
  synchronized T latest() {
    return changes.get(changes.size() - 1).value();
  }

  /** Whether it ever was, or was about to be, so. */
  synchronized boolean ever(Predicate<T> wanted) {
    return changes.stream().map(Change::value).anyMatch(wanted);
  }

  /** What a reader may see who asked and was answered at these times. */
  synchronized Set<T> possible(long asked, long answered) {
    Set<T> values = new LinkedHashSet<>();
    for (int i = changes.size() - 1; i >= 0; i--) {
      Change<T> change = changes.get(i);
      if (change.begun() > answered) continue;
      values.add(change.value());
      if (change.done() < asked) break;
    }
    return values;
  }
}
