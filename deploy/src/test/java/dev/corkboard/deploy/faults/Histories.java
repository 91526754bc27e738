// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.faults;

import dev.corkboard.platform.testing.history.Operation;
import dev.corkboard.platform.testing.history.Operation.Kind;
import dev.corkboard.platform.testing.history.Operation.Outcome;
import dev.corkboard.platform.testing.history.RegisterChecker;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What clients saw of registers: the description of each board, the board of each Pin, and whether
 * a Pin stands on a board, one register for each pair.
 */
final class Histories {
  /** What a register of places holds when the Pin is nowhere. */
  static final long NOWHERE = 0;

  private final Collection<String> boards;
  private final Map<String, Queue<Operation>> registers = new ConcurrentHashMap<>();
  private final Map<String, Queue<Operation>> places = new ConcurrentHashMap<>();
  private final Queue<Listing> listings = new ConcurrentLinkedQueue<>();

  private record Listing(String board, Set<String> pins, long invoked, long returned) {}

  Histories(Collection<String> boards) {
    this.boards = boards;
  }

  void header(String board, Operation operation) {
    registers
        .computeIfAbsent("header of " + board, k -> new ConcurrentLinkedQueue<>())
        .add(operation);
  }

  /** The Pin was put on a board, or taken off all. */
  void moved(String pin, long board, Outcome outcome, long invoked) {
    place(pin, new Operation(Kind.WRITE, outcome, 0, board, invoked, System.nanoTime()));
  }

  void found(String pin, long board, long invoked) {
    place(pin, new Operation(Kind.READ, Outcome.OK, 0, board, invoked, System.nanoTime()));
  }

  private void place(String pin, Operation operation) {
    places.computeIfAbsent(pin, k -> new ConcurrentLinkedQueue<>()).add(operation);
  }

  void listed(String board, Set<String> pins, long invoked) {
    listings.add(new Listing(board, pins, invoked, System.nanoTime()));
  }

  /** The names of registers whose history no register can have. */
  List<String> refused() {
    List<String> refused = new ArrayList<>();
    all()
        .forEach(
            (name, history) -> {
              if (!RegisterChecker.isLinearizable(0, history)) refused.add(name + ": " + history);
            });
    return refused;
  }

  int keys() {
    return all().size();
  }

  private Map<String, Collection<Operation>> all() {
    Map<String, Collection<Operation>> all = new HashMap<>(registers);
    places.forEach(
        (pin, history) -> {
          all.put("place of " + pin, history);
          for (String board : boards) {
            all.put("Pin " + pin + " on " + board, membership(pin, board, history));
          }
        });
    return all;
  }

  /** Every write of the place says of each board whether the Pin is there; listings say what is. */
  private List<Operation> membership(String pin, String board, Collection<Operation> history) {
    List<Operation> operations = new ArrayList<>();
    long here = Long.parseLong(board);
    long born = Long.MAX_VALUE;
    for (Operation one : history) {
      if (one.kind() != Kind.WRITE) continue;
      long value = one.value() == here ? 1 : 0;
      born = Math.min(born, one.invoked());
      operations.add(
          new Operation(Kind.WRITE, one.outcome(), 0, value, one.invoked(), one.returned()));
    }
    for (Listing listing : listings) {
      boolean stands = listing.pins().contains(pin);
      if (!listing.board().equals(board) || (!stands && listing.returned() < born)) continue;
      long value = stands ? 1 : 0;
      operations.add(
          new Operation(Kind.READ, Outcome.OK, 0, value, listing.invoked(), listing.returned()));
    }
    return operations;
  }
}
