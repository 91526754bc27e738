// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.limit;

import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.limit.ConcurrencyLimits.End;
import dev.corkboard.platform.limit.ConcurrencyLimits.Place;
import dev.corkboard.platform.limit.ConcurrencyLimits.Work;
import dev.corkboard.platform.server.Caller;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Refuses calls over the limit with RESOURCE_EXHAUSTED OVERLOADED. A call counts from when its
 * request is here, so that nobody takes places by sending none. Streams have limits of their own
 * and are left alone; what changes data counts, but the time it takes says nothing of the process.
 */
public final class LimitInterceptor implements ServerInterceptor {
  private final ConcurrencyLimits limits;

  public LimitInterceptor(ConcurrencyLimits limits) {
    this.limits = limits;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    if (call.getMethodDescriptor().getType() != MethodType.UNARY) {
      return next.startCall(call, headers);
    }
    Counted<Q, A> counted = new Counted<>(call);
    return new Entering<>(next.startCall(counted, headers), counted);
  }

  private static Work work(Caller caller) {
    return caller.service().isPresent() && caller.accountId().isEmpty() ? Work.BATCH : Work.LIVE;
  }

  private final class Entering<Q> extends SimpleForwardingServerCallListener<Q> {
    private final Counted<Q, ?> call;

    Entering(ServerCall.Listener<Q> listener, Counted<Q, ?> call) {
      super(listener);
      this.call = call;
    }

    @Override
    public void onHalfClose() {
      Optional<Place> place = limits.take(work(Caller.current()));
      if (place.isEmpty()) {
        StatusRuntimeException refusal =
            ApiException.overloaded("this service").toStatusRuntimeException();
        call.close(refusal.getStatus(), refusal.getTrailers());
        return;
      }
      call.enter(place.get());
      try {
        super.onHalfClose();
      } catch (RuntimeException e) {
        call.leave(End.TELLS_NOTHING);
        throw e;
      }
    }

    @Override
    public void onCancel() {
      call.leave(End.LATE);
      super.onCancel();
    }
  }

  private static final class Counted<Q, A> extends SimpleForwardingServerCall<Q, A> {
    private final AtomicReference<Place> place = new AtomicReference<>();

    Counted(ServerCall<Q, A> call) {
      super(call);
    }

    void enter(Place taken) {
      place.set(taken);
    }

    void leave(End end) {
      Place held = place.getAndSet(null);
      if (held != null) held.leave(end);
    }

    @Override
    public void close(Status status, Metadata trailers) {
      leave(
          switch (status.getCode()) {
            case OK -> getMethodDescriptor().isSafe() ? End.DONE : End.TELLS_NOTHING;
            case DEADLINE_EXCEEDED -> End.LATE;
            default -> End.TELLS_NOTHING;
          });
      super.close(status, trailers);
    }
  }
}
