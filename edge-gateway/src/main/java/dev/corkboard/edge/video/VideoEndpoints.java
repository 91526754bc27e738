// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.video;

import com.fasterxml.jackson.core.JsonGenerator;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.annotation.Get;
import com.linecorp.armeria.server.annotation.Param;
import com.linecorp.armeria.server.annotation.Path;
import com.linecorp.armeria.server.annotation.Post;
import dev.corkboard.edge.backend.Backends;
import dev.corkboard.edge.http.Params;
import dev.corkboard.edge.http.RequestBody;
import dev.corkboard.edge.http.RequiredScopes;
import dev.corkboard.edge.http.Responses;
import dev.corkboard.edge.http.ScopeCheck;
import dev.corkboard.edge.json.Ids;
import dev.corkboard.edge.limit.Category;
import dev.corkboard.edge.limit.RateLimited;
import dev.corkboard.edge.media.MediaUrls;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.media.v1.CreateVideoRequest;
import dev.corkboard.media.v1.CreateVideoResponse;
import dev.corkboard.media.v1.GetVideoRequest;
import dev.corkboard.media.v1.ListVideosRequest;
import dev.corkboard.platform.client.Futures;
import java.io.IOException;
import java.util.concurrent.CompletionStage;

/** Registers videos and says how far they have come; the contract calls them media. */
public final class VideoEndpoints {
  private static final String MEDIA_ID = "media_id";

  private final Backends backends;
  private final RequestBody bodies;
  private final MediaUrls urls;

  public VideoEndpoints(Backends backends, RequestBody bodies, MediaUrls urls) {
    this.backends = backends;
    this.bodies = bodies;
    this.urls = urls;
  }

  @Post
  @Path("/media")
  @Path("/media/")
  @RequiredScopes(
      value = {"pins:read", "pins:write"},
      userOnly = true)
  @RateLimited(Category.ORG_WRITE)
  public CompletionStage<HttpResponse> create(ServiceRequestContext ctx, HttpRequest request) {
    return bodies
        .read(request, CreateVideoBody::read)
        .thenCompose(
            video ->
                Futures.toStage(
                    backends
                        .videos(ScopeCheck.caller(ctx))
                        .createVideo(CreateVideoRequest.getDefaultInstance())))
        .thenApply(registered -> Responses.created(json -> write(json, registered)));
  }

  /** The parameters go into the form, the file after them. */
  private void write(JsonGenerator json, CreateVideoResponse registered) throws IOException {
    json.writeStartObject();
    json.writeStringField(MEDIA_ID, registered.getVideo().getId());
    json.writeStringField("media_type", Media.TYPE);
    json.writeStringField("upload_url", urls.videoUploads());
    json.writeObjectFieldStart("upload_parameters");
    json.writeStringField("Content-Type", "multipart/form-data");
    json.writeStringField(UploadForm.KEY, registered.getUploadKey());
    json.writeEndObject();
    json.writeEndObject();
  }

  @Get
  @Path("/media")
  @Path("/media/")
  @RequiredScopes(value = "pins:read", userOnly = true)
  @RateLimited(Category.ORG_READ)
  public CompletionStage<HttpResponse> list(ServiceRequestContext ctx) {
    ListVideosRequest call =
        ListVideosRequest.newBuilder()
            .setPageSize(Params.pageSize(ctx))
            .setPageToken(Params.bookmark(ctx))
            .build();
    return Futures.toStage(backends.videos(ScopeCheck.caller(ctx)).listVideos(call))
        .thenApply(
            page -> Responses.page(page.getVideosList(), page.getNextPageToken(), Media::write));
  }

  @Get
  @Path("/media/{media_id}")
  @Path("/media/{media_id}/")
  @RequiredScopes(value = "pins:read", userOnly = true)
  @RateLimited(Category.ORG_READ)
  public CompletionStage<HttpResponse> get(
      ServiceRequestContext ctx, @Param(MEDIA_ID) String media) {
    GetVideoRequest call =
        GetVideoRequest.newBuilder()
            .setVideoId(Ids.check(MEDIA_ID, media, ErrorReason.ERROR_REASON_MEDIA_NOT_FOUND))
            .build();
    return Futures.toStage(backends.videos(ScopeCheck.caller(ctx)).getVideo(call))
        .thenApply(video -> Responses.ok(json -> Media.write(json, video)));
  }
}
