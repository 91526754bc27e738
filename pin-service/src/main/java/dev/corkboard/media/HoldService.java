// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import com.google.protobuf.Empty;
import dev.corkboard.media.v1.HoldMediaRequest;
import dev.corkboard.media.v1.HoldMediaResponse;
import dev.corkboard.media.v1.HoldServiceGrpc.HoldServiceImplBase;
import dev.corkboard.media.v1.ReleaseMediaRequest;
import dev.corkboard.platform.check.Violations;
import dev.corkboard.platform.server.Caller;
import dev.corkboard.platform.server.Unary;
import io.grpc.stub.StreamObserver;
import java.util.Optional;

/** Pictures kept for what is no Pin, over gRPC. */
final class HoldService extends HoldServiceImplBase {
  private final MediaHolds holds;

  HoldService(MediaHolds holds) {
    this.holds = holds;
  }

  @Override
  public void holdMedia(HoldMediaRequest request, StreamObserver<HoldMediaResponse> observer) {
    Caller caller = Caller.current();
    Unary.reply(
        observer,
        () -> {
          new Violations()
              .id("holder_id", request.getHolderId())
              .required("asset_key", request.getAssetKey())
              .throwIfAny();
          return holds.hold(
              request.getHolderId(),
              request.getAssetKey(),
              request.getUploadedByActor() ? Optional.of(caller.accountId()) : Optional.empty());
        });
  }

  @Override
  public void releaseMedia(ReleaseMediaRequest request, StreamObserver<Empty> observer) {
    Unary.reply(
        observer,
        () -> {
          new Violations().id("holder_id", request.getHolderId()).throwIfAny();
          return holds.release(request.getHolderId()).thenApply(done -> Empty.getDefaultInstance());
        });
  }
}
