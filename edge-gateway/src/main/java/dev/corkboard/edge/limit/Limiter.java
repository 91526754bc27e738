// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.limit;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Counts requests against limits. */
public interface Limiter {
  /** Without limits. */
  Limiter NONE = (category, subject) -> CompletableFuture.completedStage(Verdict.UNLIMITED);

  /**
   * Takes one request out of a bucket.
   *
   * @param subject whose bucket it is; the parts may be of any content and length
   * @return never fails
   */
  CompletionStage<Verdict> take(Category category, String... subject);
}
