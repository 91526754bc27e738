// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.error;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns every failure into a canonical status with one {@code ErrorInfo}, and logs defects once.
 *
 * <p>Covers both ways a handler fails in grpc-java: {@code onError}, which arrives here as a status
 * with a cause, and an exception thrown out of the listener, which would otherwise bypass {@code
 * ServerCall.close}.
 */
public final class ErrorInterceptor implements ServerInterceptor {
  private static final Logger log = LoggerFactory.getLogger(ErrorInterceptor.class);

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    Mapping<Q, A> mapping = new Mapping<>(call);
    try {
      return new Guarded<>(next.startCall(mapping, headers), mapping);
    } catch (RuntimeException e) {
      mapping.fail(e);
      return new ServerCall.Listener<>() {};
    }
  }

  private static final class Mapping<Q, A> extends SimpleForwardingServerCall<Q, A> {
    private boolean closed;

    Mapping(ServerCall<Q, A> call) {
      super(call);
    }

    void fail(Throwable t) {
      close(Status.UNKNOWN.withCause(t), new Metadata());
    }

    @Override
    public void close(Status status, Metadata trailers) {
      if (closed) return;
      closed = true;
      if (status.isOk()) {
        super.close(status, trailers);
        return;
      }
      ApiException failure =
          status.getCause() == null && status.getCode() != Status.Code.UNKNOWN
              ? ApiException.from(status.asRuntimeException(trailers))
              : ApiException.from(
                  status.getCause() == null ? status.asRuntimeException() : status.getCause());
      logDefect(failure);
      StatusRuntimeException mapped = failure.toStatusRuntimeException();
      super.close(mapped.getStatus(), mapped.getTrailers());
    }

    /** A message about what the caller sent repeats it. */
    private static boolean isOurs(ApiException failure) {
      return failure.code() == Status.Code.INTERNAL || failure.code() == Status.Code.UNAVAILABLE;
    }

    private void logDefect(ApiException failure) {
      var at =
          switch (failure.code()) {
            case INTERNAL -> log.atError();
            case UNAVAILABLE -> log.atWarn();
            default -> log.atDebug();
          };
      at.addKeyValue("method", getMethodDescriptor().getFullMethodName())
          .addKeyValue("reason", failure.reason().name())
          .setCause(failure.getCause())
          .log(isOurs(failure) ? failure.getMessage() : "refused");
    }
  }

  private static final class Guarded<Q, A> extends SimpleForwardingServerCallListener<Q> {
    private final Mapping<Q, A> call;
    private boolean asked;

    Guarded(ServerCall.Listener<Q> listener, Mapping<Q, A> call) {
      super(listener);
      this.call = call;
    }

    @Override
    public void onMessage(Q message) {
      asked = true;
      guard(() -> super.onMessage(message));
    }

    @Override
    public void onHalfClose() {
      if (!asked && call.getMethodDescriptor().getType().clientSendsOneMessage()) {
        call.fail(ApiException.invalid("message", "is required"));
        return;
      }
      guard(super::onHalfClose);
    }

    @Override
    public void onReady() {
      guard(super::onReady);
    }

    private void guard(Runnable event) {
      try {
        event.run();
      } catch (RuntimeException e) {
        call.fail(e);
      }
    }
  }
}
