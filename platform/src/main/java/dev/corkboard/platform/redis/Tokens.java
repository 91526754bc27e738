// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.redis;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Names of leases and guards, never used twice by any process. */
final class Tokens {

  private final String process = UUID.randomUUID() + "-";
  private final AtomicLong count = new AtomicLong();

  String next() {
    return process + Long.toString(count.incrementAndGet(), Character.MAX_RADIX);
  }
}
