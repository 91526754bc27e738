// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.pin;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
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
import dev.corkboard.edge.media.PictureUpload;
import dev.corkboard.pin.v1.ImageSource;
import dev.corkboard.pin.v1.Pin;
import dev.corkboard.platform.client.Futures;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.error.ApiException.Violation;
import dev.corkboard.platform.server.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** {@code POST /pins}: apart from the other operations because its body may hold pictures. */
public final class PinCreation {
  private final Backends backends;
  private final RequestBody bodies;
  private final PinResponses responses;

  public PinCreation(Backends backends, Usernames usernames, RequestBody bodies, MediaUrls urls) {
    this.backends = backends;
    this.bodies = bodies;
    this.responses = new PinResponses(usernames, urls);
  }

  @Post
  @Path("/pins")
  @Path("/pins/")
  @RequiredScopes({"boards:read", "boards:write", "pins:read", "pins:write"})
  @RateLimited(Category.ORG_WRITE)
  public CompletionStage<HttpResponse> create(ServiceRequestContext ctx, HttpRequest request) {
    Caller caller = ScopeCheck.caller(ctx);
    String requestKey = RequestKey.of(ctx, caller);
    return bodies
        .readLarge(ctx, request, CreatePinBody::read, body -> create(caller, body, requestKey))
        .thenCompose(pin -> responses.created(pin, caller));
  }

  private CompletionStage<Pin> create(Caller caller, CreatePinBody body, String requestKey) {
    return images(caller, body.media().pictures())
        .thenCompose(
            images ->
                Futures.toStage(
                    backends.pinCreation(caller).createPin(body.toProto(images, requestKey))))
        .handle(
            (pin, failure) -> {
              if (failure != null)
                throw inPicture(ApiException.from(failure), body.media().pictures());
              return pin;
            });
  }

  /** One picture after the other: a request takes one place in the decoder's queue. */
  private CompletionStage<List<ImageSource>> images(Caller caller, List<Picture> pictures) {
    CompletionStage<List<ImageSource>> done =
        CompletableFuture.completedStage(new ArrayList<>(pictures.size()));
    for (Picture picture : pictures) {
      done =
          done.thenCompose(
              images ->
                  image(caller, picture)
                      .thenApply(
                          image -> {
                            images.add(image);
                            return images;
                          }));
    }
    return done;
  }

  private CompletionStage<ImageSource> image(Caller caller, Picture picture) {
    if (picture.data() == null) return CompletableFuture.completedStage(picture.words());
    return PictureUpload.send(backends.media(caller), picture.data())
        .thenApply(image -> picture.uploaded(image.getAssetKey()));
  }

  /** The service counts pictures, but the contract has an index only in carousels. */
  private static ApiException inPicture(ApiException failure, List<Picture> pictures) {
    if (pictures.size() != 1 || failure.violations().size() != 1) return failure;
    Violation only = failure.violations().get(0);
    return only.field().startsWith("images")
        ? ApiException.invalid(failure.reason(), pictures.get(0).field(), only.description())
        : failure;
  }
}
