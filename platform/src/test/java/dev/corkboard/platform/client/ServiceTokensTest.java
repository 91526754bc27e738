// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import dev.corkboard.platform.auth.AuthInterceptor;
import dev.corkboard.platform.testing.TestClock;
import dev.corkboard.platform.testing.TestTokens;
import io.grpc.CallCredentials;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ServiceTokensTest {
  private final TestTokens keys = new TestTokens();
  private final TestClock clock = new TestClock();
  private final ServiceTokens tokens = new ServiceTokens(keys.identity("pin"), clock);

  private static String sent(CallCredentials credentials, Metadata.Key<String> key) {
    AtomicReference<Metadata> headers = new AtomicReference<>();
    credentials.applyRequestMetadata(
        null,
        Runnable::run,
        new CallCredentials.MetadataApplier() {
          @Override
          public void apply(Metadata metadata) {
            headers.set(metadata);
          }

          @Override
          public void fail(Status status) {
            throw status.asRuntimeException();
          }
        });
    return headers.get().get(key);
  }

  private String bearer(String actor, Set<String> scopes) {
    String header =
        sent(tokens.credentials("board", actor, scopes, "rid"), AuthInterceptor.AUTHORIZATION);
    assertThat(header).startsWith("Bearer ");
    return header.substring(7);
  }

  @Test
  void carriesTheActorAndItsScopes() {
    var principal =
        keys.verifier("board").verifyService(bearer("7", Set.of("pins:write", "pins:read")));
    assertThat(principal.accountId()).isEqualTo("7");
    assertThat(principal.scopes()).containsExactlyInAnyOrder("pins:write", "pins:read");
    assertThat(principal.service()).contains("pin");
  }

  @Test
  void livesAMinute() throws Exception {
    var claims = SignedJWT.parse(bearer("7", Set.of())).getJWTClaimsSet();
    assertThat(claims.getExpirationTime().toInstant())
        .isEqualTo(claims.getIssueTime().toInstant().plusSeconds(60));
  }

  @Test
  void credentialsThatAStubKeepsSendGoodTokensForEver() throws Exception {
    CallCredentials kept = tokens.credentials("account");
    for (int minute = 0; minute < 60; minute++) {
      var claims =
          SignedJWT.parse(sent(kept, AuthInterceptor.AUTHORIZATION).substring(7)).getJWTClaimsSet();
      assertThat(claims.getExpirationTime().toInstant()).isAfter(clock.instant());
      clock.advanceSeconds(60);
    }
    assertThat(sent(kept, AuthInterceptor.REQUEST_ID))
        .isNotEqualTo(sent(kept, AuthInterceptor.REQUEST_ID));
  }

  @Test
  void isSignedOnceForTheSamePurpose() {
    assertThat(bearer("7", Set.of())).isEqualTo(bearer("7", Set.of()));
    assertThat(bearer("7", Set.of())).isNotEqualTo(bearer("8", Set.of()));
    assertThat(bearer("7", Set.of())).isNotEqualTo(bearer("7", Set.of("pins:read")));
  }

  @Test
  void sendsTheRequestIdAlong() {
    assertThat(
            sent(tokens.credentials("board", "7", Set.of(), "rid-1"), AuthInterceptor.REQUEST_ID))
        .isEqualTo("rid-1");
  }
}
