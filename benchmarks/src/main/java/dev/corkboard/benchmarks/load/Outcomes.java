// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.load;

import dev.corkboard.benchmarks.load.Verdicts.Defect;
import dev.corkboard.deploy.faults.Answer;

/** What answers to writes mean: an outcome that is not known is asked for again. */
final class Outcomes {
  private final Verdicts verdicts;

  Outcomes(Verdicts verdicts) {
    this.verdicts = verdicts;
  }

  /** What follows when a write was made. */
  @FunctionalInterface
  interface Accepted {
    void take(Answer answer, long asked, long answered);
  }

  /**
   * The outcome of a write that must succeed.
   *
   * @param refused what follows when it is refused all the same, without effect
   */
  Call.Outcome of(String what, Accepted accepted, Runnable refused) {
    return (answer, asked, answered, attempt) -> {
      if (answer.isOk()) {
        accepted.take(answer, asked, answered);
        return true;
      }
      return !isOpen(answer) && refused(what, answer, refused);
    };
  }

  /** The same for a removal, of which a repeat may find that it was made. */
  Call.Outcome ofRemoval(String what, Accepted accepted, Runnable refused) {
    Call.Outcome other = of(what, accepted, refused);
    return (answer, asked, answered, attempt) -> {
      if (answer.status() == 404 && attempt > 1) {
        accepted.take(answer, asked, answered);
        return true;
      }
      return other.take(answer, asked, answered, attempt);
    };
  }

  /** Whether the request may have had its effect, or may have it yet. */
  static boolean isOpen(Answer answer) {
    return answer.isUnknown() || answer.isBusy() || answer.status() >= 500;
  }

  private boolean refused(String what, Answer answer, Runnable refused) {
    verdicts.add(Defect.WRONG, what + ": " + answer.status() + " " + answer.text());
    refused.run();
    return true;
  }

  void wrong(Defect defect, String what) {
    verdicts.add(defect, what);
  }
}
