// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.oauth;

import dev.corkboard.oauth.v1.ListRevocationsRequest;
import dev.corkboard.oauth.v1.ListRevocationsResponse;
import dev.corkboard.platform.check.Violations;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;

/**
 * Reads revocations on from a cursor, the milliseconds since the epoch up to which all were read.
 */
final class RevocationLog {
  /** Writers' clocks may differ by this much and none is missed. */
  static final Duration OVERLAP = Duration.ofMinutes(15);

  private static final int DEFAULT_SIZE = 1_000;
  private static final int MAX_SIZE = 10_000;

  private final RevocationStore revocations;
  private final Clock clock;

  RevocationLog(RevocationStore revocations, Clock clock) {
    this.revocations = revocations;
    this.clock = clock;
  }

  CompletionStage<ListRevocationsResponse> list(ListRevocationsRequest request) {
    Violations violations = new Violations().pageSize(request.getPageSize());
    if (!request.getCursor().matches("\\d{0,15}")) {
      violations.add("cursor", "is not one of this listing");
    }
    violations.throwIfAny();
    Instant now = clock.instant();
    Instant oldest = now.minus(TokenGrants.ACCESS_LIFE);
    Instant asked =
        request.getCursor().isEmpty()
            ? oldest
            : Instant.ofEpochMilli(Long.parseLong(request.getCursor()));
    int size = request.getPageSize() == 0 ? DEFAULT_SIZE : request.getPageSize();
    return revocations
        .since(asked.isBefore(oldest) ? oldest : asked, Math.min(size, MAX_SIZE))
        .thenApply(
            page ->
                ListRevocationsResponse.newBuilder()
                    .addAllRevocations(page.revocations())
                    .setMore(page.next().isPresent())
                    .setNextCursor(
                        Long.toString(page.next().orElse(now.minus(OVERLAP)).toEpochMilli()))
                    .build());
  }
}
