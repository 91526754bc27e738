// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import dev.corkboard.board.v1.BatchGetBoardStatesRequest;
import dev.corkboard.board.v1.BatchGetBoardStatesResponse;
import dev.corkboard.board.v1.BoardState;
import dev.corkboard.board.v1.ListChangesRequest;
import dev.corkboard.board.v1.ListChangesResponse;
import dev.corkboard.board.v1.PlacePinRequest;
import dev.corkboard.board.v1.PlacementServiceGrpc;
import dev.corkboard.board.v1.PlacementServiceGrpc.PlacementServiceFutureStub;
import dev.corkboard.board.v1.PurgeBoardRequest;
import dev.corkboard.board.v1.RemovePinRequest;
import dev.corkboard.board.v1.ScanBoardsRequest;
import dev.corkboard.board.v1.ScanBoardsResponse;
import dev.corkboard.board.v1.ScanPlacementsRequest;
import dev.corkboard.board.v1.ScanPlacementsResponse;
import dev.corkboard.board.v1.UpdatePlacementRequest;
import dev.corkboard.pin.store.v1.Intent;
import dev.corkboard.platform.client.Futures;
import dev.corkboard.platform.client.ServiceTokens;
import dev.corkboard.platform.error.ApiException;
import io.grpc.CallCredentials;
import io.grpc.Channel;
import io.grpc.Status;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** {@link Placements} over gRPC, with service tokens. */
final class GrpcPlacements implements Placements {
  /** board-service's name, the audience of the tokens. */
  private static final String AUDIENCE = "board";

  /** All that changing a Pin on any board needs. */
  private static final Set<String> WRITE =
      Set.of(
          "boards:read",
          "boards:write",
          "boards:read_secret",
          "boards:write_secret",
          "pins:read",
          "pins:write",
          "pins:read_secret",
          "pins:write_secret");

  /** One attempt at a step; three of them end within the ten seconds a caller waits. */
  private static final Duration STEP = Duration.ofSeconds(3);

  private final PlacementServiceFutureStub stub;
  private final ServiceTokens tokens;

  GrpcPlacements(Channel channel, ServiceTokens tokens) {
    this.stub = PlacementServiceGrpc.newFutureStub(channel);
    this.tokens = tokens;
  }

  private PlacementServiceFutureStub as(CallCredentials credentials) {
    return stub.withCallCredentials(credentials)
        .withDeadlineAfter(STEP.toMillis(), TimeUnit.MILLISECONDS);
  }

  private PlacementServiceFutureStub asActor(Intent intent) {
    Set<String> scopes = Set.copyOf(intent.getActorScopesList());
    return as(tokens.credentials(AUDIENCE, intent.getActorId(), scopes, intent.getId()));
  }

  private PlacementServiceFutureStub asNobody() {
    return as(tokens.credentials(AUDIENCE));
  }

  @Override
  public CompletionStage<Void> place(
      Intent intent, String boardId, String sectionId, String coverAssetKey) {
    PlacePinRequest request =
        PlacePinRequest.newBuilder()
            .setBoardId(boardId)
            .setSectionId(sectionId)
            .setPinId(intent.getPinId())
            .setCoverAssetKey(coverAssetKey)
            .setRequestId(Intents.step(intent, "place").toString())
            .build();
    return Repeats.repeat(() -> Futures.toStage(asActor(intent).placePin(request)))
        .thenApply(placed -> null);
  }

  @Override
  public CompletionStage<Void> update(
      Intent intent, String boardId, String sectionId, String coverAssetKey) {
    UpdatePlacementRequest request =
        UpdatePlacementRequest.newBuilder()
            .setBoardId(boardId)
            .setSectionId(sectionId)
            .setPinId(intent.getPinId())
            .setCoverAssetKey(coverAssetKey)
            .setRequestId(Intents.step(intent, "section").toString())
            .build();
    return Repeats.repeat(() -> Futures.toStage(asActor(intent).updatePlacement(request)))
        .thenApply(placed -> null);
  }

  /**
   * That the Pin goes was decided here, with the actor's rights at that time. Rights or scopes that
   * are missing since do not leave it standing: every scope is claimed, and where the actor is
   * refused the Pin goes in the name of its owner, who may take it off any board.
   */
  @Override
  public CompletionStage<Void> remove(Intent intent, String boardId, String ownerId, String step) {
    return remove(intent, boardId, ownerId, step, intent.getActorId())
        .exceptionallyCompose(
            thrown -> {
              ApiException failure = ApiException.from(thrown);
              boolean denied = failure.code() == Status.Code.PERMISSION_DENIED;
              if (!denied || intent.getActorId().equals(ownerId)) {
                return CompletableFuture.failedStage(failure);
              }
              return remove(intent, boardId, ownerId, step + "-as-owner", ownerId);
            });
  }

  private CompletionStage<Void> remove(
      Intent intent, String boardId, String ownerId, String step, String actorId) {
    RemovePinRequest request =
        RemovePinRequest.newBuilder()
            .setBoardId(boardId)
            .setPinId(intent.getPinId())
            .setActorOwnsPin(actorId.equals(ownerId))
            .setRequestId(Intents.step(intent, step).toString())
            .build();
    return Repeats.repeat(
            () ->
                Futures.toStage(
                    as(tokens.credentials(AUDIENCE, actorId, WRITE, intent.getId()))
                        .removePin(request)))
        .thenApply(removed -> null);
  }

  @Override
  public CompletionStage<ListChangesResponse> changes(String cursor, int limit) {
    return Futures.toStage(
        asNobody()
            .listChanges(
                ListChangesRequest.newBuilder().setCursor(cursor).setPageSize(limit).build()));
  }

  @Override
  public CompletionStage<ScanPlacementsResponse> standing(
      String boardId, int limit, String token, boolean deletedOnly) {
    return Futures.toStage(
        asNobody()
            .scanPlacements(
                ScanPlacementsRequest.newBuilder()
                    .setBoardId(boardId)
                    .setPageSize(limit)
                    .setPageToken(token)
                    .setDeletedOnly(deletedOnly)
                    .build()));
  }

  @Override
  public CompletionStage<ScanBoardsResponse> boards(int limit, String token) {
    return Futures.toStage(
        asNobody()
            .scanBoards(
                ScanBoardsRequest.newBuilder().setPageSize(limit).setPageToken(token).build()));
  }

  @Override
  public CompletionStage<Void> purge(String boardId) {
    PurgeBoardRequest request = PurgeBoardRequest.newBuilder().setBoardId(boardId).build();
    return Repeats.repeat(() -> Futures.toStage(asNobody().purgeBoard(request)))
        .thenApply(purged -> null);
  }

  @Override
  public CompletionStage<List<BoardState>> states(Collection<String> boardIds) {
    return Futures.toStage(
            asNobody()
                .batchGetBoardStates(
                    BatchGetBoardStatesRequest.newBuilder().addAllBoardIds(boardIds).build()))
        .thenApply(BatchGetBoardStatesResponse::getBoardsList);
  }
}
