// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.trace;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.opentelemetry.api.trace.Span;

/**
 * A span for each call made for a recorded request, its retries included; the callee hears of the
 * trace, also that it is not recorded. Calls of background work carry none.
 */
final class TracingClientInterceptor implements ClientInterceptor {
  static final Metadata.Key<String> TRACE_PARENT =
      Metadata.Key.of(TraceParent.HEADER, Metadata.ASCII_STRING_MARSHALLER);

  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
    Trail trail = Trails.current();
    ClientCall<Q, A> call = next.newCall(method, options);
    if (!trail.span().getSpanContext().isValid()) return call;
    Span span = trail.call(method.getFullMethodName());
    RpcSpans.describe(span, method);
    return new Traced<>(call, span, span.getSpanContext().isValid() ? span : trail.span());
  }

  private static final class Traced<Q, A> extends SimpleForwardingClientCall<Q, A> {
    private final Span span;
    private final Span announced;

    Traced(ClientCall<Q, A> call, Span span, Span announced) {
      super(call);
      this.span = span;
      this.announced = announced;
    }

    @Override
    public void start(Listener<A> listener, Metadata headers) {
      headers.discardAll(TRACE_PARENT);
      headers.put(TRACE_PARENT, TraceParent.format(announced));
      super.start(span.isRecording() ? new Ending<>(listener, span) : listener, headers);
    }
  }

  private static final class Ending<A> extends SimpleForwardingClientCallListener<A> {
    private final Span span;

    Ending(ClientCall.Listener<A> listener, Span span) {
      super(listener);
      this.span = span;
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      RpcSpans.endCalled(span, status.getCode());
      super.onClose(status, trailers);
    }
  }
}
