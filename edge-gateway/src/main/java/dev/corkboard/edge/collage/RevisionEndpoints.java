// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.collage;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.annotation.Get;
import com.linecorp.armeria.server.annotation.Param;
import com.linecorp.armeria.server.annotation.Path;
import com.linecorp.armeria.server.annotation.Post;
import dev.corkboard.collage.v1.ListRevisionsRequest;
import dev.corkboard.collage.v1.RestoreRevisionRequest;
import dev.corkboard.collage.v1.UndoEditRequest;
import dev.corkboard.edge.backend.Backends;
import dev.corkboard.edge.http.Params;
import dev.corkboard.edge.http.RequestKey;
import dev.corkboard.edge.http.RequiredScopes;
import dev.corkboard.edge.http.Responses;
import dev.corkboard.edge.http.ScopeCheck;
import dev.corkboard.edge.limit.Category;
import dev.corkboard.edge.limit.RateLimited;
import dev.corkboard.edge.media.MediaUrls;
import dev.corkboard.platform.client.Futures;
import dev.corkboard.platform.server.Caller;
import java.util.concurrent.CompletionStage;

/** How collages came to be, and the ways back. */
public final class RevisionEndpoints {
  private final Backends backends;
  private final EditJson json;

  public RevisionEndpoints(Backends backends, MediaUrls urls) {
    this.backends = backends;
    this.json = new EditJson(urls);
  }

  @Get
  @Path("/collages/{collage_id}/revisions")
  @Path("/collages/{collage_id}/revisions/")
  @RequiredScopes(value = "collages:read", userOnly = true)
  @RateLimited(Category.ORG_READ)
  public CompletionStage<HttpResponse> list(
      ServiceRequestContext ctx, @Param(CollageIds.COLLAGE_ID) String id) {
    ListRevisionsRequest call =
        ListRevisionsRequest.newBuilder()
            .setCollageId(CollageIds.collage(id))
            .setPageSize(Params.pageSize(ctx))
            .setPageToken(Params.bookmark(ctx))
            .build();
    return Futures.toStage(backends.edits(ScopeCheck.caller(ctx)).listRevisions(call))
        .thenApply(
            page ->
                Responses.page(page.getRevisionsList(), page.getNextPageToken(), EditJson::write));
  }

  @Post
  @Path("/collages/{collage_id}/revisions/{revision}/restore")
  @Path("/collages/{collage_id}/revisions/{revision}/restore/")
  @RequiredScopes(
      value = {"collages:read", "collages:write"},
      userOnly = true)
  @RateLimited(Category.ORG_WRITE)
  public CompletionStage<HttpResponse> restore(
      ServiceRequestContext ctx,
      @Param(CollageIds.COLLAGE_ID) String id,
      @Param(CollageIds.REVISION) String revision) {
    Caller caller = ScopeCheck.caller(ctx);
    RestoreRevisionRequest call =
        RestoreRevisionRequest.newBuilder()
            .setCollageId(CollageIds.collage(id))
            .setRevision(CollageIds.revision(revision))
            .setRequestId(RequestKey.of(ctx, caller))
            .build();
    return Futures.toStage(backends.edits(caller).restoreRevision(call))
        .thenCompose(edit -> json.created(ctx, edit));
  }

  @Post
  @Path("/collages/{collage_id}/undo")
  @Path("/collages/{collage_id}/undo/")
  @RequiredScopes(
      value = {"collages:read", "collages:write"},
      userOnly = true)
  @RateLimited(Category.ORG_WRITE)
  public CompletionStage<HttpResponse> undo(
      ServiceRequestContext ctx, @Param(CollageIds.COLLAGE_ID) String id) {
    Caller caller = ScopeCheck.caller(ctx);
    UndoEditRequest call =
        UndoEditRequest.newBuilder()
            .setCollageId(CollageIds.collage(id))
            .setRequestId(RequestKey.of(ctx, caller))
            .build();
    return Futures.toStage(backends.edits(caller).undoEdit(call))
        .thenCompose(edit -> json.created(ctx, edit));
  }
}
