// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Int64Value;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CacheWritesTest {

  private final CacheOptions options =
      CacheOptions.of("test", 1, Duration.ofSeconds(5))
          .withOutcomeUnknown(failure -> failure instanceof IllegalStateException);
  private final VersionedStore store = new VersionedStore().put("1", 1);
  private final InMemoryProtocol redis = new InMemoryProtocol();
  private final CacheProcess process = new CacheProcess(redis, options, store, 100);

  @Test
  void aWriteGuardsEveryIdOnceBeforeItsCommitAndReleasesItAfter() {
    process
        .cache
        .write(
            List.of("1", "2", "1"),
            () -> {
              redis.steps.add("commit");
              return CompletableFuture.completedFuture(null);
            })
        .toCompletableFuture()
        .join();

    assertThat(redis.steps)
        .containsExactly("guard 1", "guard 2", "commit", "release 1", "release 2");
  }

  @Test
  void aWriterPausedAfterItsGuardGuardsAgainBeforeItCommits() {
    int[] pauses = {1};
    redis.onGuard(
        () -> {
          if (pauses[0]-- > 0) {
            process.timer.advance(options.commitWithin().plusNanos(1));
          }
        });

    assertThat(process.write("1", 2).join()).isEqualTo(2);

    assertThat(redis.steps).containsExactly("guard 1", "guard 1", "release 1");
  }

  @Test
  void aWriterPausedAfterEveryGuardCommitsAsIfRedisWereOutOfReach() {
    redis.onGuard(() -> process.timer.advance(options.commitWithin().plusNanos(1)));
    CompletableFuture<Void> commit = new CompletableFuture<>();

    var write = process.cache.write(List.of("1"), () -> commit).toCompletableFuture();

    assertThat(redis.steps).containsExactly("guard 1", "guard 1", "guard 1");
    assertThat(process.remembered()).isEqualTo(1);
    commit.complete(null);
    assertThat(write).isCompleted();
    process.flush();
    assertThat(process.remembered()).isZero();
  }

  @Test
  void aCommitThatThrowsIsAFailureAndIsReleased() {
    var write =
        process.cache.<Void>write(
            List.of("1"),
            () -> {
              throw new IllegalArgumentException("no");
            });

    assertThatThrownBy(() -> write.toCompletableFuture().join())
        .hasCauseInstanceOf(IllegalArgumentException.class);
    assertThat(redis.steps).containsExactly("guard 1", "release 1");
  }

  @Test
  void aCommitOfUnknownOutcomeHasItsGuardRenewedAndNotReleased() {
    process.cache.<Void>write(
        List.of("1"), () -> CompletableFuture.failedFuture(new IllegalStateException("timeout")));

    assertThat(redis.steps).containsExactly("guard 1", "guard 1");
    assertThat(process.remembered()).isZero();
  }

  @Test
  void anUnguardedCommitOfUnknownOutcomeIsRememberedForAsLongAsAGuardWouldStand() {
    process.link.cutOff();
    process.cache.<Void>write(
        List.of("1"), () -> CompletableFuture.failedFuture(new IllegalStateException("timeout")));
    process.link.heal();

    process.timer.advance(options.guard().minusMillis(1));
    assertThat(process.remembered()).isEqualTo(1);
    store.put("1", 2);
    assertThat(process.read("1")).contains(2L);

    process.timer.advance(Duration.ofMillis(1));
    process.flush();
    assertThat(process.remembered()).isZero();
  }

  @Test
  void aReleaseThatIsLostLeavesTheKeyRememberedSoTheWriterReadsItsWrite() {
    process.link.lose(FaultyProtocol.Step.RELEASE);

    process.write("1", 2).join();

    assertThat(process.remembered()).isEqualTo(1);
    assertThat(process.read("1")).contains(2L);
    assertThat(process.count("cache.write.failures", "step", "release")).isEqualTo(1);
  }

  @Test
  void aRevocationWaitsOneTimeToLiveUnlessADeletionAfterItIsConfirmed() {
    process.link.lose(FaultyProtocol.Step.GUARD, FaultyProtocol.Step.RELEASE);
    assertThat(process.revoke("1", 2)).as("deleted after the commit").isCompleted();

    process.link.lose(FaultyProtocol.Step.FORGET);
    var revoked = process.revoke("1", 3);
    assertThat(process.get("1")).isCompletedWithValue(Optional.of(Int64Value.of(3)));
    process.timer.advance(options.ttl().minusNanos(1));
    assertThat(revoked).isNotDone();
    process.timer.advance(Duration.ofNanos(1));
    assertThat(revoked).isCompletedWithValue(3L);
  }

  @Test
  void aWriteOfNothingJustCommits() {
    var write = process.cache.write(List.of(), store.commit("1", 2)).toCompletableFuture();

    assertThat(write).isCompletedWithValue(2L);
    assertThat(redis.steps).isEmpty();
  }
}
