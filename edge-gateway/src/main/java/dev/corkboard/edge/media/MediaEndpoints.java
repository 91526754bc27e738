// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.media;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.server.HttpStatusException;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.annotation.Get;
import com.linecorp.armeria.server.annotation.Head;
import com.linecorp.armeria.server.annotation.Param;
import com.linecorp.armeria.server.annotation.Path;
import dev.corkboard.edge.backend.Backends;
import dev.corkboard.edge.http.RequestIds;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.media.v1.MediaMetadata;
import dev.corkboard.media.v1.MediaServiceGrpc.MediaServiceStub;
import dev.corkboard.media.v1.ReadMediaRequest;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.server.Caller;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

/**
 * Serves the bytes of pictures to whoever knows the asset key. They never change, so they may be
 * kept for ever.
 */
public final class MediaEndpoints {
  private static final Pattern ASSET_KEY = Pattern.compile("[A-Za-z0-9_-]{22}");
  private static final Pattern RENDITION = Pattern.compile("[a-z0-9]{1,16}");
  private static final String FOR_EVER = "public, max-age=31536000, immutable";

  private final Backends backends;

  public MediaEndpoints(Backends backends) {
    this.backends = backends;
  }

  @Get
  @Path("/media/{asset_key}/{rendition}")
  public CompletionStage<HttpResponse> get(
      ServiceRequestContext ctx,
      @Param("asset_key") String key,
      @Param("rendition") String rendition) {
    ReadMediaRequest whole = rendition(key, rendition);
    RequestHeaders asked = ctx.request().headers();
    if (asked.contains(HttpHeaderNames.IF_NONE_MATCH) || asked.contains(HttpHeaderNames.RANGE)) {
      return metadata(ctx, whole).thenCompose(found -> conditional(ctx, whole, found));
    }
    return MediaDownload.open(media(ctx), whole, found -> full(found).build());
  }

  @Head
  @Path("/media/{asset_key}/{rendition}")
  public CompletionStage<HttpResponse> head(
      ServiceRequestContext ctx,
      @Param("asset_key") String key,
      @Param("rendition") String rendition) {
    return metadata(ctx, rendition(key, rendition))
        .thenApply(
            found ->
                HttpResponse.of(notModified(ctx, found) ? unchanged(found) : full(found).build()));
  }

  private CompletionStage<HttpResponse> conditional(
      ServiceRequestContext ctx, ReadMediaRequest whole, MediaMetadata found) {
    if (notModified(ctx, found)) {
      return CompletableFuture.completedStage(HttpResponse.of(unchanged(found)));
    }
    Optional<ByteRange> range = range(ctx.request().headers(), found);
    if (range.isEmpty()) return MediaDownload.open(media(ctx), whole, now -> full(now).build());
    if (!range.get().satisfiable()) {
      ctx.setAdditionalResponseHeader(
          HttpHeaderNames.CONTENT_RANGE, range.get().contentRange(found.getSizeBytes()));
      throw HttpStatusException.of(HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE);
    }
    ReadMediaRequest part =
        whole.toBuilder().setOffset(range.get().offset()).setLimit(range.get().length()).build();
    return MediaDownload.open(media(ctx), part, now -> partial(now, range.get()));
  }

  /** A range is for the version it was asked for: another one is sent whole (If-Range). */
  private static Optional<ByteRange> range(RequestHeaders asked, MediaMetadata found) {
    String ifRange = asked.get(HttpHeaderNames.IF_RANGE);
    if (ifRange != null && !ifRange.equals(etag(found))) return Optional.empty();
    return ByteRange.parse(asked.get(HttpHeaderNames.RANGE, ""), found.getSizeBytes());
  }

  private static boolean notModified(ServiceRequestContext ctx, MediaMetadata found) {
    String known = ctx.request().headers().get(HttpHeaderNames.IF_NONE_MATCH, "");
    return known.strip().equals("*") || known.contains(etag(found));
  }

  private CompletionStage<MediaMetadata> metadata(
      ServiceRequestContext ctx, ReadMediaRequest whole) {
    return MediaDownload.metadata(media(ctx), whole.toBuilder().setLimit(-1).build());
  }

  private MediaServiceStub media(ServiceRequestContext ctx) {
    return backends.media(Caller.anonymous(RequestIds.of(ctx)));
  }

  private static ReadMediaRequest rendition(String key, String rendition) {
    if (!ASSET_KEY.matcher(key).matches() || !RENDITION.matcher(rendition).matches()) {
      throw ApiException.notFound(
          ErrorReason.ERROR_REASON_MEDIA_NOT_FOUND, "asset_key", "not an asset key");
    }
    return ReadMediaRequest.newBuilder().setAssetKey(key).setRendition(rendition).build();
  }

  private static String etag(MediaMetadata found) {
    return '"' + found.getEtag() + '"';
  }

  private static ResponseHeaders unchanged(MediaMetadata found) {
    return kept(HttpStatus.NOT_MODIFIED, found).build();
  }

  private static ResponseHeadersBuilder full(MediaMetadata found) {
    return described(HttpStatus.OK, found).contentLength(found.getSizeBytes());
  }

  private static ResponseHeaders partial(MediaMetadata found, ByteRange range) {
    return described(HttpStatus.PARTIAL_CONTENT, found)
        .contentLength(range.length())
        .set(HttpHeaderNames.CONTENT_RANGE, range.contentRange(found.getSizeBytes()))
        .build();
  }

  /** A picture is shown, never run: a browser that takes it for a page gets an empty sandbox. */
  private static ResponseHeadersBuilder described(HttpStatus status, MediaMetadata found) {
    return kept(status, found)
        .set(HttpHeaderNames.CONTENT_TYPE, found.getContentType())
        .set(HttpHeaderNames.ACCEPT_RANGES, "bytes")
        .set(HttpHeaderNames.CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox");
  }

  private static ResponseHeadersBuilder kept(HttpStatus status, MediaMetadata found) {
    return ResponseHeaders.builder(status)
        .set(HttpHeaderNames.ETAG, etag(found))
        .set(HttpHeaderNames.CACHE_CONTROL, FOR_EVER);
  }
}
