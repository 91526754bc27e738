// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.collage;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.annotation.Delete;
import com.linecorp.armeria.server.annotation.Get;
import com.linecorp.armeria.server.annotation.Param;
import com.linecorp.armeria.server.annotation.Patch;
import com.linecorp.armeria.server.annotation.Path;
import com.linecorp.armeria.server.annotation.Post;
import dev.corkboard.collage.v1.DeleteCollageRequest;
import dev.corkboard.collage.v1.GetCollageRequest;
import dev.corkboard.collage.v1.ListCollagesRequest;
import dev.corkboard.collage.v1.ListCollagesRequest.Filter;
import dev.corkboard.collage.v1.UndeleteCollageRequest;
import dev.corkboard.edge.backend.Backends;
import dev.corkboard.edge.backend.Usernames;
import dev.corkboard.edge.http.IfMatch;
import dev.corkboard.edge.http.Params;
import dev.corkboard.edge.http.RequestBody;
import dev.corkboard.edge.http.RequestKey;
import dev.corkboard.edge.http.RequiredScopes;
import dev.corkboard.edge.http.Responses;
import dev.corkboard.edge.http.ScopeCheck;
import dev.corkboard.edge.json.EnumNames;
import dev.corkboard.edge.limit.Category;
import dev.corkboard.edge.limit.RateLimited;
import dev.corkboard.edge.media.MediaUrls;
import dev.corkboard.platform.client.Futures;
import dev.corkboard.platform.server.Caller;
import java.util.concurrent.CompletionStage;

/** Collages but for what takes whole documents, and what has classes of its own. */
public final class CollageEndpoints {
  private static final EnumNames<Filter> FILTERS =
      EnumNames.of(Filter.class, "FILTER_", Filter.FILTER_OWNED);

  private final Backends backends;
  private final RequestBody bodies;
  private final CollageResponses responses;

  public CollageEndpoints(
      Backends backends, Usernames usernames, RequestBody bodies, MediaUrls urls) {
    this.backends = backends;
    this.bodies = bodies;
    this.responses = new CollageResponses(usernames, urls);
  }

  @Get
  @Path("/collages")
  @Path("/collages/")
  @RequiredScopes("collages:read")
  @RateLimited(Category.ORG_READ)
  public CompletionStage<HttpResponse> list(ServiceRequestContext ctx) {
    ListCollagesRequest.Builder call =
        ListCollagesRequest.newBuilder()
            .setPageSize(Params.pageSize(ctx))
            .setPageToken(Params.bookmark(ctx))
            .setFilter(
                Params.choice(ctx, "filter", FILTERS.values()).orElse(Filter.FILTER_UNSPECIFIED));
    String owner = ctx.queryParam("owner_id");
    if (owner != null) call.setOwnerId(CollageIds.account("owner_id", owner));
    return Futures.toStage(backends.collages(ScopeCheck.caller(ctx)).listCollages(call.build()))
        .thenCompose(page -> responses.page(page.getCollagesList(), page.getNextPageToken()));
  }

  @Get
  @Path("/collages/{collage_id}")
  @Path("/collages/{collage_id}/")
  @RequiredScopes("collages:read")
  @RateLimited(Category.ORG_READ)
  public CompletionStage<HttpResponse> get(
      ServiceRequestContext ctx, @Param(CollageIds.COLLAGE_ID) String id) {
    GetCollageRequest.Builder call =
        GetCollageRequest.newBuilder().setCollageId(CollageIds.collage(id));
    Params.count(ctx, CollageIds.REVISION).ifPresent(call::setRevision);
    return Futures.toStage(backends.collages(ScopeCheck.caller(ctx)).getCollage(call.build()))
        .thenCompose(collage -> responses.ok(ctx, collage));
  }

  @Patch
  @Path("/collages/{collage_id}")
  @Path("/collages/{collage_id}/")
  @RequiredScopes(
      value = {"collages:read", "collages:write"},
      userOnly = true)
  @RateLimited(Category.ORG_WRITE)
  public CompletionStage<HttpResponse> update(
      ServiceRequestContext ctx, @Param(CollageIds.COLLAGE_ID) String id, HttpRequest request) {
    Caller caller = ScopeCheck.caller(ctx);
    String collageId = CollageIds.collage(id);
    String etag = IfMatch.etag(ctx);
    return bodies
        .read(request, UpdateCollageBody::read)
        .thenApply(body -> body.toProto(collageId, etag, RequestKey.of(ctx, caller)))
        .thenCompose(call -> Futures.toStage(backends.collages(caller).updateCollage(call)))
        .thenCompose(collage -> responses.written(ctx, collage));
  }

  @Delete
  @Path("/collages/{collage_id}")
  @Path("/collages/{collage_id}/")
  @RequiredScopes(
      value = {"collages:read", "collages:write"},
      userOnly = true)
  @RateLimited(Category.ORG_WRITE)
  public CompletionStage<HttpResponse> delete(
      ServiceRequestContext ctx, @Param(CollageIds.COLLAGE_ID) String id) {
    DeleteCollageRequest call =
        DeleteCollageRequest.newBuilder()
            .setCollageId(CollageIds.collage(id))
            .setEtag(IfMatch.etag(ctx))
            .build();
    return Futures.toStage(backends.collages(ScopeCheck.caller(ctx)).deleteCollage(call))
        .thenApply(done -> Responses.empty());
  }

  @Post
  @Path("/collages/{collage_id}/restore")
  @Path("/collages/{collage_id}/restore/")
  @RequiredScopes(
      value = {"collages:read", "collages:write"},
      userOnly = true)
  @RateLimited(Category.ORG_WRITE)
  public CompletionStage<HttpResponse> restore(
      ServiceRequestContext ctx, @Param(CollageIds.COLLAGE_ID) String id) {
    UndeleteCollageRequest call =
        UndeleteCollageRequest.newBuilder().setCollageId(CollageIds.collage(id)).build();
    return Futures.toStage(backends.collages(ScopeCheck.caller(ctx)).undeleteCollage(call))
        .thenCompose(collage -> responses.written(ctx, collage));
  }
}
