// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.trace;

import io.opentelemetry.api.trace.Span;

/** What is known of a request wherever its work goes on: its id and, if it is traced, its span. */
public interface Trail {
  /** Of work that belongs to no request. */
  Trail NONE = () -> "";

  /** Follows a request through all processes and logs; empty for work of no request. */
  String requestId();

  /** The span that work of now belongs to; invalid unless the request is traced. */
  default Span span() {
    return Span.getInvalid();
  }

  /** Begins the span of a call to something else; invalid, at no cost, unless it is recorded. */
  default Span call(String name) {
    return Span.getInvalid();
  }
}
