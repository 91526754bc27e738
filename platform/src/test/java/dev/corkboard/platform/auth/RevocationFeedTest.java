// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.util.Timestamps;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.oauth.v1.ListRevocationsRequest;
import dev.corkboard.oauth.v1.ListRevocationsResponse;
import dev.corkboard.oauth.v1.Revocation;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.testing.TestClock;
import dev.corkboard.platform.testing.TestTokens;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RevocationFeedTest {
  private static final Duration OFTEN = Duration.ofMillis(5);
  private static final Duration NEVER = Duration.ofDays(1);

  private final TestClock clock = new TestClock();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final List<String> cursors = new CopyOnWriteArrayList<>();
  private final Map<String, ListRevocationsResponse> pages = new ConcurrentHashMap<>();
  private final List<RevocationFeed> feeds = new ArrayList<>();
  private volatile boolean down;

  @AfterEach
  void close() {
    feeds.forEach(RevocationFeed::close);
  }

  private RevocationFeed feed(Duration period) {
    RevocationFeed feed = new RevocationFeed(this::list, clock, metrics, period);
    feeds.add(feed);
    return feed;
  }

  private CompletionStage<ListRevocationsResponse> list(ListRevocationsRequest request) {
    if (down) return CompletableFuture.failedStage(ApiException.unavailable("down", null));
    cursors.add(request.getCursor());
    return CompletableFuture.completedStage(pages.get(request.getCursor()));
  }

  private void page(String cursor, String next, boolean more, String... ids) {
    ListRevocationsResponse.Builder page =
        ListRevocationsResponse.newBuilder().setNextCursor(next).setMore(more);
    for (String id : ids) page.addRevocations(revocation(id, clock.instant()));
    pages.put(cursor, page.build());
  }

  private static Revocation revocation(String id, Instant at) {
    return Revocation.newBuilder()
        .setId(id)
        .setRevokeTime(Timestamps.fromMillis(at.toEpochMilli()))
        .build();
  }

  private static boolean included(RevocationFeed feed, String... ids) {
    return feed.includeAny(List.of(ids)).toCompletableFuture().join();
  }

  @Test
  void readsAllPagesBeforeItAnswersFirst() {
    page("", "1", true, "a");
    page("1", "2", true, "b");
    page("2", "3", false, "c");
    RevocationFeed feed = feed(NEVER);
    assertThat(included(feed, "x", "c")).isTrue();
    assertThat(included(feed, "a")).isTrue();
    assertThat(included(feed, "x")).isFalse();
    assertThat(included(feed)).isFalse();
    assertThat(cursors).containsExactly("", "1", "2");
  }

  @Test
  void readsOnFromWhereItWas() {
    page("", "1", false);
    page("1", "1", false);
    RevocationFeed feed = feed(OFTEN);
    assertThat(included(feed, "late")).isFalse();
    page("1", "1", false, "late");
    Awaitility.await().until(() -> included(feed, "late"));
    assertThat(cursors.stream().filter(String::isEmpty)).hasSize(1);
  }

  @Test
  void whatIsKnownCountsWhileTheIssuerIsAway() {
    page("", "1", false, "a");
    RevocationFeed feed = feed(NEVER);
    assertThat(included(feed, "a")).isTrue();
    down = true;
    clock.advanceSeconds(90);
    assertThat(included(feed, "a")).isTrue();
    assertThat(included(feed, "b")).isFalse();
    assertThat(metrics.get("corkboard.revocations.age.seconds").gauge().value()).isEqualTo(90);
  }

  @Test
  void nothingIsSaidBeforeAnythingWasRead() {
    down = true;
    RevocationFeed feed = feed(NEVER);
    assertThatThrownBy(() -> included(feed, "a"))
        .satisfies(
            e ->
                assertThat(ApiException.from(e).reason())
                    .isEqualTo(ErrorReason.ERROR_REASON_UNAVAILABLE));
    down = false;
    page("", "1", false, "a");
    assertThat(included(feed, "a")).isTrue();
  }

  @Test
  void oldOnesAreForgotten() {
    page("", "1", false, "old");
    page("1", "1", false);
    RevocationFeed feed = feed(OFTEN);
    assertThat(included(feed, "old")).isTrue();
    clock.advanceSeconds(Duration.ofDays(31).toSeconds() + 1);
    Awaitility.await().until(() -> !included(feed, "old"));
  }

  @Test
  void revokedTokenIsRefusedByItsIdAndByItsGrantAlsoWhenItWasGoodBefore() {
    TestTokens tokens = new TestTokens();
    Set<String> revoked = ConcurrentHashMap.newKeySet();
    TokenVerifier verifier =
        new TokenVerifier(
            TestTokens.ISSUER,
            tokens.keys(),
            ids -> CompletableFuture.completedStage(ids.stream().anyMatch(revoked::contains)),
            tokens.identity("pin"),
            clock);
    for (String id : List.of("the-id", "the-grant")) {
      revoked.clear();
      String token = tokens.access("7", "the-id", "the-grant");
      assertThat(verifier.verifyAccess(token).toCompletableFuture().join().revocableAs())
          .containsExactlyInAnyOrder("the-id", "the-grant");
      revoked.add(id);
      assertThatThrownBy(() -> verifier.verifyAccess(token).toCompletableFuture().join())
          .satisfies(
              e ->
                  assertThat(ApiException.from(e).reason())
                      .isEqualTo(ErrorReason.ERROR_REASON_UNAUTHENTICATED));
    }
  }
}
