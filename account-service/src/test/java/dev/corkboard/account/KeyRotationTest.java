// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.SignedJWT;
import dev.corkboard.account.Accounts.InMemoryKeys;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class KeyRotationTest {
  private final Hands clock = new Hands();
  private final InMemoryKeys store = new InMemoryKeys();
  private final TokenIssuer issuer = open();

  /** A clock that is set. */
  private static final class Hands extends Clock {
    private Instant now = Instant.parse("2026-05-01T00:00:00Z");

    void pass(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  private TokenIssuer open() {
    return await(TokenIssuer.open(store, "corkboard", clock));
  }

  private String signer(TokenIssuer by) throws ParseException {
    String token = by.issue("1", List.of("pins:read"), clock.instant().plusSeconds(60));
    return SignedJWT.parse(token).getHeader().getKeyID();
  }

  private static List<String> published(TokenIssuer by) {
    return by.publicKeys().stream().map(ECKey::getKeyID).toList();
  }

  @Test
  void aNewKeyIsPublishedBeforeItSigns() throws ParseException {
    String first = signer(issuer);
    TokenIssuer other = open();
    String second = await(issuer.rotate()).getKeyID();
    assertThat(published(issuer)).containsExactly(second, first);
    assertThat(signer(issuer)).isEqualTo(first);
    clock.pass(TokenIssuer.ACTIVATION.minusSeconds(1));
    assertThat(signer(issuer)).isEqualTo(first);
    await(other.refresh());
    assertThat(published(other)).containsExactly(second, first);
    clock.pass(Duration.ofSeconds(1));
    assertThat(signer(issuer)).isEqualTo(second);
    assertThat(signer(other)).isEqualTo(second);
  }

  @Test
  void anOldKeyVerifiesAsLongAsItsTokensLive() throws ParseException {
    String first = signer(issuer);
    String second = await(issuer.rotate()).getKeyID();
    clock.pass(TokenIssuer.ACTIVATION.plusDays(30));
    assertThat(published(issuer)).containsExactly(second, first);
    assertThat(await(issuer.find(first))).isPresent();
    clock.pass(Duration.ofHours(1));
    assertThat(published(issuer)).containsExactly(second);
    assertThat(await(issuer.find(first))).isEmpty();
  }

  @Test
  void noPrivateKeyIsPublished() {
    await(issuer.rotate());
    assertThat(issuer.publicKeys()).noneMatch(ECKey::isPrivate);
  }
}
