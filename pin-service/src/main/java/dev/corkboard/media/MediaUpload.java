// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import com.google.protobuf.ByteString;
import dev.corkboard.platform.error.ApiException;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * One upload: its bytes go into a file as they come, the next message is asked for when the last
 * one is written, and so an upload never holds more than one message of memory.
 */
final class MediaUpload<Q, A> implements StreamObserver<Q> {
  /** What errors name. */
  static final String FIELD = "chunk";

  private static final int MAX_CHUNK = 1 << 20;

  /** What is uploaded, and what becomes of it. */
  interface Target<Q, A> {
    /** How long it may take; after that a caller has to give its place to others. */
    Duration limit();

    /** Refuses an upload by its first message. */
    CompletionStage<?> admit(Q first);

    ByteString chunk(Q message);

    /** Refuses an upload that has grown too large. */
    void checkTotal(long bytes);

    /** Takes the whole of it, from a file that is deleted afterwards. */
    CompletionStage<A> store(Path file);
  }

  private final ServerCallStreamObserver<A> call;
  private final Target<Q, A> target;
  private final Spool spool;
  private final MediaExecutor io;
  private final Semaphore places;
  private final CompletableFuture<A> outcome = new CompletableFuture<>();

  /**
   * All that was begun on the file so far; the file goes after it. Set by the call's own thread.
   */
  private volatile CompletionStage<?> work = CompletableFuture.completedStage(null);

  private volatile Path file;
  private volatile FileChannel channel;
  private long total;

  MediaUpload(
      ServerCallStreamObserver<A> call,
      Target<Q, A> target,
      Spool spool,
      MediaExecutor io,
      Semaphore places) {
    this.call = call;
    this.target = target;
    this.spool = spool;
    this.io = io;
    this.places = places;
  }

  /** Takes a place and asks for the first message, or refuses the call. */
  void begin() {
    call.setOnCancelHandler(() -> onError(Status.CANCELLED.asRuntimeException()));
    if (!places.tryAcquire()) {
      outcome.completeExceptionally(ApiException.overloaded("uploads"));
      call.onError(ApiException.overloaded("uploads").asHandlerFailure());
      return;
    }
    CompletionStage<A> end = outcome.orTimeout(target.limit().toMillis(), TimeUnit.MILLISECONDS);
    end.whenComplete(
        (stored, failure) -> {
          work.whenComplete((done, failed) -> release());
          answer(stored, failure);
        });
    next(io.submit(this::open));
  }

  private Void open() throws IOException {
    file = spool.create();
    channel = FileChannel.open(file, StandardOpenOption.WRITE);
    return null;
  }

  /** Asks for the next message once this step is done. */
  private void next(CompletionStage<?> step) {
    work =
        step.whenComplete(
            (done, failure) -> {
              if (failure != null) {
                outcome.completeExceptionally(failure);
              } else {
                call.request(1);
              }
            });
  }

  @Override
  public void onNext(Q message) {
    if (outcome.isDone()) return;
    ByteString chunk = target.chunk(message);
    boolean first = total == 0;
    total += chunk.size();
    try {
      if (chunk.isEmpty() || chunk.size() > MAX_CHUNK) {
        throw ApiException.invalid(
            FIELD, "must be 1 to " + MAX_CHUNK + " bytes, got " + chunk.size());
      }
      target.checkTotal(total);
    } catch (ApiException refused) {
      outcome.completeExceptionally(refused);
      return;
    }
    CompletionStage<?> admitted = first ? work.thenCompose(done -> target.admit(message)) : work;
    next(admitted.thenCompose(done -> io.submit(() -> write(chunk))));
  }

  private Void write(ByteString chunk) throws IOException {
    for (ByteBuffer part : chunk.asReadOnlyByteBufferList()) {
      while (part.hasRemaining()) channel.write(part);
    }
    return null;
  }

  @Override
  public void onError(Throwable cancelled) {
    outcome.completeExceptionally(cancelled);
  }

  @Override
  public void onCompleted() {
    if (outcome.isDone()) return;
    CompletionStage<A> stored = work.thenCompose(done -> target.store(file));
    work = stored;
    stored.whenComplete(
        (answer, failure) -> {
          if (failure != null) {
            outcome.completeExceptionally(failure);
          } else {
            outcome.complete(answer);
          }
        });
  }

  private void answer(A stored, Throwable failure) {
    if (call.isCancelled()) return;
    if (failure != null) {
      call.onError(ApiException.from(failure).asHandlerFailure());
    } else {
      call.onNext(stored);
      call.onCompleted();
    }
  }

  /** Files may block; only when the disk has no thread to spare, the one that calls must do. */
  private void release() {
    places.release();
    io.submit(this::clear).exceptionally(overloaded -> clear());
  }

  private Void clear() {
    try {
      if (channel != null) channel.close();
    } catch (IOException nothingLost) {
      // The file goes anyway.
    }
    if (file != null) spool.delete(file);
    return null;
  }
}
