// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.index;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Says where collages are to be looked for; the collages themselves are the truth.
 *
 * <p>An entry is added before the change that it is for, so nothing is ever missing, and stays when
 * the change does not come, or is undone: whoever finds a collage here must look at it. Entries may
 * be added and removed again and again.
 */
public interface CollageIndex {
  /** What a collage is found by. */
  enum Kind {
    /** The account that owns it. */
    OWNER(1),
    /** An account that is, or was, a member. */
    MEMBER(2),
    /** The collage that it is a remix of. */
    ORIGIN(3),
    /** A Pin whose picture it shows, or showed. */
    PIN(4),
    /** The day, counted from 1970, on which it is removed from the trash. */
    PURGE_DAY(5),
    /** The hour, counted from 1970, in which it was begun to be published or unpublished. */
    PUBLISHING_HOUR(6);

    private final byte code;

    Kind(int code) {
      this.code = (byte) code;
    }

    byte code() {
      return code;
    }
  }

  /** What is looked for. */
  record Key(Kind kind, long value) {}

  CompletionStage<Void> add(Key key, long collageId);

  CompletionStage<Void> remove(Key key, long collageId);

  /**
   * The newest first.
   *
   * @param before only collages with a smaller id
   */
  CompletionStage<List<Long>> find(Key key, long before, int limit);
}
