// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.video;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.stream.StreamMessage;
import dev.corkboard.media.v1.UploadVideoRequest;
import dev.corkboard.media.v1.Video;
import dev.corkboard.media.v1.VideoServiceGrpc.VideoServiceStub;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * Passes the bytes of a video on: the next ones are asked for when those before are on their way to
 * the service, and a client that goes away ends the call.
 */
final class VideoTransfer {
  private static final int CHUNK = 256 << 10;

  private final String key;
  private final CompletableFuture<Video> stored = new CompletableFuture<>();
  private ClientCallStreamObserver<UploadVideoRequest> call;
  private Subscription bytes;
  private boolean wanting;

  private VideoTransfer(String key) {
    this.key = key;
  }

  /** The video as the service stored it; fails as the service does, or as the bytes do. */
  static CompletionStage<Video> send(
      VideoServiceStub videos, String key, StreamMessage<HttpData> bytes) {
    VideoTransfer transfer = new VideoTransfer(key);
    videos.uploadVideo(transfer.new Answer());
    bytes.subscribe(transfer.new Bytes());
    return transfer.stored;
  }

  /** Asks for bytes once they are wanted and the call takes more. */
  private synchronized void ask() {
    if (!wanting || !call.isReady()) return;
    wanting = false;
    bytes.request(1);
  }

  private synchronized void want() {
    wanting = true;
    ask();
  }

  private synchronized void refuse(Throwable failure) {
    stored.completeExceptionally(failure);
    if (bytes != null) bytes.cancel();
  }

  private final class Answer implements ClientResponseObserver<UploadVideoRequest, Video> {
    @Override
    public void beforeStart(ClientCallStreamObserver<UploadVideoRequest> begun) {
      call = begun;
      call.setOnReadyHandler(VideoTransfer.this::ask);
    }

    @Override
    public void onNext(Video video) {
      stored.complete(video);
    }

    @Override
    public void onError(Throwable failure) {
      refuse(failure);
    }

    @Override
    public void onCompleted() {
      refuse(new IllegalStateException("the upload ended without an answer"));
    }
  }

  private final class Bytes implements Subscriber<HttpData> {
    private boolean begun;

    @Override
    public void onSubscribe(Subscription subscription) {
      synchronized (VideoTransfer.this) {
        bytes = subscription;
      }
      want();
    }

    @Override
    public void onNext(HttpData data) {
      ByteString whole = UnsafeByteOperations.unsafeWrap(data.array());
      for (int at = 0; at < whole.size(); at += CHUNK) {
        UploadVideoRequest.Builder message =
            UploadVideoRequest.newBuilder()
                .setChunk(whole.substring(at, Math.min(whole.size(), at + CHUNK)));
        if (!begun) message.setUploadKey(key);
        begun = true;
        call.onNext(message.build());
      }
      want();
    }

    @Override
    public void onError(Throwable brokenOff) {
      stored.completeExceptionally(brokenOff);
      call.cancel("the client's upload broke off", Status.CANCELLED.asException());
    }

    @Override
    public void onComplete() {
      call.onCompleted();
    }
  }
}
