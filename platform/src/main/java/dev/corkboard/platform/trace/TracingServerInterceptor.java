// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.trace;

import dev.corkboard.platform.auth.AuthInterceptor;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.opentelemetry.api.trace.Span;

/** A span for each call served, a child of the caller's. */
final class TracingServerInterceptor implements ServerInterceptor {
  private final Tracing tracing;

  TracingServerInterceptor(Tracing tracing) {
    this.tracing = tracing;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    String requestId = AuthInterceptor.ensureRequestId(headers);
    Trail trail =
        tracing.request(
            requestId,
            headers.get(TracingClientInterceptor.TRACE_PARENT),
            call.getMethodDescriptor().getFullMethodName());
    RpcSpans.describe(trail.span(), call.getMethodDescriptor());
    ServerCall<Q, A> traced =
        new SimpleForwardingServerCall<>(call) {
          @Override
          public void close(Status status, Metadata trailers) {
            RpcSpans.endServed(trail.span(), status.getCode());
            super.close(status, trailers);
          }
        };
    Trail before = Trails.enter(trail);
    try {
      return new OnTrail<>(next.startCall(traced, headers), trail);
    } finally {
      Trails.leave(before);
    }
  }

  private static final class OnTrail<Q> extends SimpleForwardingServerCallListener<Q> {
    private final Trail trail;

    OnTrail(ServerCall.Listener<Q> listener, Trail trail) {
      super(listener);
      this.trail = trail;
    }

    private void run(Runnable event) {
      Trail before = Trails.enter(trail);
      try {
        event.run();
      } finally {
        Trails.leave(before);
      }
    }

    @Override
    public void onMessage(Q message) {
      run(() -> super.onMessage(message));
    }

    @Override
    public void onHalfClose() {
      run(super::onHalfClose);
    }

    @Override
    public void onCancel() {
      Span span = trail.span();
      run(super::onCancel);
      RpcSpans.endServed(span, Status.Code.CANCELLED);
    }

    @Override
    public void onComplete() {
      run(super::onComplete);
    }

    @Override
    public void onReady() {
      run(super::onReady);
    }
  }
}
