// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.awaitility.Awaitility;

/** How much of the heap is in use once the garbage is gone: of all services, and of the test. */
final class Memory {
  private static final long LIMIT_MIB = 64;

  private final long before = used();

  private static long used() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20;
  }

  /** The growth in MiB once what is still in flight has ended; it must be below 64. */
  long growth() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(() -> assertThat(used() - before).isLessThan(LIMIT_MIB));
    return used() - before;
  }
}
