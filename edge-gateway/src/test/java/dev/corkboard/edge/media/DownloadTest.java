// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.linecorp.armeria.common.HttpObject;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.ResponseHeaders;
import dev.corkboard.media.v1.MediaMetadata;
import dev.corkboard.media.v1.ReadMediaRequest;
import dev.corkboard.media.v1.ReadMediaResponse;
import dev.corkboard.platform.error.ApiException;
import io.grpc.stub.ClientCallStreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

class DownloadTest {
  private static final ReadMediaResponse METADATA =
      ReadMediaResponse.newBuilder().setMetadata(MediaMetadata.getDefaultInstance()).build();
  private static final ReadMediaResponse CHUNK =
      ReadMediaResponse.newBuilder().setChunk(ByteString.copyFromUtf8("bytes")).build();

  private final Call call = new Call();
  private int status = 200;
  private final Download<ReadMediaRequest, ReadMediaResponse> download =
      new Download<>(message -> MediaDownload.part(message, found -> ResponseHeaders.of(status)));

  @BeforeEach
  void open() {
    download.beforeStart(call);
  }

  private HttpResponse response() {
    return download.opened().toCompletableFuture().join();
  }

  @Test
  void asksForTheNextChunkOnlyWhenTheOneBeforeIsOnItsWay() {
    assertThat(call.requested).hasValue(1);
    download.onNext(METADATA);
    assertThat(call.requested).hasValue(2);
    download.onNext(CHUNK);
    assertThat(call.requested).hasValue(2);
    Client client = new Client();
    response().subscribe(client);
    client.subscription.join().request(1);
    await().untilAtomic(client.received, org.hamcrest.Matchers.is(1));
    assertThat(call.requested).hasValue(2);
    client.subscription.join().request(1);
    await().untilAtomic(call.requested, org.hamcrest.Matchers.is(3));
  }

  @Test
  void endsTheCallWhenTheClientGoesAway() {
    download.onNext(METADATA);
    Client client = new Client();
    response().subscribe(client);
    client.subscription.join().cancel();
    await().untilTrue(call.cancelled);
  }

  @Test
  void endsTheCallWhenItsBytesAreNotWanted() {
    status = 304;
    download.onNext(METADATA);
    assertThat(call.requested).hasValue(1);
    assertThat(call.cancelled).isTrue();
    assertThat(response().aggregate().join().status().code()).isEqualTo(304);
  }

  @Test
  void failsBeforeTheFirstByteWhenThereIsNothing() {
    download.onError(ApiException.unavailable("away", null));
    assertThatThrownBy(this::response).hasRootCauseInstanceOf(ApiException.class);
  }

  @Test
  void breaksOffWhenTheSourceFailsMidway() {
    download.onNext(METADATA);
    download.onNext(CHUNK);
    download.onError(ApiException.unavailable("away", null));
    assertThatThrownBy(() -> response().aggregate().join())
        .hasRootCauseInstanceOf(ApiException.class);
  }

  private static final class Client implements Subscriber<HttpObject> {
    private final AtomicInteger received = new AtomicInteger();
    private final CompletableFuture<Subscription> subscription = new CompletableFuture<>();

    @Override
    public void onSubscribe(Subscription s) {
      subscription.complete(s);
    }

    @Override
    public void onNext(HttpObject object) {
      received.incrementAndGet();
    }

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onComplete() {}
  }

  private static final class Call extends ClientCallStreamObserver<ReadMediaRequest> {
    private final AtomicInteger requested = new AtomicInteger();
    private final AtomicBoolean cancelled = new AtomicBoolean();

    @Override
    public void disableAutoRequestWithInitial(int initial) {
      requested.addAndGet(initial);
    }

    @Override
    public void request(int count) {
      requested.addAndGet(count);
    }

    @Override
    public void cancel(String message, Throwable cause) {
      cancelled.set(true);
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setOnReadyHandler(Runnable handler) {}

    @Override
    public void disableAutoInboundFlowControl() {}

    @Override
    public void setMessageCompression(boolean enable) {}

    @Override
    public void onNext(ReadMediaRequest request) {}

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onCompleted() {}
  }
}
