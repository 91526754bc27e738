// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import com.google.protobuf.Empty;
import dev.corkboard.board.v1.BatchGetBoardStatesRequest;
import dev.corkboard.board.v1.BatchGetBoardStatesResponse;
import dev.corkboard.board.v1.BoardState;
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
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.pin.FakeBoards.FakeBoard;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.server.Caller;
import dev.corkboard.platform.server.Unary;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** What pin-service asks of PlacementService. */
final class FakePlacementService extends PlacementServiceImplBase {
  private final FakeBoards boards;

  FakePlacementService(FakeBoards boards) {
    this.boards = boards;
  }

  private <T> void answer(StreamObserver<T> observer, Supplier<T> handler) {
    Unary.reply(
        observer,
        () -> {
          synchronized (boards) {
            return CompletableFuture.completedStage(handler.get());
          }
        });
  }

  private static void requireEdits(Caller caller, FakeBoard board) {
    if (!board.isMember(caller.accountId())) throw ApiException.permissionDenied("No editor.");
  }

  private static void requireSection(FakeBoard board, String sectionId) {
    if (!sectionId.isEmpty() && !board.sections.contains(sectionId)) {
      throw ApiException.notFound(
          ErrorReason.ERROR_REASON_SECTION_NOT_FOUND, "section_id", sectionId);
    }
  }

  @Override
  public void placePin(PlacePinRequest request, StreamObserver<Placement> observer) {
    Caller caller = Caller.current();
    answer(
        observer,
        () -> {
          FakeBoard board = boards.visible(caller, request.getBoardId());
          long pin = Long.parseLong(request.getPinId());
          Placement placement =
              Placement.newBuilder()
                  .setBoardId(board.id)
                  .setPinId(request.getPinId())
                  .setSectionId(request.getSectionId())
                  .setCoverAssetKey(request.getCoverAssetKey())
                  .setActorId(caller.accountId())
                  .build();
          if (board.requests.contains(request.getRequestId())) return placement;
          requireEdits(caller, board);
          if (board.placements.containsKey(pin)) return board.placements.get(pin);
          requireSection(board, request.getSectionId());
          if (board.placements.size() >= board.limit) {
            throw ApiException.exhausted(
                ErrorReason.ERROR_REASON_BOARD_FULL, "board_id", board.id, "Full.");
          }
          board.placements.put(pin, placement);
          board.requests.add(request.getRequestId());
          return placement;
        });
  }

  @Override
  public void updatePlacement(UpdatePlacementRequest request, StreamObserver<Placement> observer) {
    Caller caller = Caller.current();
    answer(
        observer,
        () -> {
          FakeBoard board = boards.visible(caller, request.getBoardId());
          long pin = Long.parseLong(request.getPinId());
          requireEdits(caller, board);
          Placement standing = board.placements.get(pin);
          if (standing == null) throw PinAccess.notFound(request.getPinId());
          requireSection(board, request.getSectionId());
          Placement.Builder moved = standing.toBuilder().setSectionId(request.getSectionId());
          if (!request.getCoverAssetKey().isEmpty()) {
            moved.setCoverAssetKey(request.getCoverAssetKey());
          }
          Placement next = moved.build();
          if (board.requests.add(request.getRequestId())) board.placements.put(pin, next);
          return next;
        });
  }

  @Override
  public void removePin(RemovePinRequest request, StreamObserver<Empty> observer) {
    Caller caller = Caller.current();
    answer(
        observer,
        () -> {
          boards
              .find(request.getBoardId())
              .filter(board -> !board.deleted)
              .ifPresent(
                  board -> {
                    if (board.requests.contains(request.getRequestId())) return;
                    if (!request.getActorOwnsPin()) requireEdits(caller, board);
                    board.placements.remove(Long.parseLong(request.getPinId()));
                    board.requests.add(request.getRequestId());
                  });
          return Empty.getDefaultInstance();
        });
  }

