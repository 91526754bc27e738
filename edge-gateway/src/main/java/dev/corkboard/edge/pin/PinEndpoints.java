// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.pin;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.annotation.Delete;
import com.linecorp.armeria.server.annotation.Get;
import com.linecorp.armeria.server.annotation.Param;
import com.linecorp.armeria.server.annotation.Patch;
import com.linecorp.armeria.server.annotation.Path;
import com.linecorp.armeria.server.annotation.Post;
import dev.corkboard.board.v1.GetBoardRequest;
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
import dev.corkboard.pin.v1.DeletePinRequest;
import dev.corkboard.pin.v1.GetPinRequest;
import dev.corkboard.pin.v1.ListBoardPinsRequest;
import dev.corkboard.pin.v1.ListPinsRequest;
import dev.corkboard.pin.v1.OriginFilter;
import dev.corkboard.pin.v1.SearchPinsRequest;
import dev.corkboard.platform.client.Futures;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.server.Caller;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The operations of the contract's tag {@code pins} but for creating, and listing the Pins of a
 * board or section.
 */
public final class PinEndpoints {
  private static final String PIN_ID = "pin_id";

  private static final Map<String, OriginFilter> ORIGINS =
      Map.of(
          "exclude_native", OriginFilter.ORIGIN_FILTER_SAVED,
          "exclude_repins", OriginFilter.ORIGIN_FILTER_CREATED,
          "has_been_promoted", OriginFilter.ORIGIN_FILTER_PROMOTED);

  private static final Map<String, Boolean> PIN_TYPES = Map.of("PRIVATE", true);

  private final Backends backends;
  private final RequestBody bodies;
  private final PinResponses responses;

  public PinEndpoints(Backends backends, Usernames usernames, RequestBody bodies, MediaUrls urls) {
    this.backends = backends;
    this.bodies = bodies;
    this.responses = new PinResponses(usernames, urls);
  }

  @Get
  @Path("/pins")
  @Path("/pins/")
  @RequiredScopes({"boards:read", "pins:read"})
  @RateLimited(Category.ORG_READ)
  public CompletionStage<HttpResponse> list(ServiceRequestContext ctx) {
    Caller caller = ScopeCheck.caller(ctx);
    CreativeTypes types = CreativeTypes.of(ctx);
    Params.flag(ctx, "pin_metrics");
    ListPinsRequest call =
        ListPinsRequest.newBuilder()
            .setPageSize(Params.pageSize(ctx))
            .setPageToken(Params.bookmark(ctx))
            .setOriginFilter(
                Params.choice(ctx, "pin_filter", ORIGINS)
                    .orElse(OriginFilter.ORIGIN_FILTER_UNSPECIFIED))
            .addAllCreativeTypes(types.made())
            .setIncludeProtectedPins(Params.flag(ctx, "include_protected_pins"))
            .setSecretOnly(Params.choice(ctx, "pin_type", PIN_TYPES).orElse(false))
            .build();
    if (types.nothing()) return noPins();
    return Futures.toStage(backends.pins(caller).listPins(call))
        .thenCompose(page -> responses.page(page.getPinsList(), page.getNextPageToken(), caller));
  }

  @Get
  @Path("/boards/{board_id}/pins")
  @Path("/boards/{board_id}/pins/")
  @RequiredScopes({"boards:read", "pins:read"})
  @RateLimited(Category.ORG_READ)
  public CompletionStage<HttpResponse> listOfBoard(
      ServiceRequestContext ctx, @Param("board_id") String id) {
    return list(ctx, boardId(id), "");
  }

  @Get
  @Path("/boards/{board_id}/sections/{section_id}/pins")
  @Path("/boards/{board_id}/sections/{section_id}/pins/")
  @RequiredScopes({"boards:read", "pins:read"})
  @RateLimited(Category.ORG_READ)
  public CompletionStage<HttpResponse> listOfSection(
      ServiceRequestContext ctx,
      @Param("board_id") String board,
      @Param("section_id") String section) {
    return list(
        ctx,
        boardId(board),
        Ids.check("section_id", section, ErrorReason.ERROR_REASON_SECTION_NOT_FOUND));
  }

  private CompletionStage<HttpResponse> list(
      ServiceRequestContext ctx, String boardId, String sectionId) {
    Caller caller = ScopeCheck.caller(ctx);
    CreativeTypes types = CreativeTypes.of(ctx);
    Params.flag(ctx, "pin_metrics");
    ListBoardPinsRequest call =
        ListBoardPinsRequest.newBuilder()
            .setBoardId(boardId)
            .setSectionId(sectionId)
            .setPageSize(Params.pageSize(ctx))
            .setPageToken(Params.bookmark(ctx))
            .addAllCreativeTypes(types.made())
            .build();
    if (types.nothing()) return noPinsOf(boardId, caller);
    return Futures.toStage(backends.pins(caller).listBoardPins(call))
        .thenCompose(page -> responses.page(page.getPinsList(), page.getNextPageToken(), caller));
  }

  private static String boardId(String id) {
    return Ids.check("board_id", id, ErrorReason.ERROR_REASON_BOARD_NOT_FOUND);
  }

