// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.trace;

import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;

/** What a span says of an RPC; never a message, which may repeat what somebody sent. */
final class RpcSpans {
  private RpcSpans() {}

  static void describe(Span span, MethodDescriptor<?, ?> method) {
    if (!span.isRecording()) return;
    span.setAttribute("rpc.system", "grpc");
    span.setAttribute("rpc.service", method.getServiceName());
    span.setAttribute("rpc.method", method.getBareMethodName());
  }

  /** Ends the span of a call made: whatever is not OK is an error to its caller. */
  static void endCalled(Span span, Status.Code code) {
    end(span, code, code != Status.Code.OK);
  }

  /** Ends the span of a call served: the caller's own mistakes are no errors of the server. */
  static void endServed(Span span, Status.Code code) {
    end(
        span,
        code,
        switch (code) {
          case UNKNOWN, DEADLINE_EXCEEDED, UNIMPLEMENTED, INTERNAL, UNAVAILABLE, DATA_LOSS -> true;
          default -> false;
        });
  }

  private static void end(Span span, Status.Code code, boolean error) {
    if (!span.isRecording()) return;
    span.setAttribute("rpc.grpc.status_code", code.value());
    if (error) {
      span.setStatus(StatusCode.ERROR);
      span.setAttribute("error.type", code.name());
    }
    span.end();
  }
}
