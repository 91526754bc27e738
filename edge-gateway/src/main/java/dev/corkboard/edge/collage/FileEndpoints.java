// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.collage;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.annotation.Get;
import com.linecorp.armeria.server.annotation.Param;
import com.linecorp.armeria.server.annotation.Path;
import com.linecorp.armeria.server.annotation.Post;
import dev.corkboard.collage.v1.Collage;
import dev.corkboard.collage.v1.GetCollageRequest;
import dev.corkboard.edge.backend.Backends;
import dev.corkboard.edge.backend.Usernames;
import dev.corkboard.edge.document.DocumentPictures;
import dev.corkboard.edge.http.Params;
import dev.corkboard.edge.http.RequestBody;
import dev.corkboard.edge.http.RequestIds;
import dev.corkboard.edge.http.RequestKey;
import dev.corkboard.edge.http.RequiredScopes;
import dev.corkboard.edge.http.ScopeCheck;
import dev.corkboard.edge.json.Base64Text;
import dev.corkboard.edge.limit.Category;
import dev.corkboard.edge.limit.RateLimited;
import dev.corkboard.edge.media.MediaUrls;
import dev.corkboard.edge.media.PictureUpload;
import dev.corkboard.platform.client.Futures;
import dev.corkboard.platform.server.Caller;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Collages as files, which hold their pictures: to keep, and to make collages of elsewhere. */
public final class FileEndpoints {
  private final Backends backends;
  private final RequestBody bodies;
  private final CollageResponses responses;
  private final CollageFile files;

  public FileEndpoints(Backends backends, Usernames usernames, RequestBody bodies, MediaUrls urls) {
    this.backends = backends;
    this.bodies = bodies.twiceAsLarge();
    this.responses = new CollageResponses(usernames, urls);
    this.files = new CollageFile(urls);
  }

  @Get
  @Path("/collages/{collage_id}/export")
  @Path("/collages/{collage_id}/export/")
  @RequiredScopes("collages:read")
  @RateLimited(Category.ORG_READ)
  public CompletionStage<HttpResponse> export(
      ServiceRequestContext ctx, @Param(CollageIds.COLLAGE_ID) String id) {
    GetCollageRequest.Builder call =
        GetCollageRequest.newBuilder().setCollageId(CollageIds.collage(id));
    Params.count(ctx, CollageIds.REVISION).ifPresent(call::setRevision);
    return Futures.toStage(backends.collages(ScopeCheck.caller(ctx)).getCollage(call.build()))
        .thenCompose(collage -> export(ctx, collage));
  }

  /** Pictures are read as everybody may who knows their asset keys. */
  private CompletionStage<HttpResponse> export(ServiceRequestContext ctx, Collage collage) {
    Caller anonymous = Caller.anonymous(RequestIds.of(ctx));
    return CompletableFuture.supplyAsync(
            () -> files.beginning(collage), LargeAnswers.executor(ctx, collage))
        .thenCompose(
            beginning ->
                ExportStream.open(
                    headers(collage),
                    beginning,
                    DocumentPictures.assetKeys(collage.getDocument()),
                    () -> backends.media(anonymous)));
  }

  private static ResponseHeaders headers(Collage collage) {
    return ResponseHeaders.builder(HttpStatus.OK)
        .contentType(MediaType.JSON)
        .set(
            HttpHeaderNames.CONTENT_DISPOSITION,
            "attachment; filename=\"collage-" + collage.getId() + ".json\"")
        .build();
  }

  @Post
  @Path("/collages/import")
  @Path("/collages/import/")
  @RequiredScopes(
      value = {"collages:read", "collages:write", "pins:read", "pins:write"},
      userOnly = true)
  @RateLimited(Category.ORG_WRITE)
  public CompletionStage<HttpResponse> create(ServiceRequestContext ctx, HttpRequest request) {
    Caller caller = ScopeCheck.caller(ctx);
    String requestKey = RequestKey.of(ctx, caller);
    return bodies
        .readLarge(ctx, request, ImportBody::read, body -> create(caller, body, requestKey))
        .thenCompose(collage -> responses.created(ctx, collage));
  }

  private CompletionStage<Collage> create(Caller caller, ImportBody body, String requestKey) {
    return uploaded(caller, body.pictures())
        .thenCompose(
            keys ->
                Futures.toStage(
                    backends
                        .collageCreation(caller)
                        .createCollage(body.toProto(keys, requestKey))));
  }

  /** One picture after the other: a request takes one place in the decoder's queue. */
  private CompletionStage<Map<String, String>> uploaded(
      Caller caller, Map<String, Base64Text> pictures) {
    CompletionStage<Map<String, String>> done = CompletableFuture.completedStage(new HashMap<>());
    for (Map.Entry<String, Base64Text> picture : pictures.entrySet()) {
      done =
          done.thenCompose(
              keys ->
                  PictureUpload.send(backends.media(caller), picture.getValue())
                      .thenApply(
                          image -> {
                            keys.put(picture.getKey(), image.getAssetKey());
                            return keys;
                          }));
    }
    return done;
  }
}
