// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.account;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.annotation.Get;
import com.linecorp.armeria.server.annotation.Path;
import dev.corkboard.access.v1.ListSigningKeysRequest;
import dev.corkboard.access.v1.ListSigningKeysResponse;
import dev.corkboard.access.v1.SigningKey;
import dev.corkboard.access.v1.SigningKeyServiceGrpc;
import dev.corkboard.access.v1.SigningKeyServiceGrpc.SigningKeyServiceFutureStub;
import dev.corkboard.edge.http.Responses;
import dev.corkboard.platform.client.Futures;
import io.grpc.Channel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Publishes the keys that verify access tokens, as a JSON Web Key Set (RFC 7517). */
public final class KeyEndpoints {
  /** Strangers may ask as often as they like: account-service is asked once in 5 seconds. */
  private static final Duration KEPT = Duration.ofSeconds(5);

  private final SigningKeyServiceFutureStub stub;
  private final AsyncLoadingCache<ListSigningKeysRequest, ListSigningKeysResponse> keys =
      Caffeine.newBuilder()
          .expireAfterWrite(KEPT)
          .executor(Runnable::run)
          .buildAsync((request, executor) -> load(request));

  public KeyEndpoints(Channel account) {
    this.stub = SigningKeyServiceGrpc.newFutureStub(account);
  }

  private CompletableFuture<ListSigningKeysResponse> load(ListSigningKeysRequest request) {
    return Futures.toStage(
            stub.withDeadlineAfter(KEPT.toSeconds(), TimeUnit.SECONDS).listSigningKeys(request))
        .toCompletableFuture();
  }

  @Get
  @Path("/.well-known/jwks.json")
  public CompletionStage<HttpResponse> keys(ServiceRequestContext ctx) {
    return keys.get(ListSigningKeysRequest.getDefaultInstance())
        .thenApply(
            published -> {
              ctx.setAdditionalResponseHeader(HttpHeaderNames.CACHE_CONTROL, "public, max-age=60");
              return jwks(published);
            });
  }

  private static HttpResponse jwks(ListSigningKeysResponse published) {
    return Responses.ok(
        json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("keys");
          for (SigningKey key : published.getSigningKeysList()) {
            json.writeRawValue(key.getPublicJwk());
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }
}
