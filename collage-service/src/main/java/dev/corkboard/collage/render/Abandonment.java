// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import dev.corkboard.platform.error.ApiException;
import io.grpc.Context;

/** Stops drawing for callers who wait no longer. */
final class Abandonment {
  private Abandonment() {}

  /** DEADLINE_EXCEEDED when the call that is being answered was cancelled or is over. */
  static void check() {
    Context call = Context.current();
    if (call.isCancelled()) throw ApiException.deadlineExceeded(call.cancellationCause());
  }
}
