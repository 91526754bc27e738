// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.board.change;

import dev.corkboard.platform.error.ApiException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * How far a follower has read: every bucket before {@code floor} is passed for good; of those after
 * it, up to where and a digest of what was there, so that a latecomer is noticed.
 *
 * @param resume the bucket in which the last reading stopped short, or the first not yet there
 * @param checked when all buckets between the two were last looked at, in milliseconds
 */
record ChangeCursor(long floor, long resume, long checked, SortedMap<Long, Seen> seen) {
  private static final byte VERSION = 1;
  private static final int MAX_LENGTH = 16_384;

  /**
   * What was read of a bucket.
   *
   * @param last the last intent, in order of ids
   * @param digest the sum of the random halves of all up to it
   */
  record Seen(UUID last, long digest) {
    /** Before the first intent of a bucket. */
    static final Seen NOTHING = new Seen(new UUID(0, 0), 0);

    Seen and(UUID next) {
      return new Seen(next, digest + next.getLeastSignificantBits());
    }

    boolean holds(UUID id) {
      return IntentIds.ORDER.compare(id, last) <= 0;
    }
  }

  ChangeCursor {
    seen = new TreeMap<>(seen.tailMap(floor));
  }

  static ChangeCursor at(long floor) {
    return new ChangeCursor(floor, floor, 0, new TreeMap<>());
  }

  String encode() {
    ByteBuffer bytes = ByteBuffer.allocate(1 + (3 + seen.size() * 4) * Long.BYTES);
    bytes.put(VERSION).putLong(floor).putLong(resume).putLong(checked);
    for (Map.Entry<Long, Seen> entry : seen.entrySet()) {
      Seen at = entry.getValue();
      bytes
          .putLong(entry.getKey())
          .putLong(at.last().getMostSignificantBits())
          .putLong(at.last().getLeastSignificantBits())
          .putLong(at.digest());
    }
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  static ChangeCursor decode(String text) {
    try {
      if (text.length() > MAX_LENGTH) throw foreign();
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
      if (bytes.get() != VERSION) throw foreign();
      long floor = bytes.getLong();
      long resume = bytes.getLong();
      long checked = bytes.getLong();
      SortedMap<Long, Seen> seen = new TreeMap<>();
      while (bytes.hasRemaining()) {
        seen.put(
            bytes.getLong(), new Seen(new UUID(bytes.getLong(), bytes.getLong()), bytes.getLong()));
      }
      return new ChangeCursor(floor, resume, checked, seen);
    } catch (IllegalArgumentException | BufferUnderflowException notOurs) {
      throw foreign();
    }
  }

  private static ApiException foreign() {
    return ApiException.invalid("cursor", "must be a next_cursor of this log");
  }
}
