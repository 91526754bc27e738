// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.testing;

import com.google.protobuf.util.Timestamps;
import dev.corkboard.oauth.v1.ExchangeTokenRequest;
import dev.corkboard.oauth.v1.ExchangeTokenResponse;
import dev.corkboard.oauth.v1.TokenExchangeServiceGrpc.TokenExchangeServiceImplBase;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.server.Unary;
import io.grpc.stub.StreamObserver;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Exchanges the tokens it was told of, refuses others, or does not know its issuer's keys. */
public final class FakeExchange extends TokenExchangeServiceImplBase {
  private record Internal(String token, Instant expire) {}

  private final Map<String, Internal> known = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile CompletableFuture<Void> gate = CompletableFuture.completedFuture(null);

  /** Accepts an external token. */
  public void put(String external, String internal, Instant expire) {
    known.put(external, new Internal(internal, expire));
  }

  /** Answers when, and as, this does. */
  public void waitFor(CompletableFuture<Void> answer) {
    gate = answer;
  }

  /** The external tokens it was asked to exchange. */
  public List<String> asked() {
    return asked;
  }

  @Override
  public void exchangeToken(
      ExchangeTokenRequest request, StreamObserver<ExchangeTokenResponse> observer) {
    asked.add(request.getSubjectToken());
    Unary.reply(observer, () -> gate.thenApply(open -> answer(request.getSubjectToken())));
  }

  private ExchangeTokenResponse answer(String external) {
    Internal internal = known.get(external);
    if (internal == null) throw ApiException.invalidCredentials();
    return ExchangeTokenResponse.newBuilder()
        .setAccessToken(internal.token())
        .setExpireTime(Timestamps.fromMillis(internal.expire().toEpochMilli()))
        .build();
  }
}
