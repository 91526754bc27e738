// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.document;

import dev.corkboard.collage.v1.Operation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** One pass over the operations of an edit: what was done so far, and how to take it back. */
final class Pass {
  /** How much is looked at. */
  enum Checking {
    /** Limits of what is written, locks, and what the document must have. */
    ALL,
    /** Locks, and what the document must have; for values that were accepted before. */
    STATE,
    /** Nothing: operations that were applied before, to the same document. */
    NONE
  }

  private final Draft draft;
  private final Checking checking;
  private final Checks checks;
  private final List<Operation> applied = new ArrayList<>();
  private final Deque<Operation> inverse = new ArrayDeque<>();

  Pass(Draft draft, Checking checking) {
    this.draft = draft;
    this.checking = checking;
    this.checks = Checks.begin();
  }

  Draft draft() {
    return draft;
  }

  Checks checks() {
    return checks;
  }

  boolean checksLimits() {
    return checking == Checking.ALL;
  }

  boolean checksState() {
    return checking != Checking.NONE;
  }

  /** Notes an operation that was applied, and what takes it back, in order, if it did anything. */
  void applied(Operation operation, Operation... back) {
    applied.add(operation);
    for (int i = back.length - 1; i >= 0; i--) inverse.addFirst(back[i]);
  }

  List<Operation> applied() {
    return List.copyOf(applied);
  }

  List<Operation> inverse() {
    return List.copyOf(inverse);
  }
}
