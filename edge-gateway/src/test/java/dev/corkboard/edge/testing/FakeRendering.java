// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.testing;

import com.google.common.hash.Hashing;
import com.google.protobuf.ByteString;
import dev.corkboard.collage.v1.RenderCollageRequest;
import dev.corkboard.collage.v1.RenderMetadata;
import dev.corkboard.collage.v1.RenderReplayRequest;
import dev.corkboard.collage.v1.RenderResponse;
import dev.corkboard.collage.v1.RenderServiceGrpc.RenderServiceImplBase;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.error.ApiException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Drawings that are there already, by collage. */
public final class FakeRendering extends RenderServiceImplBase {
  private static final int CHUNK = 64 << 10;

  /** The collage whose drawing is never ready. */
  public static final String ENDLESS = "404404";

  private final Map<String, Drawing> drawings = new ConcurrentHashMap<>();
  private final AtomicInteger chunks = new AtomicInteger();
  private final AtomicInteger abandoned = new AtomicInteger();
  private volatile RenderCollageRequest lastRequest;

  private record Drawing(ByteString bytes, String sha256) {}

  /** Puts a drawing there. */
  public void put(String collageId, byte[] bytes) {
    drawings.put(collageId, new Drawing(ByteString.copyFrom(bytes), sha256(bytes)));
  }

  public RenderCollageRequest lastRequest() {
    return lastRequest;
  }

  /** How many chunks were sent, of all drawings. */
  public int chunks() {
    return chunks.get();
  }

  /** How many waited for a drawing that is never ready, and wait no longer. */
  public int abandoned() {
    return abandoned.get();
  }

  public static String etag(byte[] bytes) {
    return '"' + sha256(bytes) + '"';
  }

  private static String sha256(byte[] bytes) {
    return Hashing.sha256().hashBytes(bytes).toString();
  }

  @Override
  public void renderCollage(RenderCollageRequest request, StreamObserver<RenderResponse> observer) {
    lastRequest = request;
    String type =
        switch (request.getFormat()) {
          case RENDER_FORMAT_JPEG -> "image/jpeg";
          case RENDER_FORMAT_SVG -> "image/svg+xml";
          case RENDER_FORMAT_PNG, RENDER_FORMAT_UNSPECIFIED, UNRECOGNIZED -> "image/png";
        };
    send(request.getCollageId(), type, observer);
  }

  @Override
  public void renderReplay(RenderReplayRequest request, StreamObserver<RenderResponse> observer) {
    send(request.getCollageId(), "image/gif", observer);
  }

  private void send(String id, String type, StreamObserver<RenderResponse> observer) {
    if (id.equals(ENDLESS)) {
      ((ServerCallStreamObserver<RenderResponse>) observer)
          .setOnCancelHandler(abandoned::incrementAndGet);
      return;
    }
    Drawing drawing = drawings.get(id);
    if (drawing == null) {
      observer.onError(
          ApiException.notFound(ErrorReason.ERROR_REASON_COLLAGE_NOT_FOUND, "collage_id", id)
              .asHandlerFailure());
      return;
    }
    ByteString bytes = drawing.bytes();
    ServerCallStreamObserver<RenderResponse> call =
        (ServerCallStreamObserver<RenderResponse>) observer;
    observer.onNext(
        RenderResponse.newBuilder()
            .setMetadata(
                RenderMetadata.newBuilder()
                    .setContentType(type)
                    .setSizeBytes(bytes.size())
                    .setRevision(3)
                    .setEtag(drawing.sha256()))
            .build());
    int[] at = new int[1];
    call.setOnReadyHandler(
        () -> {
          while (call.isReady() && at[0] < bytes.size()) {
            int to = Math.min(bytes.size(), at[0] + CHUNK);
            call.onNext(RenderResponse.newBuilder().setChunk(bytes.substring(at[0], to)).build());
            chunks.incrementAndGet();
            at[0] = to;
            if (to == bytes.size()) call.onCompleted();
          }
        });
  }
}
