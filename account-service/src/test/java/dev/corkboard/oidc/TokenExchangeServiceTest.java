// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.util.Timestamps;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.corkboard.account.Accounts;
import dev.corkboard.account.SignUp;
import dev.corkboard.account.TokenIssuer;
import dev.corkboard.account.v1.Account;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.oauth.v1.ExchangeTokenRequest;
import dev.corkboard.oauth.v1.ExchangeTokenResponse;
import dev.corkboard.oauth.v1.TokenExchangeServiceGrpc;
import dev.corkboard.oidc.IdentityStore.Identity;
import dev.corkboard.platform.auth.Principal;
import dev.corkboard.platform.auth.Revocations;
import dev.corkboard.platform.auth.TokenVerifier;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.id.IdGenerator;
import dev.corkboard.platform.id.Lease;
import dev.corkboard.platform.testing.GrpcExtension;
import dev.corkboard.platform.testing.TestClock;
import dev.corkboard.platform.testing.TestIssuer;
import io.grpc.CallCredentials;
import java.text.ParseException;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenExchangeServiceTest {
  private final TestIssuer external = new TestIssuer(JWSAlgorithm.ES256);
  private final TestClock clock = new TestClock();
  private final Accounts accounts = new Accounts();
  private final TokenIssuer issuer = accounts.issuer(clock);
  private final IdentityStore identities = new InMemoryIdentityStore();
  private final Discovery discovery = new Discovery(external.url());

  @RegisterExtension
  final GrpcExtension grpc =
      new GrpcExtension(
          "account",
          tokens ->
              List.of(
                  new TokenExchangeService(
                      external.url(),
                      new ExternalTokens(
                          external.config(), ExternalIssuer.keys(discovery, clock), clock),
                      identities,
                      new SignUp(accounts.store(), clock),
                      issuer,
                      new IdGenerator(() -> new Lease.Term(1, 0, Long.MAX_VALUE), clock),
                      clock)));

  @AfterEach
  void close() {
    discovery.close();
    external.close();
  }

  private ExchangeTokenResponse exchange(CallCredentials caller, String token) {
    return TokenExchangeServiceGrpc.newBlockingStub(grpc.channel())
        .withCallCredentials(caller)
        .exchangeToken(ExchangeTokenRequest.newBuilder().setSubjectToken(token).build());
  }

  private ExchangeTokenResponse exchange(String token) {
    return exchange(grpc.tokens().service("edge", "account", ""), token);
  }

  private Principal principal(ExchangeTokenResponse response) {
    return new TokenVerifier(
            "corkboard", issuer, Revocations.NONE, grpc.tokens().identity("board"), clock)
        .verifyAccess(response.getAccessToken())
        .toCompletableFuture()
        .join();
  }

  private Account account(String token) {
    String id = principal(exchange(token)).accountId();
    return accounts.store().get(id).toCompletableFuture().join().orElseThrow();
  }

  private static void assertFails(Runnable call, ErrorReason reason) {
    assertThatThrownBy(call::run)
        .satisfies(e -> assertThat(ApiException.from(e).reason()).isEqualTo(reason));
  }

  @Test
  void theFirstTokenMakesTheAccountAndTheNextOnesFindIt() {
    Account first = account(external.token("sub-1", "ann"));
    assertThat(first.getUsername()).isEqualTo("ann");
    assertThat(account(external.token("sub-1", "renamed"))).isEqualTo(first);
    assertThat(account(external.token("sub-2", "bob")).getId()).isNotEqualTo(first.getId());
  }

  @Test
  void theInternalTokenGrantsWhatTheExternalOneDoesOfOurs() {
    ExchangeTokenResponse response =
        exchange(external.token(external.claims("sub", "openid pins:read ads:read boards:read")));
    Principal principal = principal(response);
    assertThat(principal.scopes()).containsExactlyInAnyOrder("pins:read", "boards:read");
    assertThat(principal.appOnly()).isFalse();
    assertThat(Timestamps.toMillis(response.getExpireTime()))
        .isBetween(
            clock.instant().plusSeconds(280).toEpochMilli(),
            clock.instant().plusSeconds(301).toEpochMilli());
  }

  @Test
  void theInternalTokenLivesTenMinutesAtMostAndNoLongerThanTheExternalOne() throws ParseException {
    for (int seconds : new int[] {20, 3_600}) {
      JWTClaimsSet.Builder claims =
          external
              .claims("sub", "")
              .expirationTime(Date.from(clock.instant().plusSeconds(seconds)));
      String internal = exchange(external.token(claims)).getAccessToken();
      assertThat(SignedJWT.parse(internal).getJWTClaimsSet().getExpirationTime().toInstant())
          .isEqualTo(
              Date.from(clock.instant().plusSeconds(Math.min(seconds, 600)))
                  .toInstant()
                  .truncatedTo(java.time.temporal.ChronoUnit.SECONDS));
    }
  }

  @Test
  void anAppWithoutAPersonActsForItself() {
    Principal app = principal(exchange(external.token(external.claims("a-client", "pins:read"))));
    assertThat(app.appOnly()).isTrue();
  }

  @Test
  void aUsernameThatIsTakenGetsASuffixThatStays() {
    Account owner = accounts.create("carol");
    Account first = account(external.token("sub-1", "Carol"));
    Account second = account(external.token("sub-2", "carol"));
    assertThat(first.getId()).isNotEqualTo(owner.getId());
    assertThat(first.getUsername()).matches("Carol_[a-z2-7]{6}");
    assertThat(second.getUsername()).matches("carol_[a-z2-7]{6}");
    assertThat(second.getUsername()).isNotEqualToIgnoringCase(first.getUsername());
    assertThat(account(external.token("sub-1", "Carol"))).isEqualTo(first);
  }

  @Test
  void aCrashBeforeTheAccountWasMadeIsMendedByTheNextToken() {
    identities.claim(new Identity(external.url(), "sub"), "4711").toCompletableFuture().join();
    Account account = account(external.token("sub", "dan"));
    assertThat(account.getId()).isEqualTo("4711");
    assertThat(account.getUsername()).isEqualTo("dan");
  }

  @Test
  void aWrongTokenIsTheRequestsFaultAndNotTheCallers() {
    String wrong = external.token(external.claims("sub", "").audience("other"));
    for (String token : List.of("", "x", "a.b.c", wrong)) {
      assertFails(() -> exchange(token), ErrorReason.ERROR_REASON_CREDENTIALS_INVALID);
    }
    assertThat(identities.find(new Identity(external.url(), "sub")).toCompletableFuture().join())
        .isEmpty();
  }

  @Test
  void anIssuerThatWasNeverReachedIsUnavailable() {
    external.setDown(true);
    assertFails(() -> exchange(external.token("sub", "eve")), ErrorReason.ERROR_REASON_UNAVAILABLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"board", "pin", "operator", "account"})
  void onlyTheEdgeExchanges(String service) {
    assertFails(
        () ->
            exchange(
                grpc.tokens().service(service, "account", ""), external.token("sub", "mallory")),
        ErrorReason.ERROR_REASON_SERVICE_ONLY);
  }

  @Test
  @DisplayName("API5: neither an account's token nor the external one itself lets anybody in")
  void tokensOfPeopleAreRefused() {
    String token = external.token("sub", "mallory");
    assertFails(
        () -> exchange(grpc.tokens().user("7"), token), ErrorReason.ERROR_REASON_SERVICE_ONLY);
    assertFails(
        () -> exchange(grpc.tokens().bearer(token), token), ErrorReason.ERROR_REASON_SERVICE_ONLY);
  }
}