  @Get
  @Path("/pins/{pin_id}")
  @Path("/pins/{pin_id}/")
  @RequiredScopes({"boards:read", "pins:read"})
  @RateLimited(Category.ORG_READ)
  public CompletionStage<HttpResponse> get(ServiceRequestContext ctx, @Param(PIN_ID) String id) {
    Caller caller = ScopeCheck.caller(ctx);
    Params.flag(ctx, "pin_metrics");
    GetPinRequest call = GetPinRequest.newBuilder().setPinId(pinId(id)).build();
    return Futures.toStage(backends.pins(caller).getPin(call))
        .thenCompose(pin -> responses.ok(pin, caller));
  }

  @Patch
  @Path("/pins/{pin_id}")
  @Path("/pins/{pin_id}/")
  @RequiredScopes({"boards:read", "boards:write", "pins:read", "pins:write"})
  @RateLimited(Category.ORG_WRITE)
  public CompletionStage<HttpResponse> update(
      ServiceRequestContext ctx, @Param(PIN_ID) String id, HttpRequest request) {
    Caller caller = ScopeCheck.caller(ctx);
    String pinId = pinId(id);
    return bodies
        .read(request, UpdatePinBody::read)
        .thenApply(body -> body.toProto(pinId, RequestKey.of(ctx, caller)))
        .thenCompose(call -> Futures.toStage(backends.pins(caller).updatePin(call)))
        .thenCompose(pin -> responses.updated(pin, caller));
  }

  @Delete
  @Path("/pins/{pin_id}")
  @Path("/pins/{pin_id}/")
  @RequiredScopes({"boards:read", "boards:write", "pins:read", "pins:write"})
  @RateLimited(Category.ORG_WRITE)
  public CompletionStage<HttpResponse> delete(ServiceRequestContext ctx, @Param(PIN_ID) String id) {
    DeletePinRequest call = DeletePinRequest.newBuilder().setPinId(pinId(id)).build();
    return Futures.toStage(backends.pins(ScopeCheck.caller(ctx)).deletePin(call))
        .thenApply(done -> Responses.empty());
  }

  @Get
  @Path("/search/pins")
  @Path("/search/pins/")
  @RequiredScopes(
      value = {"boards:read", "boards:read_secret", "pins:read", "pins:read_secret"},
      userOnly = true)
  @RateLimited(Category.ORG_READ)
  public CompletionStage<HttpResponse> search(ServiceRequestContext ctx) {
    Caller caller = ScopeCheck.caller(ctx);
    SearchPinsRequest call =
        SearchPinsRequest.newBuilder()
            .setQuery(Params.required(ctx, "query"))
            .setPageToken(Params.bookmark(ctx))
            .build();
    return Futures.toStage(backends.pins(caller).searchPins(call))
        .thenCompose(page -> responses.page(page.getPinsList(), page.getNextPageToken(), caller));
  }

  /** Nobody searches everybody's Pins here; see RATIONALE. */
  @Get
  @Path("/search/partner/pins")
  @Path("/search/partner/pins/")
  @RequiredScopes(
      value = {"boards:read", "pins:read"},
      userOnly = true)
  @RateLimited(Category.ORG_READ)
  public HttpResponse searchEverywhere(ServiceRequestContext ctx) {
    Params.required(ctx, "term");
    Params.required(ctx, "country_code");
    throw ApiException.permissionDenied("Only one's own Pins are searched.");
  }

  /** The id in the path has no pattern here, so that what is no id is not found. */
  @Post
  @Path("/pins/{pin_id}/save")
  @Path("/pins/{pin_id}/save/")
  @RequiredScopes(
      value = {"boards:read", "boards:write", "pins:read", "pins:write"},
      userOnly = true)
  @RateLimited(Category.ORG_WRITE)
  public CompletionStage<HttpResponse> save(
      ServiceRequestContext ctx, @Param(PIN_ID) String id, HttpRequest request) {
    Caller caller = ScopeCheck.caller(ctx);
    String pinId = Ids.existing(PIN_ID, id, ErrorReason.ERROR_REASON_PIN_NOT_FOUND);
    return bodies
        .read(request, SavePinBody::read)
        .thenApply(body -> body.toProto(pinId, RequestKey.of(ctx, caller)))
        .thenCompose(call -> Futures.toStage(backends.pins(caller).savePin(call)))
        .thenCompose(pin -> responses.created(pin, caller));
  }

  private static CompletionStage<HttpResponse> noPins() {
    return CompletableFuture.completedStage(Responses.page(List.of(), "", (out, pin) -> {}));
  }

  private CompletionStage<HttpResponse> noPinsOf(String boardId, Caller caller) {
    GetBoardRequest call = GetBoardRequest.newBuilder().setBoardId(boardId).build();
    return Futures.toStage(backends.boards(caller).getBoard(call)).thenCompose(seen -> noPins());
  }

  private static String pinId(String id) {
    return Ids.check(PIN_ID, id, ErrorReason.ERROR_REASON_PIN_NOT_FOUND);
  }
}
