// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.testing.history;

/**
 * What a client saw of one operation on a register.
 *
 * @param expected what a compare-and-set expects to find
 * @param value what a read found, or what a write or a compare-and-set puts in
 * @param invoked before the call, in any clock common to the history
 * @param returned after the answer; {@link Long#MAX_VALUE} when none came
 */
public record Operation(
    Kind kind, Outcome outcome, long expected, long value, long invoked, long returned) {

  /** What was asked of the register. */
  public enum Kind {
    READ,
    WRITE,
    COMPARE_AND_SET
  }

  /** How it was answered. */
  public enum Outcome {
    OK,
    /** A compare-and-set that found something else than it expected. */
    REFUSED,
    /** No answer: it takes effect once, at any time after its invocation, or never. */
    UNKNOWN
  }

  public Operation {
    if (invoked > returned) throw new IllegalArgumentException("answered before it was asked");
    if (outcome == Outcome.REFUSED && kind != Kind.COMPARE_AND_SET) {
      throw new IllegalArgumentException("only a compare-and-set is refused");
    }
    if (outcome == Outcome.UNKNOWN) returned = Long.MAX_VALUE;
  }

  boolean mustHappen() {
    return outcome != Outcome.UNKNOWN;
  }

  /** Whether a register that holds {@code state} can answer so. */
  boolean fits(long state) {
    return switch (kind) {
      case READ -> value == state;
      case WRITE -> true;
      case COMPARE_AND_SET -> (expected == state) == (outcome != Outcome.REFUSED);
    };
  }

  long after(long state) {
    return kind == Kind.READ || outcome == Outcome.REFUSED ? state : value;
  }
}
