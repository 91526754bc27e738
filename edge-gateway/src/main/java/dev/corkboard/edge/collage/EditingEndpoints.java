// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.collage;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.annotation.Param;
import com.linecorp.armeria.server.annotation.Path;
import com.linecorp.armeria.server.annotation.Post;
import dev.corkboard.edge.backend.Backends;
import dev.corkboard.edge.backend.Usernames;
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

/**
 * Creating and editing collages: apart from the rest because bodies may be as large as documents.
 */
public final class EditingEndpoints {
  private final Backends backends;
  private final RequestBody bodies;
  private final CollageResponses responses;
  private final EditJson json;

  public EditingEndpoints(
      Backends backends, Usernames usernames, RequestBody bodies, MediaUrls urls) {
    this.backends = backends;
    this.bodies = bodies;
    this.responses = new CollageResponses(usernames, urls);
    this.json = new EditJson(urls);
  }

  @Post
  @Path("/collages")
  @Path("/collages/")
  @RequiredScopes(
      value = {"collages:read", "collages:write"},
      userOnly = true)
  @RateLimited(Category.ORG_WRITE)
  public CompletionStage<HttpResponse> create(ServiceRequestContext ctx, HttpRequest request) {
    Caller caller = ScopeCheck.caller(ctx);
    String requestKey = RequestKey.of(ctx, caller);
    return bodies
        .readLarge(
            ctx,
            request,
            CreateCollageBody::read,
            body ->
                Futures.toStage(
                    backends.collageCreation(caller).createCollage(body.toProto(requestKey))))
        .thenCompose(collage -> responses.created(ctx, collage));
  }

  @Post
  @Path("/collages/{collage_id}/edits")
  @Path("/collages/{collage_id}/edits/")
  @RequiredScopes(
      value = {"collages:read", "collages:write"},
      userOnly = true)
  @RateLimited(Category.ORG_WRITE)
  public CompletionStage<HttpResponse> edit(
      ServiceRequestContext ctx, @Param(CollageIds.COLLAGE_ID) String id, HttpRequest request) {
    Caller caller = ScopeCheck.caller(ctx);
    String collageId = CollageIds.collage(id);
    String requestKey = RequestKey.of(ctx, caller);
    return bodies
        .readLarge(
            ctx,
            request,
            EditsBody::read,
            body ->
                Futures.toStage(
                    backends
                        .editing(caller)
                        .batchUpdateCollage(body.toProto(collageId, requestKey))))
        .thenCompose(edit -> json.created(ctx, edit));
  }
}
