// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.account;

import com.google.protobuf.Duration;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import dev.corkboard.account.v1.Account;
import dev.corkboard.account.v1.BatchGetAccountsRequest;
import dev.corkboard.account.v1.CreateAccountRequest;
import dev.corkboard.account.v1.IssueAccessTokenRequest;
import dev.corkboard.platform.check.Ids;
import dev.corkboard.platform.check.Violations;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Checks requests and builds accounts from them; pure functions. */
final class AccountRequests {
  static final int MAX_BATCH = 1_000;
  static final long MAX_TTL_SECONDS = 30L * 24 * 3600;

  /** The contract's path parameter takes no all-digit name: it would read as an id. */
  private static final Pattern USERNAME = Pattern.compile("(?!\\d+$)[A-Za-z0-9_]{3,30}");

  private AccountRequests() {}

  static Account create(CreateAccountRequest request, long id, Instant now) {
    String username = request.getAccount().getUsername();
    Violations violations = new Violations().requestId(request.getRequestId());
    if (!USERNAME.matcher(username).matches()) {
      violations.add(
          "account.username",
          "must be 3 to 30 of a-z A-Z 0-9 _, not all digits, got '"
              + Violations.clip(username)
              + "'");
    }
    violations.throwIfAny();
    return Account.newBuilder()
        .setId(Ids.format(id))
        .setUsername(username)
        .setCreateTime(Timestamps.fromMillis(now.toEpochMilli()))
        .build();
  }

  static Optional<UUID> requestId(CreateAccountRequest request) {
    return request.getRequestId().isEmpty()
        ? Optional.empty()
        : Optional.of(UUID.fromString(request.getRequestId()));
  }

  static void check(BatchGetAccountsRequest request) {
    Violations violations = new Violations();
    if (request.getAccountIdsCount() > MAX_BATCH) {
      violations.add(
          "account_ids", "must be at most " + MAX_BATCH + ", got " + request.getAccountIdsCount());
    }
    request.getAccountIdsList().stream()
        .filter(id -> !Ids.isId(id))
        .findFirst()
        .ifPresent(id -> violations.id("account_ids", id));
    violations.throwIfAny();
  }

  /** When the token is to expire. */
  static Instant expire(IssueAccessTokenRequest request, Instant now) {
    Violations violations = new Violations().id("account_id", request.getAccountId());
    Scopes.check(violations, "scopes", request.getScopesList());
    long seconds = request.hasTtl() ? seconds(request.getTtl()) : MAX_TTL_SECONDS;
    if (seconds < 1 || seconds > MAX_TTL_SECONDS) {
      violations.add("ttl", "must be 1 second to 30 days");
    }
    violations.throwIfAny();
    return now.plusSeconds(seconds);
  }

  private static long seconds(Duration ttl) {
    return Durations.isValid(ttl) ? ttl.getSeconds() : -1;
  }
}
