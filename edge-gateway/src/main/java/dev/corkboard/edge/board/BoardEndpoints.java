// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.board;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.annotation.Delete;
import com.linecorp.armeria.server.annotation.Get;
import com.linecorp.armeria.server.annotation.Param;
import com.linecorp.armeria.server.annotation.Patch;
import com.linecorp.armeria.server.annotation.Path;
import com.linecorp.armeria.server.annotation.Post;
import dev.corkboard.board.v1.Board;
import dev.corkboard.board.v1.DeleteBoardRequest;
import dev.corkboard.board.v1.FollowBoardRequest;
import dev.corkboard.board.v1.GetBoardRequest;
import dev.corkboard.board.v1.ListBoardsRequest;
import dev.corkboard.board.v1.ListFollowedBoardsRequest;
import dev.corkboard.board.v1.Privacy;
import dev.corkboard.board.v1.UnfollowBoardRequest;
import dev.corkboard.edge.backend.Backends;
import dev.corkboard.edge.backend.Usernames;
import dev.corkboard.edge.http.Params;
import dev.corkboard.edge.http.RequestBody;
import dev.corkboard.edge.http.RequestKey;
import dev.corkboard.edge.http.RequiredScopes;
import dev.corkboard.edge.http.Responses;
import dev.corkboard.edge.http.ScopeCheck;
import dev.corkboard.edge.json.Ids;
import dev.corkboard.edge.limit.Category;
import dev.corkboard.edge.limit.RateLimited;
import dev.corkboard.edge.media.MediaUrls;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.client.Futures;
import dev.corkboard.platform.server.Caller;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Boards and who follows them, but for listing a board's Pins. */
public final class BoardEndpoints {
  private static final Map<String, List<Privacy>> FILTERS =
      Map.of(
          "ALL",
          List.of(Privacy.PRIVACY_PUBLIC, Privacy.PRIVACY_PROTECTED, Privacy.PRIVACY_SECRET),
          "PUBLIC",
          List.of(Privacy.PRIVACY_PUBLIC),
          "PROTECTED",
          List.of(Privacy.PRIVACY_PROTECTED),
          "SECRET",
          List.of(Privacy.PRIVACY_SECRET),
          "PUBLIC_AND_SECRET",
          List.of(Privacy.PRIVACY_PUBLIC, Privacy.PRIVACY_SECRET));

  private final Backends backends;
  private final Usernames usernames;
  private final RequestBody bodies;
  private final BoardJson json;

  public BoardEndpoints(
      Backends backends, Usernames usernames, RequestBody bodies, MediaUrls urls) {
    this.backends = backends;
    this.usernames = usernames;
    this.bodies = bodies;
    this.json = new BoardJson(urls);
  }

  @Post
  @Path("/boards")
  @Path("/boards/")
  @RequiredScopes({"boards:read", "boards:write"})
  @RateLimited(Category.ORG_WRITE)
  public CompletionStage<HttpResponse> create(ServiceRequestContext ctx, HttpRequest request) {
    Caller caller = ScopeCheck.caller(ctx);
    return bodies
        .read(request, CreateBoardBody::read)
        .thenApply(body -> body.toProto(RequestKey.of(ctx, caller)))
        .thenCompose(call -> Futures.toStage(backends.boards(caller).createBoard(call)))
        .thenCompose(
            board ->
                written(board)
                    .thenApply(names -> Responses.created(out -> json.write(out, board, names))));
  }

  @Get
  @Path("/boards")
  @Path("/boards/")
  @RequiredScopes("boards:read")
  @RateLimited(Category.ORG_READ)
  public CompletionStage<HttpResponse> list(ServiceRequestContext ctx) {
    ListBoardsRequest call =
        ListBoardsRequest.newBuilder()
            .setPageSize(Params.pageSize(ctx))
            .setPageToken(Params.bookmark(ctx))
            .addAllPrivacyFilter(Params.choice(ctx, "privacy", FILTERS).orElse(List.of()))
            .build();
    return Futures.toStage(backends.boards(ScopeCheck.caller(ctx)).listBoards(call))
        .thenCompose(page -> page(page.getBoardsList(), page.getNextPageToken()));
  }

  @Get
  @Path("/search/boards")
  @Path("/search/boards/")
  @RequiredScopes({"boards:read", "boards:read_secret"})
  @RateLimited(Category.ORG_READ)
  public CompletionStage<HttpResponse> search(ServiceRequestContext ctx) {
    String query = ctx.queryParam("query");
    ListBoardsRequest call =
        ListBoardsRequest.newBuilder()
            .setPageSize(Params.pageSize(ctx))
            .setPageToken(Params.bookmark(ctx))
            .setQuery(query == null ? "" : query)
            .build();
    return Futures.toStage(backends.boards(ScopeCheck.caller(ctx)).listBoards(call))
        .thenCompose(page -> page(page.getBoardsList(), page.getNextPageToken()));
  }

