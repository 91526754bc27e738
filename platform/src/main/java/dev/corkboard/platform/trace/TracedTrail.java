// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;

/** The trail of a request in a process that traces, whether or not this one is recorded. */
record TracedTrail(String requestId, Span span, Tracer tracer) implements Trail {
  @Override
  public Span call(String name) {
    if (!span.isRecording()) return Span.getInvalid();
    return tracer
        .spanBuilder(name)
        .setParent(Context.root().with(span))
        .setSpanKind(SpanKind.CLIENT)
        .startSpan();
  }
}
