// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.board.change;

import java.util.Comparator;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Ids of intents: UUIDs of version 7 (RFC 9562), 48 bits of milliseconds and 74 random bits. */
public final class IntentIds {
  /** How much time a bucket of intents covers. */
  public static final long BUCKET_MILLIS = 10_000;

  /** Over how many partitions a bucket is spread. */
  static final int SHARDS = 4;

  /** By time, then by the random bits. */
  static final Comparator<UUID> ORDER =
      (a, b) -> {
        int high = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
        return high != 0
            ? high
            : Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits());
      };

  private IntentIds() {}

  static UUID at(long millis) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long high = millis << 16 | 0x7000 | random.nextInt(1 << 12);
    long low = random.nextLong() >>> 2 | 1L << 63;
    return new UUID(high, low);
  }

  /** When the intent was begun, in milliseconds of the Unix epoch. */
  public static long millisOf(UUID id) {
    return id.getMostSignificantBits() >>> 16;
  }

  static long bucketOf(UUID id) {
    return bucketAt(millisOf(id));
  }

  static long bucketAt(long millis) {
    return Math.floorDiv(millis, BUCKET_MILLIS);
  }

  static short shardOf(UUID id) {
    return (short) Math.floorMod(id.getLeastSignificantBits(), SHARDS);
  }
}
