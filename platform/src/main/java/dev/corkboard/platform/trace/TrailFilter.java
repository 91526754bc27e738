// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.trace;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import io.opentelemetry.api.trace.SpanContext;
import java.util.Map;

/**
 * Writes the request, trace and span of the thread's work into each line of a log, as {@code mdc}.
 * It filters nothing: an appender's filter is what sees an event on the thread that logs it.
 */
public final class TrailFilter extends Filter<ILoggingEvent> {
  @Override
  public FilterReply decide(ILoggingEvent event) {
    Trail trail = Trails.current();
    if (!trail.requestId().isEmpty() && event instanceof LoggingEvent line) {
      line.setMDCPropertyMap(fields(trail));
    }
    return FilterReply.NEUTRAL;
  }

  private static Map<String, String> fields(Trail trail) {
    SpanContext span = trail.span().getSpanContext();
    return span.isValid()
        ? Map.of(
            "request_id",
            trail.requestId(),
            "trace_id",
            span.getTraceId(),
            "span_id",
            span.getSpanId())
        : Map.of("request_id", trail.requestId());
  }
}
