// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.section;

import com.fasterxml.jackson.core.JsonGenerator;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.annotation.Delete;
import com.linecorp.armeria.server.annotation.Get;
import com.linecorp.armeria.server.annotation.Param;
import com.linecorp.armeria.server.annotation.Patch;
import com.linecorp.armeria.server.annotation.Path;
import com.linecorp.armeria.server.annotation.Post;
import dev.corkboard.board.v1.DeleteSectionRequest;
import dev.corkboard.board.v1.ListSectionsRequest;
import dev.corkboard.board.v1.Section;
import dev.corkboard.edge.backend.Backends;
import dev.corkboard.edge.http.Params;
import dev.corkboard.edge.http.RequestBody;
import dev.corkboard.edge.http.RequestKey;
import dev.corkboard.edge.http.RequiredScopes;
import dev.corkboard.edge.http.Responses;
import dev.corkboard.edge.http.ScopeCheck;
import dev.corkboard.edge.json.Ids;
import dev.corkboard.edge.limit.Category;
import dev.corkboard.edge.limit.RateLimited;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.client.Futures;
import dev.corkboard.platform.server.Caller;
import java.io.IOException;
import java.util.concurrent.CompletionStage;

/** The sections of boards, but for listing the Pins of one. */
public final class SectionEndpoints {
  private static final String BOARD_ID = "board_id";
  private static final String SECTION_ID = "section_id";

  private final Backends backends;
  private final RequestBody bodies;

  public SectionEndpoints(Backends backends, RequestBody bodies) {
    this.backends = backends;
    this.bodies = bodies;
  }

  @Get
  @Path("/boards/{board_id}/sections")
  @Path("/boards/{board_id}/sections/")
  @RequiredScopes("boards:read")
  @RateLimited(Category.ORG_READ)
  public CompletionStage<HttpResponse> list(
      ServiceRequestContext ctx, @Param(BOARD_ID) String board) {
    ListSectionsRequest call =
        ListSectionsRequest.newBuilder()
            .setBoardId(boardId(board))
            .setPageSize(Params.pageSize(ctx))
            .setPageToken(Params.bookmark(ctx))
            .build();
    return Futures.toStage(backends.sections(ScopeCheck.caller(ctx)).listSections(call))
        .thenApply(
            page ->
                Responses.page(
                    page.getSectionsList(), page.getNextPageToken(), SectionEndpoints::write));
  }

  @Post
  @Path("/boards/{board_id}/sections")
  @Path("/boards/{board_id}/sections/")
  @RequiredScopes(
      value = {"boards:read", "boards:write"},
      userOnly = true)
  @RateLimited(Category.ORG_WRITE)
  public CompletionStage<HttpResponse> create(
      ServiceRequestContext ctx, @Param(BOARD_ID) String board, HttpRequest request) {
    Caller caller = ScopeCheck.caller(ctx);
    String boardId = boardId(board);
    return bodies
        .read(request, SectionBody::read)
        .thenApply(body -> body.toCreation(boardId, RequestKey.of(ctx, caller)))
        .thenCompose(call -> Futures.toStage(backends.sections(caller).createSection(call)))
        .thenApply(section -> Responses.created(out -> write(out, section)));
  }

  @Patch
  @Path("/boards/{board_id}/sections/{section_id}")
  @Path("/boards/{board_id}/sections/{section_id}/")
  @RequiredScopes(
      value = {"boards:read", "boards:write"},
      userOnly = true)
  @RateLimited(Category.ORG_WRITE)
  public CompletionStage<HttpResponse> update(
      ServiceRequestContext ctx,
      @Param(BOARD_ID) String board,
      @Param(SECTION_ID) String section,
      HttpRequest request) {
    Caller caller = ScopeCheck.caller(ctx);
    String boardId = boardId(board);
    String sectionId = sectionId(section);
    return bodies
        .read(request, SectionBody::read)
        .thenApply(body -> body.toUpdate(boardId, sectionId, RequestKey.of(ctx, caller)))
        .thenCompose(call -> Futures.toStage(backends.sections(caller).updateSection(call)))
        .thenApply(changed -> Responses.ok(out -> write(out, changed)));
  }

  @Delete
  @Path("/boards/{board_id}/sections/{section_id}")
  @Path("/boards/{board_id}/sections/{section_id}/")
  @RequiredScopes(
      value = {"boards:read", "boards:write"},
      userOnly = true)
  @RateLimited(Category.ORG_WRITE)
  public CompletionStage<HttpResponse> delete(
      ServiceRequestContext ctx, @Param(BOARD_ID) String board, @Param(SECTION_ID) String section) {
    DeleteSectionRequest call =
        DeleteSectionRequest.newBuilder()
            .setBoardId(boardId(board))
            .setSectionId(sectionId(section))
            .build();
    return Futures.toStage(backends.sections(ScopeCheck.caller(ctx)).deleteSection(call))
        .thenApply(done -> Responses.empty());
  }

  private static void write(JsonGenerator out, Section section) throws IOException {
    out.writeStartObject();
    out.writeStringField("id", section.getId());
    out.writeStringField("name", section.getName());
    out.writeEndObject();
  }

  private static String boardId(String id) {
    return Ids.check(BOARD_ID, id, ErrorReason.ERROR_REASON_BOARD_NOT_FOUND);
  }

  private static String sectionId(String id) {
    return Ids.check(SECTION_ID, id, ErrorReason.ERROR_REASON_SECTION_NOT_FOUND);
  }
}
