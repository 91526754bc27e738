// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.media;

import com.google.protobuf.ByteString;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.annotation.Path;
import com.linecorp.armeria.server.annotation.Post;
import dev.corkboard.edge.backend.Backends;
import dev.corkboard.edge.http.RequiredScopes;
import dev.corkboard.edge.http.Responses;
import dev.corkboard.edge.http.RestException;
import dev.corkboard.edge.http.ScopeCheck;
import dev.corkboard.edge.limit.Category;
import dev.corkboard.edge.limit.RateLimited;
import dev.corkboard.media.v1.Image;
import dev.corkboard.media.v1.UploadMediaRequest;
import dev.corkboard.platform.error.ApiException;
import io.grpc.Status.Code;
import java.util.concurrent.CompletionStage;

/** Takes the bytes of pictures that are then named by their asset key. */
public final class UploadEndpoints {
  /** The most bytes that a picture may have. */
  public static final long MAX_PICTURE = 20 << 20;

  private final Backends backends;
  private final ImageJson json;

  public UploadEndpoints(Backends backends, MediaUrls urls) {
    this.backends = backends;
    this.json = new ImageJson(urls);
  }

  @Post
  @Path("/uploads")
  @Path("/uploads/")
  @RequiredScopes({"pins:read", "pins:write"})
  @RateLimited(Category.ORG_WRITE)
  public CompletionStage<HttpResponse> upload(ServiceRequestContext ctx, HttpRequest request) {
    requireImage(request);
    return Upload.<UploadMediaRequest, Image>send(
            backends.media(ScopeCheck.caller(ctx))::uploadMedia,
            UploadEndpoints::message,
            request.split().body())
        .handle(
            (image, failure) -> {
              if (failure != null) throw inBody(ApiException.from(failure));
              return Responses.created(out -> json.write(out, image));
            });
  }

  private static UploadMediaRequest message(ByteString chunk) {
    return UploadMediaRequest.newBuilder().setChunk(chunk).build();
  }

  private static void requireImage(HttpRequest request) {
    MediaType type = request.contentType();
    boolean image = type != null && type.type().equals("image");
    if (!image || request.headers().contains(HttpHeaderNames.CONTENT_ENCODING)) {
      HttpStatus status = HttpStatus.UNSUPPORTED_MEDIA_TYPE;
      throw new RestException(status, status.code(), "The body must be an image, and not packed.");
    }
  }

  /** A fault of the bytes is a fault of the body. */
  private static ApiException inBody(ApiException failure) {
    return failure.code() == Code.INVALID_ARGUMENT
        ? ApiException.invalid(failure.reason(), "body", failure.getMessage())
        : failure;
  }
}
