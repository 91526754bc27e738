// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.board.change;

import java.util.concurrent.CompletionStage;

/** Knows what became of an intent, and can bring it to an end. Safe to run on several replicas. */
public interface Settler {
  /** Looks whether the change is there; {@link Outcome#OPEN} when it is not, or not yet. */
  CompletionStage<Outcome> look(Intent intent);

  /**
   * Brings the intent to an end: finishes it when its deciding step was made, else makes sure that
   * the step never will be, and undoes what came before it. Never OPEN.
   */
  CompletionStage<Outcome> settle(Intent intent);
}
