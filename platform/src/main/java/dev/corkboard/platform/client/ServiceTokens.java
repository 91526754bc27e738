// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.client;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.corkboard.platform.auth.Jwts;
import dev.corkboard.platform.auth.ServiceIdentity;
import dev.corkboard.platform.server.Caller;
import io.grpc.CallCredentials;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Makes the tokens by which this service calls another in its own name: signed with its own key,
 * for one callee, good for 60 seconds, naming the account it works for and that account's scopes.
 */
public final class ServiceTokens {
  static final Duration LIFE = Duration.ofSeconds(60);

  private final ServiceIdentity self;
  private final Clock clock;

  /** Signing costs more than the call it pays for; a token serves for half its life. */
  private final Cache<Purpose, String> fresh;

  private record Purpose(String audience, String actorId, Set<String> scopes) {}

  public ServiceTokens(ServiceIdentity self, Clock clock) {
    this.self = self;
    this.clock = clock;
    this.fresh =
        Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(LIFE.dividedBy(2))
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .build();
  }

  /**
   * Credentials for work in the name of an account; {@code actorId} empty for nobody's. Each call
   * gets a token that is good then, so a stub may keep them.
   */
  public CallCredentials credentials(
      String audience, String actorId, Set<String> scopes, String requestId) {
    return credentials(new Purpose(audience, actorId, Set.copyOf(scopes)), () -> requestId);
  }

  /** Credentials for what a live caller waits for. */
  public CallCredentials credentials(String audience, Caller caller) {
    Purpose purpose = new Purpose(audience, caller.accountId(), Set.copyOf(caller.scopes()));
    return new Bearer(() -> fresh.get(purpose, this::issue), caller::requestId, caller.deadline());
  }

  /** Credentials for work that belongs to nobody, such as following a change log. */
  public CallCredentials credentials(String audience) {
    return credentials(new Purpose(audience, "", Set.of()), () -> UUID.randomUUID().toString());
  }

  private CallCredentials credentials(Purpose purpose, Supplier<String> requestId) {
    return new Bearer(() -> fresh.get(purpose, this::issue), requestId, Optional.empty());
  }

  private String issue(Purpose purpose) {
    Instant now = clock.instant();
    return Jwts.sign(
        self.key(),
        Jwts.SERVICE,
        new JWTClaimsSet.Builder()
            .issuer(self.name())
            .audience(purpose.audience())
            .subject(purpose.actorId())
            .claim("scope", String.join(" ", new TreeSet<>(purpose.scopes())))
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(LIFE)))
            .build());
  }
}
