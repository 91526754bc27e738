// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.Timestamps;
import dev.corkboard.oauth.AppStore.StoredApp;
import dev.corkboard.oauth.GrantStore.Code;
import dev.corkboard.oauth.GrantStore.Grant;
import dev.corkboard.oauth.GrantStore.RefreshToken;
import dev.corkboard.oauth.RevocationStore.Page;
import dev.corkboard.oauth.v1.App;
import dev.corkboard.oauth.v1.Revocation;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the stores of the authorization server do. */
interface OAuthStoresContract {
  OAuthStores stores();

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  private static String id() {
    return Long.toString(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE));
  }

  private static ByteString hash() {
    return Secrets.hash(UUID.randomUUID().toString());
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }

  private static Grant grant() {
    return new Grant(
        UUID.randomUUID().toString(), id(), id(), Set.of("boards:read", "pins:read"), false);
  }

  @Test
  default void appsAreKeptWithAndWithoutAnOwner() {
    for (String owner : List.of("", id())) {
      App app =
          App.newBuilder()
              .setId(id())
              .setName("An app")
              .addRedirectUris("https://example.org/b")
              .addRedirectUris("https://example.org/a")
              .setOwnerId(owner)
              .setCreateTime(Timestamps.fromMillis(1_700_000_000_123L))
              .build();
      StoredApp stored = new StoredApp(app, hash());
      await(stores().apps().create(stored));
      assertThat(await(stores().apps().get(app.getId()))).contains(stored);
      assertThat(await(stores().apps().delete(app.getId()))).isTrue();
      assertThat(await(stores().apps().delete(app.getId()))).isFalse();
      assertThat(await(stores().apps().get(app.getId()))).isEmpty();
    }
  }

  @Test
  default void grantStandsUntilItIsRevoked() {
    Grant grant = grant();
    await(stores().grants().create(grant));
    assertThat(await(stores().grants().grant(grant.id()))).contains(grant);
    await(stores().grants().revoke(grant.id()));
    await(stores().grants().revoke(grant.id()));
    assertThat(await(stores().grants().grant(grant.id())).orElseThrow().revoked()).isTrue();
    String unknown = UUID.randomUUID().toString();
    await(stores().grants().revoke(unknown));
    assertThat(await(stores().grants().grant(unknown))).isEmpty();
  }

  @Test
  default void codeIsRedeemedByOneOfMany() {
    Code code = new Code(hash(), UUID.randomUUID().toString(), "https://example.org/a", "", now());
    await(stores().grants().addCode(code));
    assertThat(await(stores().grants().code(code.hash()))).contains(code);
    assertThat(await(stores().grants().code(hash()))).isEmpty();
    List<CompletableFuture<Boolean>> tries =
        IntStream.range(0, 8)
            .mapToObj(i -> stores().grants().redeem(code.hash()).toCompletableFuture())
            .toList();
    assertThat(tries.stream().filter(CompletableFuture::join)).hasSize(1);
  }

  @Test
  default void refreshTokenIsFirstUsedOnce() {
    RefreshToken token = new RefreshToken(hash(), UUID.randomUUID().toString(), now());
    await(stores().grants().addRefreshToken(token));
    assertThat(await(stores().grants().refreshToken(token.hash()))).contains(token);
    assertThat(await(stores().grants().use(token.hash()))).isTrue();
    assertThat(await(stores().grants().use(token.hash()))).isFalse();
    assertThat(await(stores().grants().refreshToken(token.hash()))).contains(token);
  }

  @Test
  default void lastPasswordCounts() {
    String account = id();
    assertThat(await(stores().signIns().passwordHash(account))).isEmpty();
    for (String hash : List.of("first", "second", "second", "first")) {
      await(stores().signIns().setPassword(account, hash));
      assertThat(await(stores().signIns().passwordHash(account))).contains(hash);
    }
  }

  @Test
  default void sessionLastsUntilItIsRemoved() {
    ByteString session = hash();
    String account = id();
    await(stores().signIns().addSession(session, account));
    assertThat(await(stores().signIns().session(session))).contains(account);
    await(stores().signIns().removeSession(session));
    await(stores().signIns().removeSession(session));
    assertThat(await(stores().signIns().session(session))).isEmpty();
  }

  @Test
  default void everyRevocationIsReadWhateverThePage() {
    Instant start = now().minus(70, ChronoUnit.HOURS);
    List<Revocation> made = new ArrayList<>();
    for (int hours : new int[] {0, 0, 0, 1, 1, 40, 40, 70}) {
      made.add(
          Revocation.newBuilder()
              .setId(UUID.randomUUID().toString())
              .setRevokeTime(
                  Timestamps.fromMillis(
                      start.plus(hours, ChronoUnit.HOURS).toEpochMilli() + made.size()))
              .build());
    }
    for (Revocation revocation : made) await(stores().revocations().add(revocation));

    for (int limit : new int[] {2, 3, 1_000}) {
      List<Revocation> read = new ArrayList<>();
      Page page = await(stores().revocations().since(start, limit));
      read.addAll(page.revocations());
      while (page.next().isPresent()) {
        page = await(stores().revocations().since(page.next().get(), limit));
        read.addAll(page.revocations());
      }
      assertThat(read).containsAll(made);
    }
    Instant end = start.plus(71, ChronoUnit.HOURS);
    assertThat(await(stores().revocations().since(end, 10)).revocations())
        .doesNotContainAnyElementsOf(made);
  }
}