  @Get
  @Path("/boards/{board_id}")
  @Path("/boards/{board_id}/")
  @RequiredScopes("boards:read")
  @RateLimited(Category.ORG_READ)
  public CompletionStage<HttpResponse> get(
      ServiceRequestContext ctx, @Param("board_id") String id) {
    GetBoardRequest call = GetBoardRequest.newBuilder().setBoardId(boardId(id)).build();
    return Futures.toStage(backends.boards(ScopeCheck.caller(ctx)).getBoard(call))
        .thenCompose(
            board ->
                names(board)
                    .thenApply(names -> Responses.ok(out -> json.write(out, board, names))));
  }

  @Patch
  @Path("/boards/{board_id}")
  @Path("/boards/{board_id}/")
  @RequiredScopes({"boards:read", "boards:write"})
  @RateLimited(Category.ORG_WRITE)
  public CompletionStage<HttpResponse> update(
      ServiceRequestContext ctx, @Param("board_id") String id, HttpRequest request) {
    Caller caller = ScopeCheck.caller(ctx);
    String boardId = boardId(id);
    return bodies
        .read(request, UpdateBoardBody::read)
        .thenApply(body -> body.toProto(boardId, RequestKey.of(ctx, caller)))
        .thenCompose(call -> Futures.toStage(backends.boards(caller).updateBoard(call)))
        .thenCompose(
            board ->
                written(board)
                    .thenApply(names -> Responses.ok(out -> json.writeUpdated(out, board, names))));
  }

  @Delete
  @Path("/boards/{board_id}")
  @Path("/boards/{board_id}/")
  @RequiredScopes(
      value = {"boards:read", "boards:write"},
      userOnly = true)
  @RateLimited(Category.ORG_WRITE)
  public CompletionStage<HttpResponse> delete(
      ServiceRequestContext ctx, @Param("board_id") String id) {
    DeleteBoardRequest call = DeleteBoardRequest.newBuilder().setBoardId(boardId(id)).build();
    return Futures.toStage(backends.boards(ScopeCheck.caller(ctx)).deleteBoard(call))
        .thenApply(done -> Responses.empty());
  }

  @Get
  @Path("/user_account/following/boards")
  @Path("/user_account/following/boards/")
  @RequiredScopes("user_accounts:read")
  @RateLimited(Category.ORG_READ)
  public CompletionStage<HttpResponse> followed(ServiceRequestContext ctx) {
    Params.flag(ctx, "explicit_following");
    ListFollowedBoardsRequest call =
        ListFollowedBoardsRequest.newBuilder()
            .setPageSize(Params.pageSize(ctx))
            .setPageToken(Params.bookmark(ctx))
            .build();
    return Futures.toStage(backends.boards(ScopeCheck.caller(ctx)).listFollowedBoards(call))
        .thenCompose(page -> page(page.getBoardsList(), page.getNextPageToken()));
  }

  @Post
  @Path("/boards/{board_id}/follow")
  @Path("/boards/{board_id}/follow/")
  @RequiredScopes(
      value = {"boards:read", "user_accounts:write"},
      userOnly = true)
  @RateLimited(Category.ORG_WRITE)
  public CompletionStage<HttpResponse> follow(
      ServiceRequestContext ctx, @Param("board_id") String id) {
    FollowBoardRequest call = FollowBoardRequest.newBuilder().setBoardId(boardId(id)).build();
    return Futures.toStage(backends.boards(ScopeCheck.caller(ctx)).followBoard(call))
        .thenApply(done -> Responses.empty());
  }

  @Delete
  @Path("/boards/{board_id}/follow")
  @Path("/boards/{board_id}/follow/")
  @RequiredScopes(
      value = {"boards:read", "user_accounts:write"},
      userOnly = true)
  @RateLimited(Category.ORG_WRITE)
  public CompletionStage<HttpResponse> unfollow(
      ServiceRequestContext ctx, @Param("board_id") String id) {
    UnfollowBoardRequest call = UnfollowBoardRequest.newBuilder().setBoardId(boardId(id)).build();
    return Futures.toStage(backends.boards(ScopeCheck.caller(ctx)).unfollowBoard(call))
        .thenApply(done -> Responses.empty());
  }

  private CompletionStage<HttpResponse> page(List<Board> boards, String next) {
    return usernames
        .of(boards.stream().map(Board::getOwnerId).toList())
        .thenApply(
            names -> Responses.page(boards, next, (out, board) -> json.write(out, board, names)));
  }

  private CompletionStage<Map<String, String>> names(Board board) {
    return usernames.of(board.getOwnerId());
  }

  private CompletionStage<Map<String, String>> written(Board board) {
    return usernames.ofWritten(board.getOwnerId());
  }

  private static String boardId(String id) {
    return Ids.check("board_id", id, ErrorReason.ERROR_REASON_BOARD_NOT_FOUND);
  }
}
