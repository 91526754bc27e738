// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.netflix.concurrency.limits.limit.SettableLimit;
import dev.corkboard.access.v1.ListSigningKeysRequest;
import dev.corkboard.access.v1.ListSigningKeysResponse;
import dev.corkboard.access.v1.SigningKeyServiceGrpc;
import dev.corkboard.access.v1.SigningKeyServiceGrpc.SigningKeyServiceFutureStub;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.client.Futures;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.limit.ConcurrencyLimits.End;
import dev.corkboard.platform.limit.ConcurrencyLimits.Place;
import dev.corkboard.platform.limit.ConcurrencyLimits.Work;
import dev.corkboard.platform.server.Resources;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConcurrencyLimitsTest {
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final SettableLimit limit = SettableLimit.startingAt(2);
  private final ConcurrencyLimits limits = new ConcurrencyLimits(limit, metrics);

  private final Waiting handler = new Waiting();
  private final Resources open = new Resources();

  @AfterEach
  void close() {
    open.close();
  }

  private double gauge(String name) {
    return metrics.get("corkboard.concurrency." + name).gauge().value();
  }

  private double rejected(String work) {
    return metrics.get("corkboard.concurrency.rejected").tag("work", work).counter().count();
  }

  @Test
  void whatIsOverTheLimitIsRefusedUntilAPlaceIsFree() {
    Place first = limits.take(Work.LIVE).orElseThrow();
    assertThat(limits.take(Work.LIVE)).isPresent();
    assertThat(limits.take(Work.LIVE)).isEmpty();
    assertThat(gauge("limit")).isEqualTo(2);
    assertThat(gauge("inflight")).isEqualTo(2);
    assertThat(rejected("live")).isEqualTo(1);
    first.leave(End.DONE);
    assertThat(gauge("inflight")).isEqualTo(1);
    assertThat(limits.take(Work.LIVE)).isPresent();
  }

  @Test
  void neitherKindOfWorkCanTakeAllOfTheOther() {
    limit.setLimit(10);
    for (int i = 0; i < 10; i++) assertThat(limits.take(Work.LIVE)).isPresent();
    assertThat(limits.take(Work.LIVE)).isEmpty();
    assertThat(limits.take(Work.BATCH)).isPresent();
    assertThat(limits.take(Work.BATCH)).isEmpty();
    assertThat(rejected("batch")).isEqualTo(1);
  }

  @Test
  void aRaisedLimitCountsAtOnce() {
    for (int i = 0; i < 2; i++) assertThat(limits.take(Work.LIVE)).isPresent();
    assertThat(limits.take(Work.LIVE)).isEmpty();
    limit.setLimit(3);
    assertThat(limits.take(Work.LIVE)).isPresent();
  }

  /** Answers when told to. */
  private static final class Waiting extends SigningKeyServiceGrpc.SigningKeyServiceImplBase {
    private final Deque<StreamObserver<ListSigningKeysResponse>> asked = new ArrayDeque<>();

    @Override
    public void listSigningKeys(
        ListSigningKeysRequest request, StreamObserver<ListSigningKeysResponse> observer) {
      asked.add(observer);
    }

    void answer() {
      StreamObserver<ListSigningKeysResponse> first = asked.remove();
      first.onNext(ListSigningKeysResponse.getDefaultInstance());
      first.onCompleted();
    }
  }

  private Channel serve() throws IOException {
    String name = UUID.randomUUID().toString();
    Server server =
        InProcessServerBuilder.forName(name)
            .directExecutor()
            .addService(ServerInterceptors.intercept(handler, new LimitInterceptor(limits)))
            .build()
            .start();
    open.<AutoCloseable>add(server::shutdownNow);
    ManagedChannel channel = InProcessChannelBuilder.forName(name).directExecutor().build();
    open.<AutoCloseable>add(channel::shutdownNow);
    return channel;
  }

  @Test
  void aCallWhoseRequestIsNotHereHoldsNoPlace() throws Exception {
    Channel channel = serve();
    for (int i = 0; i < 10; i++) {
      var silent =
          channel.newCall(SigningKeyServiceGrpc.getListSigningKeysMethod(), CallOptions.DEFAULT);
      silent.start(new ClientCall.Listener<>() {}, new Metadata());
      silent.request(1);
    }
    assertThat(gauge("inflight")).isZero();
    var call =
        SigningKeyServiceGrpc.newFutureStub(channel)
            .listSigningKeys(ListSigningKeysRequest.getDefaultInstance());
    assertThat(gauge("inflight")).isEqualTo(1);
    handler.answer();
    assertThat(call.isDone()).isTrue();
    assertThat(gauge("inflight")).isZero();
  }

  @Test
  void aCallHoldsItsPlaceUntilItIsAnsweredOrGivenUp() throws Exception {
    Channel channel = serve();
    SigningKeyServiceFutureStub stub = SigningKeyServiceGrpc.newFutureStub(channel);
    ListSigningKeysRequest request = ListSigningKeysRequest.getDefaultInstance();
    var first = stub.listSigningKeys(request);
    var second = stub.listSigningKeys(request);
    CompletableFuture<?> third =
        Futures.toStage(stub.listSigningKeys(request)).toCompletableFuture();
    assertThat(third).isCompletedExceptionally();
    assertThat(ApiException.from(catchThrowable(third::join)).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_OVERLOADED);
    handler.answer();
    assertThat(first.isDone()).isTrue();
    assertThat(gauge("inflight")).isEqualTo(1);
    second.cancel(true);
    assertThat(gauge("inflight")).isZero();
  }
}
