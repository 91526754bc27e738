// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;

/**
 * The header by which a trace goes from process to process (W3C Trace Context). Its companion
 * {@code tracestate}, free text of whoever called, is neither read nor sent.
 */
public final class TraceParent {
  /** The name of the header. */
  public static final String HEADER = "traceparent";

  private static final W3CTraceContextPropagator FORMAT = W3CTraceContextPropagator.getInstance();

  private TraceParent() {}

  /** The caller's span; none when the header is missing or malformed. */
  static Context parse(String header) {
    if (header == null) return Context.root();
    return FORMAT.extract(
        Context.root(), header, (sent, name) -> name.equals(HEADER) ? sent : null);
  }

  /** What to send, so that the callee's span is a child of this one. */
  static String format(Span span) {
    String[] header = new String[1];
    FORMAT.inject(
        Context.root().with(span),
        header,
        (into, name, value) -> {
          if (name.equals(HEADER)) into[0] = value;
        });
    return header[0];
  }
}
