// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy;

import java.util.Map;

/**
 * A span as a file of traces holds it.
 *
 * @param parentId empty for the first of a trace
 * @param start nanoseconds since 1970
 */
record TraceSpan(
    String service,
    String traceId,
    String spanId,
    String parentId,
    String name,
    long start,
    long end,
    boolean failed,
    Map<String, String> attributes) {
  long nanos() {
    return end - start;
  }

  /**
   * How it ended, such as {@code 200} or {@code UNAVAILABLE}; empty when there is nothing to say.
   */
  String outcome() {
    String status = attributes.getOrDefault("http.response.status_code", "");
    return failed ? attributes.getOrDefault("error.type", status) : status;
  }
}
