// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import dev.corkboard.pin.store.v1.Intent;
import dev.corkboard.pin.v1.Pin;
import java.util.Optional;

/**
 * The row of a Pin as it stands, whatever its state.
 *
 * @param pin the content; of a deleted Pin only its id, owner, board and etag
 * @param progress the operation in progress, which holds the row's lock
 */
record StoredPin(State state, Pin pin, Optional<Progress> progress) {
  /** Whether a Pin is seen. The numbers are stored. */
  enum State {
    PENDING(1),
    LIVE(2),
    DELETED(3);

    final byte code;

    State(int code) {
      this.code = (byte) code;
    }

    static State of(byte code) {
      return values()[code - 1];
    }
  }

  /** How far an operation has come on the row itself. The numbers are stored. */
  enum Stage {
    /** It may still be refused. */
    BEGUN(1),
    /** It will be finished. */
    COMMITTED(2),
    /** It was refused and is being undone. */
    ABORTED(3);

    final byte code;

    Stage(int code) {
      this.code = (byte) code;
    }

    static Stage of(byte code) {
      return values()[code - 1];
    }
  }

  /** An operation in progress. */
  record Progress(Intent intent, Stage stage) {}

  boolean isLive() {
    return state == State.LIVE;
  }

  /** Whether this operation holds the row. */
  boolean isHeldBy(Intent intent) {
    return progress.isPresent() && progress.get().intent().getId().equals(intent.getId());
  }

  /** Whether an operation that began at this etag may take the row. */
  boolean isFreeAt(String etag) {
    return isLive() && progress.isEmpty() && pin.getEtag().equals(etag);
  }
}
