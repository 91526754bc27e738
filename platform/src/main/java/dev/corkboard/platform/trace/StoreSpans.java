// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;

/** Spans of what a store is asked. */
public final class StoreSpans {
  private StoreSpans() {}

  /**
   * Ends a span. Of a failure it tells the kind alone, as a message may repeat what was sent.
   *
   * @param cause null when all went well
   */
  public static void end(Span span, Throwable cause) {
    if (!span.isRecording()) return;
    if (cause != null) {
      span.setStatus(StatusCode.ERROR);
      span.setAttribute("error.type", cause.getClass().getSimpleName());
    }
    span.end();
  }
}
