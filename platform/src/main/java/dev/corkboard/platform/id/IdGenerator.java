// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.id;

import dev.corkboard.platform.error.ApiException;
import java.time.Clock;

/**
 * Makes ids: positive 63-bit numbers that grow with time. 41 bits of milliseconds since 2025-01-01
 * (until 2094), 10 bits of node, 12 bits of sequence.
 *
 * <p>A clock that steps back is waited out by counting on from the last id; one that steps back by
 * more than 5 seconds, or a lease that ran out, refuses with UNAVAILABLE. An id never repeats.
 */
public final class IdGenerator {
  /** 2025-01-01T00:00:00Z. */
  public static final long EPOCH_MILLIS = 1_735_689_600_000L;

  private static final int NODE_BITS = 10;
  private static final int SEQUENCE_BITS = 12;
  private static final int SEQUENCES = 1 << SEQUENCE_BITS;
  private static final long MAX_AHEAD_MILLIS = 5_000;

  private final Lease lease;
  private final Clock clock;
  private long lastMillis;
  private int sequence;

  public IdGenerator(Lease lease, Clock clock) {
    this.lease = lease;
    this.clock = clock;
  }

  public synchronized long next() {
    long now = clock.millis();
    Lease.Term term = lease.term();
    // Before this another process made the ids of this node, whatever the clocks said.
    if (lastMillis < term.from()) {
      lastMillis = term.from();
      sequence = SEQUENCES - 1;
    }
    if (now > lastMillis) {
      lastMillis = now;
      sequence = 0;
    } else if (++sequence == SEQUENCES) {
      lastMillis++;
      sequence = 0;
    }
    if (lastMillis - now > MAX_AHEAD_MILLIS) {
      throw ApiException.unavailable("The clock of this server stepped back.", null);
    }
    if (lastMillis >= term.until()) {
      throw ApiException.unavailable("This server may not make ids at the moment.", null);
    }
    return (lastMillis - EPOCH_MILLIS) << (NODE_BITS + SEQUENCE_BITS)
        | (long) term.node() << SEQUENCE_BITS
        | sequence;
  }

  /** When an id was made, in milliseconds of the Unix epoch. */
  public static long millisOf(long id) {
    return (id >>> (NODE_BITS + SEQUENCE_BITS)) + EPOCH_MILLIS;
  }
}
