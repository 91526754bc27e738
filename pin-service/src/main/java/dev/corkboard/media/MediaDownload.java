// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import com.google.common.util.concurrent.MoreExecutors;
import com.google.protobuf.UnsafeByteOperations;
import dev.corkboard.media.v1.ReadMediaRequest;
import dev.corkboard.media.v1.ReadMediaResponse;
import dev.corkboard.platform.error.ApiException;
import io.grpc.stub.ServerCallStreamObserver;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Executor;

/**
 * One download: bytes are read, on an executor for I/O, as fast as the caller takes them and no
 * faster; a caller who waits occupies no thread.
 */
final class MediaDownload {
  private static final int CHUNK_BYTES = 64 << 10;

  private final ServerCallStreamObserver<ReadMediaResponse> call;
  private final MediaStore store;
  private final Executor inOrder;

  // From here on touched in order, by the tasks of `inOrder`.
  private StoredRendition rendition;
  private InputStream in;
  private long offset;
  private long remaining;
  private boolean ended;

  MediaDownload(
      ServerCallStreamObserver<ReadMediaResponse> call, MediaStore store, MediaExecutor io) {
    this.call = call;
    this.store = store;
    this.inOrder = MoreExecutors.newSequentialExecutor(io);
    call.setOnReadyHandler(() -> run(this::send));
    call.setOnCancelHandler(() -> run(this::end));
  }

  void begin(StoredRendition found, ReadMediaRequest request) {
    run(
        () -> {
          rendition = found;
          long size = found.metadata().getSizeBytes();
          offset = Math.min(request.getOffset(), size);
          long wanted = request.getLimit() == 0 ? size : Math.max(0, request.getLimit());
          remaining = Math.min(size - offset, wanted);
          if (ended) return;
          call.onNext(ReadMediaResponse.newBuilder().setMetadata(found.metadata()).build());
          send();
        });
  }

  void fail(Throwable failure) {
    run(() -> refuse(failure));
  }

  private void run(Runnable task) {
    try {
      inOrder.execute(task);
    } catch (ApiException overloaded) {
      // No task of ours runs or waits now, so this thread may do what they would.
      refuse(overloaded);
    }
  }

  private void send() {
    if (ended || rendition == null) return;
    try {
      if (remaining > 0 && in == null) {
        in =
            store
                .read(rendition.key(), offset, remaining)
                .orElseThrow(() -> new IOException("the catalog names bytes that are gone"));
      }
      while (remaining > 0 && call.isReady() && !call.isCancelled()) {
        byte[] chunk = in.readNBytes((int) Math.min(CHUNK_BYTES, remaining));
        if (chunk.length == 0) throw new IOException("there are fewer bytes than the catalog says");
        remaining -= chunk.length;
        call.onNext(
            ReadMediaResponse.newBuilder()
                .setChunk(UnsafeByteOperations.unsafeWrap(chunk))
                .build());
      }
      if (remaining == 0) {
        end();
        call.onCompleted();
      }
    } catch (IOException e) {
      refuse(ApiException.unavailable("The media store does not answer.", e));
    } catch (RuntimeException e) {
      refuse(e);
    }
  }

  private void refuse(Throwable failure) {
    if (ended) return;
    end();
    call.onError(ApiException.from(failure).asHandlerFailure());
  }

  private void end() {
    ended = true;
    try {
      if (in != null) in.close();
    } catch (IOException nothingLost) {
      // It was only read.
    }
  }
}
