// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.collage;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.annotation.Get;
import com.linecorp.armeria.server.annotation.Param;
import com.linecorp.armeria.server.annotation.Path;
import com.linecorp.armeria.server.annotation.Post;
import dev.corkboard.collage.v1.ListPinCollagesRequest;
import dev.corkboard.collage.v1.ListRemixesRequest;
import dev.corkboard.collage.v1.RemixCollageRequest;
import dev.corkboard.collage.v1.UnpublishCollageRequest;
import dev.corkboard.edge.backend.Backends;
import dev.corkboard.edge.backend.Usernames;
import dev.corkboard.edge.http.Params;
import dev.corkboard.edge.http.RequestBody;
import dev.corkboard.edge.http.RequestKey;
import dev.corkboard.edge.http.RequiredScopes;
import dev.corkboard.edge.http.ScopeCheck;
import dev.corkboard.edge.limit.Category;
import dev.corkboard.edge.limit.RateLimited;
import dev.corkboard.edge.media.MediaUrls;
import dev.corkboard.platform.client.Futures;
import dev.corkboard.platform.server.Caller;
import java.util.concurrent.CompletionStage;

/** Pins made of collages, collages made of collages, and collages made of Pins. */
public final class PublishingEndpoints {
  private final Backends backends;
  private final RequestBody bodies;
  private final CollageResponses responses;

  public PublishingEndpoints(
      Backends backends, Usernames usernames, RequestBody bodies, MediaUrls urls) {
    this.backends = backends;
    this.bodies = bodies;
    this.responses = new CollageResponses(usernames, urls);
  }

  @Post
  @Path("/collages/{collage_id}/publish")
  @Path("/collages/{collage_id}/publish/")
  @RequiredScopes(
      value = {
        "boards:read",
        "boards:write",
        "collages:read",
        "collages:write",
        "pins:read",
        "pins:write"
      },
      userOnly = true)
  @RateLimited(Category.ORG_WRITE)
  public CompletionStage<HttpResponse> publish(
      ServiceRequestContext ctx, @Param(CollageIds.COLLAGE_ID) String id, HttpRequest request) {
    Caller caller = ScopeCheck.caller(ctx);
    String collageId = CollageIds.collage(id);
    return bodies
        .read(request, PublishBody::read)
        .thenApply(body -> body.toProto(collageId))
        .thenCompose(call -> Futures.toStage(backends.publication(caller).publishCollage(call)))
        .thenCompose(collage -> responses.written(ctx, collage));
  }

  @Post
  @Path("/collages/{collage_id}/unpublish")
  @Path("/collages/{collage_id}/unpublish/")
  @RequiredScopes(
      value = {
        "boards:read",
        "boards:write",
        "collages:read",
        "collages:write",
        "pins:read",
        "pins:write"
      },
      userOnly = true)
  @RateLimited(Category.ORG_WRITE)
  public CompletionStage<HttpResponse> unpublish(
      ServiceRequestContext ctx, @Param(CollageIds.COLLAGE_ID) String id) {
    UnpublishCollageRequest call =
        UnpublishCollageRequest.newBuilder().setCollageId(CollageIds.collage(id)).build();
    return Futures.toStage(backends.publication(ScopeCheck.caller(ctx)).unpublishCollage(call))
        .thenCompose(collage -> responses.written(ctx, collage));
  }

  @Post
  @Path("/collages/{collage_id}/remix")
  @Path("/collages/{collage_id}/remix/")
  @RequiredScopes(
      value = {"collages:read", "collages:write"},
      userOnly = true)
  @RateLimited(Category.ORG_WRITE)
  public CompletionStage<HttpResponse> remix(
      ServiceRequestContext ctx, @Param(CollageIds.COLLAGE_ID) String id) {
    Caller caller = ScopeCheck.caller(ctx);
    RemixCollageRequest call =
        RemixCollageRequest.newBuilder()
            .setCollageId(CollageIds.collage(id))
            .setRequestId(RequestKey.of(ctx, caller))
            .build();
    return Futures.toStage(backends.publication(caller).remixCollage(call))
        .thenCompose(collage -> responses.created(ctx, collage));
  }

  @Get
  @Path("/collages/{collage_id}/remixes")
  @Path("/collages/{collage_id}/remixes/")
  @RequiredScopes("collages:read")
  @RateLimited(Category.ORG_READ)
  public CompletionStage<HttpResponse> remixes(
      ServiceRequestContext ctx, @Param(CollageIds.COLLAGE_ID) String id) {
    ListRemixesRequest call =
        ListRemixesRequest.newBuilder()
            .setCollageId(CollageIds.collage(id))
            .setPageSize(Params.pageSize(ctx))
            .setPageToken(Params.bookmark(ctx))
            .build();
    return Futures.toStage(backends.publishing(ScopeCheck.caller(ctx)).listRemixes(call))
        .thenCompose(page -> responses.page(page.getCollagesList(), page.getNextPageToken()));
  }

  @Get
  @Path("/pins/{pin_id}/collages")
  @Path("/pins/{pin_id}/collages/")
  @RequiredScopes({"boards:read", "collages:read", "pins:read"})
  @RateLimited(Category.ORG_READ)
  public CompletionStage<HttpResponse> ofPin(
      ServiceRequestContext ctx, @Param("pin_id") String pin) {
    ListPinCollagesRequest call =
        ListPinCollagesRequest.newBuilder()
            .setPinId(CollageIds.pin(pin))
            .setPageSize(Params.pageSize(ctx))
            .setPageToken(Params.bookmark(ctx))
            .build();
    return Futures.toStage(backends.publishing(ScopeCheck.caller(ctx)).listPinCollages(call))
        .thenCompose(page -> responses.page(page.getCollagesList(), page.getNextPageToken()));
  }
}
