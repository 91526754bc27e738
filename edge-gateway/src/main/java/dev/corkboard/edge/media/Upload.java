// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.media;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.stream.StreamMessage;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * Passes bytes on to a service: the next ones are asked for when those before are on their way to
 * it, and a client that goes away ends the call.
 *
 * @param <Q> the messages
 * @param <A> the answer
 */
public final class Upload<Q, A> {
  private static final int CHUNK = 256 << 10;

  private final Function<ByteString, Q> messages;
  private final CompletableFuture<A> stored = new CompletableFuture<>();
  private ClientCallStreamObserver<Q> call;
  private Subscription bytes;
  private boolean wanting;

  private Upload(Function<ByteString, Q> messages) {
    this.messages = messages;
  }

  /**
   * What the service answers; fails as the service does, or as the bytes do.
   *
   * @param method begins the call
   * @param messages of at most 256 KiB each, in their order
   */
  public static <Q, A> CompletionStage<A> send(
      Consumer<ClientResponseObserver<Q, A>> method,
      Function<ByteString, Q> messages,
      StreamMessage<HttpData> bytes) {
    Upload<Q, A> upload = new Upload<>(messages);
    method.accept(upload.new Answer());
    bytes.subscribe(upload.new Bytes());
    return upload.stored;
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

  private final class Answer implements ClientResponseObserver<Q, A> {
    @Override
    public void beforeStart(ClientCallStreamObserver<Q> begun) {
      call = begun;
      call.setOnReadyHandler(Upload.this::ask);
    }

    @Override
    public void onNext(A answer) {
      stored.complete(answer);
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
    @Override
    public void onSubscribe(Subscription subscription) {
      synchronized (Upload.this) {
        bytes = subscription;
      }
      want();
    }

    @Override
    public void onNext(HttpData data) {
      ByteString whole = UnsafeByteOperations.unsafeWrap(data.array());
      for (int at = 0; at < whole.size(); at += CHUNK) {
        call.onNext(messages.apply(whole.substring(at, Math.min(whole.size(), at + CHUNK))));
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
