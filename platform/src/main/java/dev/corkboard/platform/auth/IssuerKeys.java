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
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The own issuer's keys, read from account-service, at most once in 5 seconds. */
public final class IssuerKeys implements KeySource {
  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final Duration AFTER_FAILURE = Duration.ofMillis(200);

  private final KeyCache<ECKey> keys;

  public IssuerKeys(Channel channel, Clock clock) {
    SigningKeyServiceGrpc.SigningKeyServiceFutureStub stub =
        SigningKeyServiceGrpc.newFutureStub(channel);
    this.keys =
        new KeyCache<>(
            () ->
                Futures.toStage(stub.listSigningKeys(ListSigningKeysRequest.getDefaultInstance()))
                    .thenApply(IssuerKeys::parse),
            INTERVAL,
            AFTER_FAILURE,
            clock);
  }

  @Override
  public CompletionStage<Optional<ECKey>> find(String keyId) {
    return keys.find(keyId);
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
