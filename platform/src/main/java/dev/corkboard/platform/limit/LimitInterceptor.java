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
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Refuses calls over the limit with RESOURCE_EXHAUSTED OVERLOADED. Streams have limits of their own
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
    Optional<Place> place = limits.take(work(Caller.current()));
    if (place.isEmpty()) {
      StatusRuntimeException refusal =
          ApiException.overloaded("this service").toStatusRuntimeException();
      call.close(refusal.getStatus(), refusal.getTrailers());
      return new ServerCall.Listener<>() {};
    }
    Leaving<Q, A> leaving = new Leaving<>(call, place.get());
    try {
      return new SimpleForwardingServerCallListener<>(next.startCall(leaving, headers)) {
        @Override
        public void onCancel() {
          leaving.leave(call.isCancelled() ? End.LATE : End.TELLS_NOTHING);
          super.onCancel();
        }
      };
    } catch (RuntimeException e) {
      leaving.leave(End.TELLS_NOTHING);
      throw e;
    }
  }

  private static Work work(Caller caller) {
    return caller.service().isPresent() && caller.accountId().isEmpty() ? Work.BATCH : Work.LIVE;
  }

  private static final class Leaving<Q, A> extends SimpleForwardingServerCall<Q, A> {
    private final Place place;
    private final AtomicBoolean left = new AtomicBoolean();

    Leaving(ServerCall<Q, A> call, Place place) {
      super(call);
      this.place = place;
    }

    void leave(End end) {
      if (left.compareAndSet(false, true)) place.leave(end);
    }

    @Override
    public void close(Status status, Metadata trailers) {
      leave(
          switch (status.getCode()) {
            case OK -> isRead(getMethodDescriptor()) ? End.DONE : End.TELLS_NOTHING;
            case DEADLINE_EXCEEDED -> End.LATE;
            default -> End.TELLS_NOTHING;
          });
      super.close(status, trailers);
    }
  }

  private static boolean isRead(MethodDescriptor<?, ?> method) {
    return method.isSafe();
  }
}
