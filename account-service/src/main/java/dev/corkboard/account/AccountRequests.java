// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.account;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import dev.corkboard.account.v1.Account;
import dev.corkboard.account.v1.BatchGetAccountsRequest;
import dev.corkboard.account.v1.CreateAccountRequest;
import dev.corkboard.account.v1.IssueAccessTokenRequest;
import dev.corkboard.account.v1.UpdateAccountRequest;
import dev.corkboard.platform.check.Ids;
import dev.corkboard.platform.check.Uris;
import dev.corkboard.platform.check.Violations;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Checks requests and builds accounts from them; pure functions. */
final class AccountRequests {
  static final int MAX_BATCH = 1_000;
  static final long MAX_TTL_SECONDS = 30L * 24 * 3600;

  private static final int MAX_ABOUT = 500;
  private static final int MAX_BUSINESS_NAME = 100;
  private static final int MAX_URL = 2_048;
  private static final List<String> CHANGEABLE =
      List.of("username", "type", "about", "profile_image_url", "website_url", "business_name");

  private AccountRequests() {}

  static Account create(CreateAccountRequest request, long id, Instant now) {
    String username = request.getAccount().getUsername();
    Violations violations = new Violations().requestId(request.getRequestId());
    checkUsername(violations, username);
    violations.throwIfAny();
    return account(Ids.format(id), username, now);
  }

  /** A new account. */
  static Account account(String id, String username, Instant now) {
    return Account.newBuilder()
        .setId(id)
        .setUsername(username)
        .setType(Account.Type.TYPE_PINNER)
        .setEtag("0")
        .setCreateTime(Timestamps.fromMillis(now.toEpochMilli()))
        .build();
  }

  private static void checkUsername(Violations violations, String username) {
    if (Usernames.isUsername(username)) return;
    violations.add(
        "account.username",
        "must be 3 to 30 of a-z A-Z 0-9 _, not all digits, got '"
            + Violations.clip(username)
            + "'");
  }

  /** What a checked update makes of an account. */
  static UnaryOperator<Account> update(UpdateAccountRequest request) {
    Account asked = request.getAccount();
    Set<String> paths = paths(request);
    Violations violations = new Violations().optionalId("account.id", asked.getId());
    paths.forEach(path -> check(violations, path, asked));
    violations.throwIfAny();
    return current -> {
      Account.Builder next = current.toBuilder();
      for (String path : paths) {
        FieldDescriptor field = Account.getDescriptor().findFieldByName(path);
        next.setField(field, asked.getField(field));
      }
      if (next.getType() == Account.Type.TYPE_UNSPECIFIED) {
        next.setType(Account.Type.TYPE_PINNER);
      }
      return next.build();
    };
  }

  private static Set<String> paths(UpdateAccountRequest request) {
    Set<String> paths = new LinkedHashSet<>(request.getUpdateMask().getPathsList());
    if (!request.hasUpdateMask()) {
      request.getAccount().getAllFields().keySet().stream()
          .map(FieldDescriptor::getName)
          .filter(CHANGEABLE::contains)
          .forEach(paths::add);
    }
    if (paths.remove("*")) paths.addAll(CHANGEABLE);
    return paths;
  }

  private static void check(Violations violations, String path, Account asked) {
    switch (path) {
      case "username" -> checkUsername(violations, asked.getUsername());
      case "type" -> {
        if (asked.getType() == Account.Type.UNRECOGNIZED) {
          violations.add("account.type", "is unknown: " + asked.getTypeValue());
        }
      }
      case "about" -> violations.text("account.about", asked.getAbout(), MAX_ABOUT);
      case "business_name" ->
          violations.text("account.business_name", asked.getBusinessName(), MAX_BUSINESS_NAME);
      case "profile_image_url" ->
          checkUrl(violations, "account.profile_image_url", asked.getProfileImageUrl());
      case "website_url" -> checkUrl(violations, "account.website_url", asked.getWebsiteUrl());
      default ->
          violations.add(
              "update_mask",
              "may name "
                  + String.join(", ", CHANGEABLE)
                  + " or *, got '"
                  + Violations.clip(path)
                  + "'");
    }
  }

  private static void checkUrl(Violations violations, String field, String url) {
    if (url.isEmpty()) return;
    violations.text(field, url, MAX_URL);
    boolean web =
        Uris.parse(url)
            .filter(uri -> uri.getHost() != null)
            .filter(
                uri ->
                    "http".equalsIgnoreCase(uri.getScheme())
                        || "https".equalsIgnoreCase(uri.getScheme()))
            .isPresent();
    if (!web) {
      violations.add(
          field, "must be an absolute http or https URL, got '" + Violations.clip(url) + "'");
    }
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
