// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import com.google.common.hash.Hashing;
import com.google.protobuf.ByteString;
import dev.corkboard.collage.Drawings.Drawn;
import dev.corkboard.collage.render.Rendering;
import dev.corkboard.collage.v1.RenderCollageRequest;
import dev.corkboard.collage.v1.RenderMetadata;
import dev.corkboard.collage.v1.RenderReplayRequest;
import dev.corkboard.collage.v1.RenderResponse;
import dev.corkboard.collage.v1.RenderServiceGrpc.RenderServiceImplBase;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.server.Caller;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Iterator;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Drawings, over gRPC. */
final class RenderService extends RenderServiceImplBase {
  private static final int CHUNK = 64 << 10;

  private final Drawings drawings;

  RenderService(Drawings drawings) {
    this.drawings = drawings;
  }

  @Override
  public void renderCollage(RenderCollageRequest request, StreamObserver<RenderResponse> observer) {
    Caller caller = Caller.current();
    send(observer, () -> drawings.draw(caller, request));
  }

  @Override
  public void renderReplay(RenderReplayRequest request, StreamObserver<RenderResponse> observer) {
    Caller caller = Caller.current();
    send(observer, () -> drawings.replay(caller, request.getCollageId()));
  }

  private static void send(
      StreamObserver<RenderResponse> observer, Supplier<CompletionStage<Drawn>> draw) {
    Sending sending = new Sending((ServerCallStreamObserver<RenderResponse>) observer);
    CompletionStage<Drawn> drawn;
    try {
      drawn = draw.get();
    } catch (RuntimeException e) {
      observer.onError(ApiException.from(e).asHandlerFailure());
      return;
    }
    drawn.whenComplete(
        (done, failure) -> {
          if (failure != null) {
            observer.onError(ApiException.from(failure).asHandlerFailure());
          } else {
            sending.begin(done);
          }
        });
  }

  /** Sends as much at a time as the caller takes. */
  private static final class Sending {
    private final ServerCallStreamObserver<RenderResponse> call;
    private Iterator<ByteString> left;

    Sending(ServerCallStreamObserver<RenderResponse> call) {
      this.call = call;
      call.setOnReadyHandler(this::send);
      call.setOnCancelHandler(this::stop);
    }

    synchronized void begin(Drawn drawn) {
      Rendering rendering = drawn.rendering();
      ByteString bytes = rendering.bytes();
      call.onNext(
          RenderResponse.newBuilder()
              .setMetadata(
                  RenderMetadata.newBuilder()
                      .setContentType(rendering.contentType())
                      .setSizeBytes(bytes.size())
                      .setWidth(rendering.width())
                      .setHeight(rendering.height())
                      .setRevision(drawn.revision())
                      .setEtag(Hashing.sha256().hashBytes(bytes.asReadOnlyByteBuffer()).toString()))
              .build());
      left = Drawings.pieces(bytes, CHUNK).iterator();
      send();
    }

    private synchronized void stop() {
      left = null;
    }

    private synchronized void send() {
      while (left != null && call.isReady()) {
        if (left.hasNext()) {
          call.onNext(RenderResponse.newBuilder().setChunk(left.next()).build());
        } else {
          left = null;
          call.onCompleted();
        }
      }
    }
  }
}
