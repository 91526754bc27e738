// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ParallelEditorsTest {
  private final CollageStore store = new InMemoryCollageStore();

  @Test
  void sixteenEditorsLoseNothing() throws Exception {
    new ParallelEditors(store, store).run();
  }

  @Test
  void norWhenAnswersDoNotCome() throws Exception {
    AtomicInteger injected = new AtomicInteger();
    StoreFaults faults = StoreFaults.timeOuts(7, 5, injected);
    new ParallelEditors(faults.around(store), store).run();
    assertThat(injected.get()).isGreaterThan(30);
  }
}
