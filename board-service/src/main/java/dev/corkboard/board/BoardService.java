// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.board;

import com.google.protobuf.Empty;
import dev.corkboard.board.follow.BoardFollowStore;
import dev.corkboard.board.follow.BoardFollowing;
import dev.corkboard.board.v1.BatchGetBoardsRequest;
import dev.corkboard.board.v1.BatchGetBoardsResponse;
import dev.corkboard.board.v1.Board;
import dev.corkboard.board.v1.BoardCount;
import dev.corkboard.board.v1.BoardServiceGrpc.BoardServiceImplBase;
import dev.corkboard.board.v1.CreateBoardRequest;
import dev.corkboard.board.v1.DeleteBoardRequest;
import dev.corkboard.board.v1.FollowBoardRequest;
import dev.corkboard.board.v1.GetBoardCountRequest;
import dev.corkboard.board.v1.GetBoardRequest;
import dev.corkboard.board.v1.ListBoardsRequest;
import dev.corkboard.board.v1.ListBoardsResponse;
import dev.corkboard.board.v1.ListFollowedBoardsRequest;
import dev.corkboard.board.v1.ListFollowedBoardsResponse;
import dev.corkboard.board.v1.UnfollowBoardRequest;
import dev.corkboard.board.v1.UpdateBoardRequest;
import dev.corkboard.platform.check.Ids;
import dev.corkboard.platform.check.Violations;
import dev.corkboard.platform.page.PageTokens;
import dev.corkboard.platform.server.Caller;
import dev.corkboard.platform.server.Unary;
import io.grpc.stub.StreamObserver;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Boards over gRPC. */
final class BoardService extends BoardServiceImplBase {
  private final BoardStore store;
  private final BoardViews views;
  private final BoardListing listing;
  private final BoardFollowing follows;
  private final Supplier<Long> ids;
  private final Clock clock;

  BoardService(
      BoardStore store,
      BoardFollowStore follows,
      Supplier<Long> ids,
      PageTokens tokens,
      Clock clock) {
    this.store = store;
    this.views = new BoardViews(store);
    this.follows = new BoardFollowing(follows, views, tokens);
    this.listing = new BoardListing(store, tokens);
    this.ids = ids;
    this.clock = clock;
  }

  @Override
  public void createBoard(CreateBoardRequest request, StreamObserver<Board> observer) {
    Unary.reply(observer, () -> create(Caller.current(), request));
  }

  private CompletionStage<Board> create(Caller caller, CreateBoardRequest request) {
    Board board =
        BoardRequests.create(
            request, ids.get(), caller.accountId(), clock.instant().truncatedTo(ChronoUnit.MILLIS));
    BoardAccess.requireWrites(caller, board.getPrivacy());
    RequestKey key =
        RequestKey.of(
            request.getRequestId(),
            caller.accountId(),
            request.toBuilder().clearRequestId().build());
    return store.create(board, key);
  }

  @Override
  public void getBoard(GetBoardRequest request, StreamObserver<Board> observer) {
    Unary.reply(
        observer,
        () -> {
          checkId(request.getBoardId());
          return views.get(Caller.current(), request.getBoardId());
        });
  }

  private static void checkId(String boardId) {
    new Violations().id("board_id", boardId).throwIfAny();
  }

  @Override
  public void batchGetBoards(
      BatchGetBoardsRequest request, StreamObserver<BatchGetBoardsResponse> observer) {
    Unary.reply(observer, () -> batchGet(Caller.current(), request));
  }

  private CompletionStage<BatchGetBoardsResponse> batchGet(
      Caller caller, BatchGetBoardsRequest request) {
    Set<String> asked = BoardRequests.batch(request.getBoardIdsList());
    List<Long> known =
        asked.stream()
            .map(Ids::parse)
            .filter(id -> id.isPresent())
            .map(id -> id.getAsLong())
            .toList();
    return store
        .getAll(known)
        .thenCompose(
            boards ->
                Gather.present(
                    known, id -> views.ifSeen(caller, Optional.ofNullable(boards.get(id)))))
        .thenApply(Map::values)
        .thenApply(boards -> BatchGetBoardsResponse.newBuilder().addAllBoards(boards).build());
  }

