// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.pins;

import dev.corkboard.media.v1.HoldMediaRequest;
import dev.corkboard.media.v1.HoldMediaResponse;
import dev.corkboard.media.v1.HoldServiceGrpc;
import dev.corkboard.media.v1.HoldServiceGrpc.HoldServiceFutureStub;
import dev.corkboard.media.v1.ReleaseMediaRequest;
import dev.corkboard.platform.client.Futures;
import dev.corkboard.platform.client.ServiceTokens;
import dev.corkboard.platform.server.Caller;
import io.grpc.Channel;
import java.util.concurrent.CompletionStage;

/** {@link MediaHolder} over gRPC, with service tokens. */
public final class GrpcMediaHolder implements MediaHolder {
  /** pin-service's name, the audience of the tokens. */
  private static final String AUDIENCE = "pin";

  private final HoldServiceFutureStub stub;
  private final ServiceTokens tokens;

  public GrpcMediaHolder(Channel channel, ServiceTokens tokens) {
    this.stub = HoldServiceGrpc.newFutureStub(channel);
    this.tokens = tokens;
  }

  @Override
  public CompletionStage<HoldMediaResponse> hold(
      Caller caller, String collageId, String assetKey, boolean ownOnly) {
    return Futures.toStage(
        stub.withCallCredentials(
                tokens.credentials(
                    AUDIENCE, caller.accountId(), caller.scopes(), caller.requestId()))
            .holdMedia(
                HoldMediaRequest.newBuilder()
                    .setHolderId(collageId)
                    .setAssetKey(assetKey)
                    .setUploadedByActor(ownOnly)
                    .build()));
  }

  @Override
  public CompletionStage<Void> release(String collageId) {
    return Futures.toStage(
            stub.withCallCredentials(tokens.credentials(AUDIENCE))
                .releaseMedia(ReleaseMediaRequest.newBuilder().setHolderId(collageId).build()))
        .thenAccept(done -> {});
  }
}
