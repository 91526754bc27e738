// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.auth;

import com.nimbusds.jose.jwk.ECKey;
import dev.corkboard.access.v1.ListSigningKeysRequest;
import dev.corkboard.access.v1.ListSigningKeysResponse;
import dev.corkboard.access.v1.SigningKey;
import dev.corkboard.access.v1.SigningKeyServiceGrpc;
import dev.corkboard.platform.client.Futures;
import dev.corkboard.platform.error.ApiException;
import io.grpc.Channel;
import io.grpc.Context;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The issuer's keys, read from account-service and kept: an outage of it fails no call whose key is
 * known. An unknown key id asks again, at most once in 5 seconds however many tokens name one.
 */
public final class IssuerKeys implements KeySource {
  static final Duration MIN_INTERVAL = Duration.ofSeconds(5);
  private static final Duration AFTER_FAILURE = Duration.ofMillis(200);

  private final SigningKeyServiceGrpc.SigningKeyServiceFutureStub stub;
  private final Clock clock;
  private volatile Map<String, ECKey> keys = Map.of();
  private CompletableFuture<Map<String, ECKey>> reading;
  private Instant notBefore = Instant.MIN;

  public IssuerKeys(Channel channel, Clock clock) {
    this.stub = SigningKeyServiceGrpc.newFutureStub(channel);
    this.clock = clock;
  }

  @Override
  public CompletionStage<Optional<ECKey>> find(String keyId) {
    ECKey known = keys.get(keyId);
    if (known != null) return CompletableFuture.completedStage(Optional.of(known));
    return refresh().thenApply(fresh -> Optional.ofNullable(fresh.get(keyId)));
  }

  private synchronized CompletionStage<Map<String, ECKey>> refresh() {
    if (reading != null) return reading;
    if (clock.instant().isBefore(notBefore)) {
      return keys.isEmpty()
          ? CompletableFuture.failedStage(unreachable(null))
          : CompletableFuture.completedStage(keys);
    }
    CompletableFuture<Map<String, ECKey>> result = new CompletableFuture<>();
    reading = result;
    // Many callers wait for this: the deadline or end of the one that asked first is not theirs.
    Context.ROOT.run(
        () ->
            Futures.toStage(stub.listSigningKeys(ListSigningKeysRequest.getDefaultInstance()))
                .thenApply(IssuerKeys::parse)
                .whenComplete((fresh, failure) -> finish(result, fresh, failure)));
    return result;
  }

  private void finish(
      CompletableFuture<Map<String, ECKey>> result, Map<String, ECKey> fresh, Throwable failure) {
    synchronized (this) {
      reading = null;
      notBefore = clock.instant().plus(failure == null ? MIN_INTERVAL : AFTER_FAILURE);
      if (failure == null) keys = fresh;
    }
    if (failure == null) {
      result.complete(fresh);
    } else {
      result.completeExceptionally(unreachable(failure));
    }
  }

  private static ApiException unreachable(Throwable cause) {
    return ApiException.unavailable("The keys of the token issuer cannot be read.", cause);
  }

  private static Map<String, ECKey> parse(ListSigningKeysResponse response) {
    Map<String, ECKey> parsed = new HashMap<>();
    for (SigningKey key : response.getSigningKeysList()) {
      try {
        parsed.put(key.getId(), ECKey.parse(key.getPublicJwk()));
      } catch (ParseException e) {
        throw ApiException.internal(e);
      }
    }
    return Map.copyOf(parsed);
  }
}
