// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import dev.corkboard.platform.error.ApiException;
import java.util.Optional;

/**
 * How far a look at the row brought an operation.
 *
 * @param refusal why it was refused
 * @param finished whether nothing is left to do; a refusal stands before it is all undone
 */
record Outcome(Kind kind, Optional<ApiException> refusal, boolean finished) {
  enum Kind {
    /** It is done. */
    DONE,
    /** It was refused, and is or will be undone. */
    REFUSED,
    /** The row went on without it: it was finished by another, or its condition is gone. */
    MOOT,
    /** The row changed meanwhile; look again. */
    AGAIN,
    /** As AGAIN, after the Pin was put on a board. */
    AGAIN_PLACED
  }

  static final Outcome DONE = new Outcome(Kind.DONE, Optional.empty(), true);
  static final Outcome MOOT = new Outcome(Kind.MOOT, Optional.empty(), true);
  static final Outcome AGAIN = new Outcome(Kind.AGAIN, Optional.empty(), false);
  static final Outcome AGAIN_PLACED = new Outcome(Kind.AGAIN_PLACED, Optional.empty(), false);

  static Outcome refused(ApiException refusal, boolean undone) {
    return new Outcome(Kind.REFUSED, Optional.of(refusal), undone);
  }
}
