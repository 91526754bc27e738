// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.collage;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpObject;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.annotation.Get;
import com.linecorp.armeria.server.annotation.Param;
import com.linecorp.armeria.server.annotation.Path;
import dev.corkboard.collage.v1.RenderCollageRequest;
import dev.corkboard.collage.v1.RenderFormat;
import dev.corkboard.collage.v1.RenderMetadata;
import dev.corkboard.collage.v1.RenderReplayRequest;
import dev.corkboard.collage.v1.RenderResponse;
import dev.corkboard.collage.v1.RenderSize;
import dev.corkboard.edge.backend.Backends;
import dev.corkboard.edge.http.Params;
import dev.corkboard.edge.http.RequiredScopes;
import dev.corkboard.edge.http.ScopeCheck;
import dev.corkboard.edge.json.EnumNames;
import dev.corkboard.edge.limit.Category;
import dev.corkboard.edge.limit.RateLimited;
import dev.corkboard.edge.media.Download;
import java.util.concurrent.CompletionStage;

/** Drawings of collages. Who may see one may keep it, and must ask whether it is still the same. */
public final class RenderEndpoints {
  private static final EnumNames<RenderFormat> FORMATS =
      EnumNames.of(RenderFormat.class, "RENDER_FORMAT_", RenderFormat.RENDER_FORMAT_PNG);

  private static final EnumNames<RenderSize> SIZES =
      EnumNames.of(RenderSize.class, "RENDER_SIZE_", RenderSize.RENDER_SIZE_1X);

  private final Backends backends;

  public RenderEndpoints(Backends backends) {
    this.backends = backends;
  }

  @Get
  @Path("/collages/{collage_id}/render")
  @Path("/collages/{collage_id}/render/")
  @RequiredScopes("collages:read")
  @RateLimited(Category.ORG_READ)
  public CompletionStage<HttpResponse> render(
      ServiceRequestContext ctx, @Param(CollageIds.COLLAGE_ID) String id) {
    RenderCollageRequest.Builder call =
        RenderCollageRequest.newBuilder().setCollageId(CollageIds.collage(id));
    Params.count(ctx, CollageIds.REVISION).ifPresent(call::setRevision);
    Params.choice(ctx, "format", FORMATS.values()).ifPresent(call::setFormat);
    Params.choice(ctx, "size", SIZES.values()).ifPresent(call::setSize);
    Download<RenderCollageRequest, RenderResponse> download = download(ctx);
    backends.rendering(ScopeCheck.caller(ctx)).renderCollage(call.build(), download);
    return download.opened();
  }

  @Get
  @Path("/collages/{collage_id}/replay")
  @Path("/collages/{collage_id}/replay/")
  @RequiredScopes(value = "collages:read", userOnly = true)
  @RateLimited(Category.ORG_READ)
  public CompletionStage<HttpResponse> replay(
      ServiceRequestContext ctx, @Param(CollageIds.COLLAGE_ID) String id) {
    RenderReplayRequest call =
        RenderReplayRequest.newBuilder().setCollageId(CollageIds.collage(id)).build();
    Download<RenderReplayRequest, RenderResponse> download = download(ctx);
    backends.rendering(ScopeCheck.caller(ctx)).renderReplay(call, download);
    return download.opened();
  }

  private static <Q> Download<Q, RenderResponse> download(ServiceRequestContext ctx) {
    String known = ctx.request().headers().get(HttpHeaderNames.IF_NONE_MATCH, "");
    return new Download<Q, RenderResponse>(message -> part(message, known)).endingWith(ctx);
  }

  private static HttpObject part(RenderResponse message, String known) {
    return switch (message.getDataCase()) {
      case METADATA -> headers(message.getMetadata(), known);
      case CHUNK -> Download.bytes(message.getChunk());
      case DATA_NOT_SET -> HttpData.empty();
    };
  }

  /** A drawing is shown, never run: an SVG that is taken for a page gets an empty sandbox. */
  private static ResponseHeaders headers(RenderMetadata drawn, String known) {
    String etag = '"' + drawn.getEtag() + '"';
    if (known.strip().equals("*") || known.contains(etag)) {
      return kept(HttpStatus.NOT_MODIFIED, etag).build();
    }
    return kept(HttpStatus.OK, etag)
        .contentLength(drawn.getSizeBytes())
        .set(HttpHeaderNames.CONTENT_TYPE, drawn.getContentType())
        .set(
            HttpHeaderNames.CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox")
        .set("x-collage-revision", Long.toString(drawn.getRevision()))
        .build();
  }

  private static ResponseHeadersBuilder kept(HttpStatus status, String etag) {
    return ResponseHeaders.builder(status)
        .set(HttpHeaderNames.ETAG, etag)
        .set(HttpHeaderNames.VARY, "authorization")
        .set(HttpHeaderNames.CACHE_CONTROL, "private, no-cache");
  }
}
