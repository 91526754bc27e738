// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.testing.history;

import dev.corkboard.platform.testing.history.Operation.Kind;
import dev.corkboard.platform.testing.history.Operation.Outcome;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Decides whether a history of one register is linearizable: the search of Wing and Gong, with
 * Lowe's memory of configurations that lead nowhere.
 */
public final class RegisterChecker {
  private final List<Operation> operations;
  private final Set<Configuration> tried = new HashSet<>();

  private RegisterChecker(List<Operation> operations) {
    this.operations = operations;
  }

  /** What has taken effect, and what the register holds then. */
  private record Configuration(BitSet done, long state) {
    Configuration with(int index, long next) {
      BitSet more = (BitSet) done.clone();
      more.set(index);
      return new Configuration(more, next);
    }
  }

  /** Whether some order of the operations, true to the clock, explains every answer. */
  public static boolean isLinearizable(long initial, Collection<Operation> history) {
    List<Operation> relevant =
        withoutUnseen(history).stream()
            .filter(o -> o.kind() != Kind.READ || o.mustHappen())
            .sorted(Comparator.comparingLong(Operation::invoked))
            .toList();
    return new RegisterChecker(relevant).search(initial);
  }

  /**
   * Leaves out unanswered operations whose value nobody met: an order that has one stays an order
   * without it. Not so beside refusals, which say only what the register did not hold.
   */
  private static Collection<Operation> withoutUnseen(Collection<Operation> history) {
    if (history.stream().anyMatch(o -> o.outcome() == Outcome.REFUSED)) return history;
    Set<Long> met = new HashSet<>();
    for (Operation one : history) {
      if (one.kind() == Kind.READ) met.add(one.value());
      if (one.kind() == Kind.COMPARE_AND_SET) met.add(one.expected());
    }
    return history.stream().filter(o -> o.mustHappen() || met.contains(o.value())).toList();
  }

  private boolean search(long initial) {
    Deque<Configuration> open = new ArrayDeque<>();
    open.push(new Configuration(new BitSet(), initial));
    while (!open.isEmpty()) {
      Configuration now = open.pop();
      if (!tried.add(now)) continue;
      if (isComplete(now)) return true;
      // Nothing may take effect after the first answer that is still to be explained.
      long limit = Long.MAX_VALUE;
      int index = now.done().nextClearBit(0);
      Deque<Configuration> next = new ArrayDeque<>();
      while (index < operations.size() && operations.get(index).invoked() <= limit) {
        Operation one = operations.get(index);
        limit = Math.min(limit, one.returned());
        if (one.fits(now.state())) next.push(now.with(index, one.after(now.state())));
        index = now.done().nextClearBit(index + 1);
      }
      next.forEach(open::push);
    }
    return false;
  }

  private boolean isComplete(Configuration now) {
    int index = now.done().nextClearBit(0);
    while (index < operations.size()) {
      if (operations.get(index).mustHappen()) return false;
      index = now.done().nextClearBit(index + 1);
    }
    return true;
  }
}
