// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.placement;

import com.google.protobuf.Empty;
import dev.corkboard.board.BoardStore;
import dev.corkboard.board.BoardViews;
import dev.corkboard.board.change.ChangeLog;
import dev.corkboard.board.v1.BatchGetBoardStatesRequest;
import dev.corkboard.board.v1.BatchGetBoardStatesResponse;
import dev.corkboard.board.v1.ListChangesRequest;
import dev.corkboard.board.v1.ListChangesResponse;
import dev.corkboard.board.v1.ListPlacementsRequest;
import dev.corkboard.board.v1.ListPlacementsResponse;
import dev.corkboard.board.v1.PlacePinRequest;
import dev.corkboard.board.v1.Placement;
import dev.corkboard.board.v1.PlacementServiceGrpc.PlacementServiceImplBase;
import dev.corkboard.board.v1.PurgeBoardRequest;
import dev.corkboard.board.v1.RemovePinRequest;
import dev.corkboard.board.v1.ScanBoardsRequest;
import dev.corkboard.board.v1.ScanBoardsResponse;
import dev.corkboard.board.v1.ScanPlacementsRequest;
import dev.corkboard.board.v1.ScanPlacementsResponse;
import dev.corkboard.board.v1.UpdatePlacementRequest;
import dev.corkboard.platform.check.Ids;
import dev.corkboard.platform.check.Violations;
import dev.corkboard.platform.page.PageTokens;
import dev.corkboard.platform.server.Caller;
import dev.corkboard.platform.server.Unary;
import io.grpc.stub.StreamObserver;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Placements, and what else pin-service asks, over gRPC. */
public final class PlacementService extends PlacementServiceImplBase {
  static final int MAX_BATCH = 250;
  private static final int DEFAULT_CHANGES = 100;
  private static final int MAX_CHANGES = 1_000;

  private final PlacementStore placements;
  private final BoardStore boards;
  private final PlacementListing listing;
  private final BoardScanning scan;
  private final ChangeLog changes;

  public PlacementService(
      PlacementStore placements, BoardStore boards, ChangeLog changes, PageTokens tokens) {
    this.placements = placements;
    this.boards = boards;
    this.scan = new BoardScanning(boards, tokens);
    this.changes = changes;
    this.listing = new PlacementListing(placements, new BoardViews(boards), tokens);
  }

  @Override
  public void placePin(PlacePinRequest request, StreamObserver<Placement> observer) {
    Unary.reply(
        observer, () -> placements.place(PlacementRequests.place(Caller.current(), request)));
  }

  @Override
  public void updatePlacement(UpdatePlacementRequest request, StreamObserver<Placement> observer) {
    Unary.reply(
        observer, () -> placements.update(PlacementRequests.update(Caller.current(), request)));
  }

  @Override
  public void removePin(RemovePinRequest request, StreamObserver<Empty> observer) {
    Unary.reply(
        observer,
        () ->
            placements
                .remove(PlacementRequests.remove(Caller.current(), request))
                .thenApply(done -> Empty.getDefaultInstance()));
  }

  @Override
  public void listPlacements(
      ListPlacementsRequest request, StreamObserver<ListPlacementsResponse> observer) {
    Unary.reply(observer, () -> listing.list(Caller.current(), request));
  }

  @Override
  public void scanPlacements(
      ScanPlacementsRequest request, StreamObserver<ScanPlacementsResponse> observer) {
    Unary.reply(observer, () -> listing.scan(request));
  }

  @Override
  public void purgeBoard(PurgeBoardRequest request, StreamObserver<Empty> observer) {
    Unary.reply(
        observer,
        () -> {
          new Violations().id("board_id", request.getBoardId()).throwIfAny();
          return placements
              .purge(PlacementRequests.board(request.getBoardId()))
              .thenApply(done -> Empty.getDefaultInstance());
        });
  }

  @Override
  public void batchGetBoardStates(
      BatchGetBoardStatesRequest request, StreamObserver<BatchGetBoardStatesResponse> observer) {
    Unary.reply(observer, () -> states(request.getBoardIdsList()));
  }

  private CompletionStage<BatchGetBoardStatesResponse> states(List<String> asked) {
    Violations violations = new Violations();
    if (asked.size() > MAX_BATCH) {
      violations.add("board_ids", "must be at most " + MAX_BATCH + ", got " + asked.size());
    } else {
      for (String id : asked) violations.id("board_ids", id);
    }
    violations.throwIfAny();
    List<Long> ids =
        new LinkedHashSet<>(asked)
            .stream()
                .map(Ids::parse)
                .filter(id -> id.isPresent())
                .map(id -> id.getAsLong())
                .toList();
    return boards
        .states(ids)
        .thenApply(
            states ->
                BatchGetBoardStatesResponse.newBuilder().addAllBoards(states.values()).build());
  }

  @Override
  public void scanBoards(ScanBoardsRequest request, StreamObserver<ScanBoardsResponse> observer) {
    Unary.reply(observer, () -> scan.boards(request));
  }

  @Override
  public void listChanges(
      ListChangesRequest request, StreamObserver<ListChangesResponse> observer) {
    Unary.reply(
        observer,
        () -> {
          new Violations().pageSize(request.getPageSize()).throwIfAny();
          int size = request.getPageSize() == 0 ? DEFAULT_CHANGES : request.getPageSize();
          return changes.list(request.getCursor(), Math.min(size, MAX_CHANGES));
        });
  }
}
