// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class StopSignalTest {
  private final StopSignal stop = new StopSignal();

  @Test
  void aDeathEndsTheWaitAndTellsWhy() {
    stop.failed("Redis ended");
    stop.await();
    stop.stopping();
    assertThat(stop.failure()).contains("Redis ended");
  }

  @Test
  void aStartInProgressIsInterrupted() {
    stop.failed("Redis ended");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(stop.isSignalled()).isTrue();
  }

  @Test
  void aStartGoesOnUntilASignalCame() {
    assertThatCode(stop::check).doesNotThrowAnyException();
    stop.failed("Redis ended");
    assertThatThrownBy(stop::check).isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void theFirstReasonCounts() {
    stop.failed("Redis ended");
    stop.failed("Cassandra ended");
    stop.stopping();
    assertThat(stop.failure()).contains("Redis ended");
  }

  @Test
  void whatEndsWhileStoppingIsExpectedAndInterruptsNothing() {
    stop.stopping();
    stop.failed("Cassandra ended");
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(stop.failure()).isEmpty();
  }
}