  @Override
  public void listPlacements(
      ListPlacementsRequest request, StreamObserver<ListPlacementsResponse> observer) {
    Caller caller = Caller.current();
    answer(
        observer,
        () -> {
          FakeBoard board = boards.visible(caller, request.getBoardId());
          List<Placement> rest =
              rest(board, request.getPageToken()).stream()
                  .filter(placed -> isIn(request.getSectionId(), placed))
                  .map(placed -> shown(board, placed))
                  .toList();
          int size = request.getPageSize();
          ListPlacementsResponse.Builder page =
              ListPlacementsResponse.newBuilder()
                  .setBoard(board.toProto())
                  .addAllPlacements(rest.subList(0, Math.min(size, rest.size())));
          if (rest.size() > size) page.setNextPageToken(rest.get(size - 1).getPinId());
          return page.build();
        });
  }

  private static boolean isIn(String section, Placement placed) {
    return section.isEmpty() || placed.getSectionId().equals(section);
  }

  private static Placement shown(FakeBoard board, Placement placed) {
    return board.sections.contains(placed.getSectionId())
        ? placed
        : placed.toBuilder().clearSectionId().build();
  }

  private static List<Placement> rest(FakeBoard board, String token) {
    return token.isEmpty()
        ? List.copyOf(board.placements.values())
        : List.copyOf(board.placements.tailMap(Long.parseLong(token), false).values());
  }

  @Override
  public void scanPlacements(
      ScanPlacementsRequest request, StreamObserver<ScanPlacementsResponse> observer) {
    answer(
        observer,
        () -> {
          FakeBoard board =
              boards
                  .find(request.getBoardId())
                  .orElseThrow(() -> FakeBoards.notFound(request.getBoardId()));
          if (request.getDeletedOnly() && !board.deleted) {
            throw ApiException.failedPrecondition(
                ErrorReason.ERROR_REASON_BOARD_NOT_DELETED, "board_id", board.id, "Not deleted.");
          }
          List<Placement> rest = rest(board, request.getPageToken());
          int size = Math.min(request.getPageSize(), 10);
          ScanPlacementsResponse.Builder page =
              ScanPlacementsResponse.newBuilder()
                  .addAllPlacements(rest.subList(0, Math.min(size, rest.size())));
          if (rest.size() > size) page.setNextPageToken(rest.get(size - 1).getPinId());
          return page.build();
        });
  }

  @Override
  public void purgeBoard(PurgeBoardRequest request, StreamObserver<Empty> observer) {
    answer(
        observer,
        () -> {
          FakeBoard board = boards.board(request.getBoardId());
          if (!board.deleted) {
            throw ApiException.failedPrecondition(
                ErrorReason.ERROR_REASON_BOARD_NOT_DELETED, "board_id", board.id, "Not deleted.");
          }
          board.placements.clear();
          return Empty.getDefaultInstance();
        });
  }

  @Override
  public void batchGetBoardStates(
      BatchGetBoardStatesRequest request, StreamObserver<BatchGetBoardStatesResponse> observer) {
    answer(
        observer,
        () -> {
          BatchGetBoardStatesResponse.Builder states = BatchGetBoardStatesResponse.newBuilder();
          for (String id : request.getBoardIdsList()) {
            boards.find(id).ifPresent(board -> states.addBoards(board.toState()));
          }
          return states.build();
        });
  }

  @Override
  public void scanBoards(ScanBoardsRequest request, StreamObserver<ScanBoardsResponse> observer) {
    answer(
        observer,
        () -> {
          int from =
              request.getPageToken().isEmpty() ? 0 : Integer.parseInt(request.getPageToken());
          List<BoardState> all = boards.states();
          int to = Math.min(from + 2, all.size());
          ScanBoardsResponse.Builder page =
              ScanBoardsResponse.newBuilder().addAllBoards(all.subList(from, to));
          if (to < all.size()) page.setNextPageToken("" + to);
          return page.build();
        });
  }

  @Override
  public void listChanges(
      ListChangesRequest request, StreamObserver<ListChangesResponse> observer) {
    answer(
        observer,
        () -> {
          int from =
              request.getCursor().isEmpty()
                  ? boards.oldestChange()
                  : Integer.parseInt(request.getCursor());
          if (boards.isForgotten(from)) {
            return ListChangesResponse.newBuilder()
                .setResyncRequired(true)
                .setNextCursor(Integer.toString(boards.changeCount()))
                .build();
          }
          var found = boards.changesFrom(from, request.getPageSize());
          return ListChangesResponse.newBuilder()
              .addAllChanges(found)
              .setNextCursor(Integer.toString(from + found.size()))
              .build();
        });
  }
}