  @Override
  public void listBoards(ListBoardsRequest request, StreamObserver<ListBoardsResponse> observer) {
    Unary.reply(observer, () -> listing.list(Caller.current(), request));
  }

  @Override
  public void updateBoard(UpdateBoardRequest request, StreamObserver<Board> observer) {
    Unary.reply(observer, () -> update(Caller.current(), request));
  }

  private CompletionStage<Board> update(Caller caller, UpdateBoardRequest request) {
    BoardRequests.checkUpdate(request);
    RequestKey key =
        RequestKey.of(
            request.getRequestId(),
            caller.accountId(),
            request.toBuilder().clearRequestId().build());
    return owned(caller, request.getBoard().getId())
        .thenCompose(
            board ->
                store.update(
                    new BoardUpdate(
                        Long.parseLong(board.getId()),
                        Long.parseLong(caller.accountId()),
                        current -> edit(caller, request, current),
                        BoardRequests.narrows(request),
                        request.getBoard().getEtag(),
                        key)));
  }

  /** Runs on the newest board: a right lost since the first look is lost here too. */
  private static Board edit(Caller caller, UpdateBoardRequest request, Board current) {
    BoardAccess.requireOwns(caller, current, ownerOr(caller, current));
    Board next = BoardRequests.update(request, current);
    BoardAccess.requireWrites(caller, next.getPrivacy());
    return next;
  }

  private static Role ownerOr(Caller caller, Board board) {
    return board.getOwnerId().equals(caller.accountId()) ? Role.OWNER : Role.NONE;
  }

  private CompletionStage<Board> owned(Caller caller, String boardId) {
    return views
        .get(caller, boardId)
        .thenCompose(
            board ->
                views
                    .role(caller, board)
                    .thenApply(
                        role -> {
                          BoardAccess.requireOwns(caller, board, role);
                          return board;
                        }));
  }

  @Override
  public void deleteBoard(DeleteBoardRequest request, StreamObserver<Empty> observer) {
    Unary.reply(observer, () -> delete(Caller.current(), request));
  }

  private CompletionStage<Empty> delete(Caller caller, DeleteBoardRequest request) {
    checkId(request.getBoardId());
    return owned(caller, request.getBoardId())
        .thenCompose(
            board ->
                store.delete(
                    Long.parseLong(board.getId()),
                    Long.parseLong(caller.accountId()),
                    current -> BoardAccess.requireOwns(caller, current, ownerOr(caller, current)),
                    request.getEtag()))
        .thenApply(done -> Empty.getDefaultInstance());
  }

  @Override
  public void getBoardCount(GetBoardCountRequest request, StreamObserver<BoardCount> observer) {
    Unary.reply(
        observer,
        () ->
            listing
                .count(Caller.current())
                .thenApply(count -> BoardCount.newBuilder().setCount(count).build()));
  }

  @Override
  public void followBoard(FollowBoardRequest request, StreamObserver<Empty> observer) {
    Unary.reply(observer, () -> follow(request.getBoardId(), true));
  }

  @Override
  public void unfollowBoard(UnfollowBoardRequest request, StreamObserver<Empty> observer) {
    Unary.reply(observer, () -> follow(request.getBoardId(), false));
  }

  private CompletionStage<Empty> follow(String boardId, boolean follow) {
    return follows
        .set(Caller.current(), boardId, follow)
        .thenApply(done -> Empty.getDefaultInstance());
  }

  @Override
  public void listFollowedBoards(
      ListFollowedBoardsRequest request, StreamObserver<ListFollowedBoardsResponse> observer) {
    Unary.reply(observer, () -> follows.list(Caller.current(), request));
  }
}
