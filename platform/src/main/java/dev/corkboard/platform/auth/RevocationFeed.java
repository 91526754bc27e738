// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.auth;

import com.google.protobuf.util.Timestamps;
import dev.corkboard.oauth.v1.ListRevocationsRequest;
import dev.corkboard.oauth.v1.ListRevocationsResponse;
import dev.corkboard.oauth.v1.OAuthServiceGrpc;
import dev.corkboard.oauth.v1.OAuthServiceGrpc.OAuthServiceFutureStub;
import dev.corkboard.oauth.v1.Revocation;
import dev.corkboard.platform.client.Futures;
import dev.corkboard.platform.client.ServiceTokens;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.schedule.Periodic;
import io.grpc.Channel;
import io.grpc.Context;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Revocations, read from account-service every two seconds and kept as long as an access token may
 * live, so that one reaches every process within five. While account-service does not answer, what
 * is known counts, and {@code corkboard_revocations_age_seconds} grows; a process that never read
 * any serves nobody who needs a token.
 */
public final class RevocationFeed implements Revocations, AutoCloseable {
  public static final Duration PERIOD = Duration.ofSeconds(2);

  /** A day more than access tokens live. */
  private static final Duration KEPT = Duration.ofDays(31);

  /** Of one reading; a month of revocations at the start is the longest. */
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private static final int PAGE = 10_000;

  private final Source source;
  private final Clock clock;
  private final Map<String, Instant> revoked = new ConcurrentHashMap<>();
  private final Periodic reading;
  private CompletableFuture<Void> running;
  private String cursor = "";
  private volatile Instant readAt = Instant.EPOCH;

  /** Where revocations are listed. */
  @FunctionalInterface
  public interface Source {
    CompletionStage<ListRevocationsResponse> list(ListRevocationsRequest request);
  }

  public RevocationFeed(Source source, Clock clock, MeterRegistry metrics) {
    this(source, clock, metrics, PERIOD);
  }

  RevocationFeed(Source source, Clock clock, MeterRegistry metrics, Duration period) {
    this.source = source;
    this.clock = clock;
    metrics.gauge(
        "corkboard.revocations.age.seconds",
        this,
        feed -> Duration.between(feed.readAt, clock.instant()).toMillis() / 1e3);
    reading = Periodic.start("revocations", period, LIMIT, this::read);
  }

  /** A feed from account-service, asked in a service's own name. */
  public static RevocationFeed over(
      Channel account, ServiceIdentity self, Clock clock, MeterRegistry metrics) {
    OAuthServiceFutureStub stub =
        OAuthServiceGrpc.newFutureStub(account)
            .withCallCredentials(new ServiceTokens(self, clock).credentials("account"));
    return new RevocationFeed(
        request -> Futures.toStage(stub.listRevocations(request)), clock, metrics);
  }

  @Override
  public CompletionStage<Boolean> includeAny(Collection<String> ids) {
    if (!readAt.equals(Instant.EPOCH)) return CompletableFuture.completedStage(known(ids));
    return read()
        .handle(
            (done, failure) -> {
              if (failure == null) return known(ids);
              throw ApiException.unavailable("The revoked tokens cannot be read.", failure);
            });
  }

  private boolean known(Collection<String> ids) {
    return ids.stream().anyMatch(revoked::containsKey);
  }

  /** Reads on to the end; joins a reading that is under way. */
  private synchronized CompletionStage<Void> read() {
    if (running != null) return running;
    CompletableFuture<Void> result = new CompletableFuture<>();
    running = result;
    // Others wait for this: the deadline or end of the call that asked first is not theirs.
    Context.ROOT.run(() -> page(cursor).whenComplete((end, failure) -> finish(result, failure)));
    return result;
  }

  private CompletionStage<Void> page(String from) {
    return source
        .list(ListRevocationsRequest.newBuilder().setCursor(from).setPageSize(PAGE).build())
        .thenCompose(
            page -> {
              page.getRevocationsList().forEach(this::add);
              synchronized (this) {
                cursor = page.getNextCursor();
              }
              return page.getMore()
                  ? page(page.getNextCursor())
                  : CompletableFuture.completedStage(null);
            });
  }

  private void add(Revocation revocation) {
    revoked.put(
        revocation.getId(), Instant.ofEpochMilli(Timestamps.toMillis(revocation.getRevokeTime())));
  }

  private void finish(CompletableFuture<Void> result, Throwable failure) {
    Instant now = clock.instant();
    synchronized (this) {
      running = null;
    }
    if (failure != null) {
      result.completeExceptionally(failure);
      return;
    }
    revoked.values().removeIf(at -> at.isBefore(now.minus(KEPT)));
    readAt = now;
    result.complete(null);
  }

  @Override
  public void close() {
    reading.close();
  }
}
