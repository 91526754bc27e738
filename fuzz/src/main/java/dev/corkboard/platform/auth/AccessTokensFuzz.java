// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.auth;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.error.ApiException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Access and service tokens: none is good but what the issuer signed, unchanged. */
public final class AccessTokensFuzz {
  private static final String ISSUER = "fuzz";
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final ECKey KEY = key("1");
  private static final String TOKEN =
      Jwts.sign(
          KEY,
          Jwts.ACCESS,
          new JWTClaimsSet.Builder()
              .issuer(ISSUER)
              .audience(TokenVerifier.AUDIENCE)
              .subject("7")
              .claim("scope", "boards:read")
              .jwtID("1")
              .issueTime(Date.from(NOW))
              .expirationTime(Date.from(NOW.plusSeconds(60)))
              .build());
  private static final TokenVerifier VERIFIER =
      new TokenVerifier(
          ISSUER,
          id ->
              CompletableFuture.completedStage(
                  Optional.of(KEY.toPublicJWK()).filter(key -> key.getKeyID().equals(id))),
          Revocations.NONE,
          new ServiceIdentity("pin", key("pin"), new JWKSet(KEY.toPublicJWK())),
          Clock.fixed(NOW, ZoneOffset.UTC));

  private AccessTokensFuzz() {}

  private static ECKey key(String id) {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(FuzzedDataProvider data) {
    if (!isGood(TOKEN)) throw new AssertionError("a good token was refused");
    int from = data.consumeInt(0, TOKEN.length());
    int to = data.consumeInt(from, TOKEN.length());
    String changed = TOKEN.substring(0, from) + data.consumeString(40) + TOKEN.substring(to);
    if (!changed.equals(TOKEN) && isGood(changed)) {
      throw new AssertionError("a changed token was taken: " + changed);
    }
    String made = data.consumeRemainingAsString();
    if (isGood(made) || isService(made)) throw new AssertionError("a made-up token was taken");
  }

  private static boolean isGood(String token) {
    try {
      VERIFIER.verifyAccess(token).toCompletableFuture().join();
      return true;
    } catch (CompletionException failure) {
      return refused(ApiException.from(failure.getCause()));
    }
  }

  private static boolean isService(String token) {
    try {
      VERIFIER.verifyService(token);
      return true;
    } catch (ApiException failure) {
      return refused(failure);
    }
  }

  private static boolean refused(ApiException failure) {
    if (failure.reason() != ErrorReason.ERROR_REASON_UNAUTHENTICATED) throw failure;
    return false;
  }
}
