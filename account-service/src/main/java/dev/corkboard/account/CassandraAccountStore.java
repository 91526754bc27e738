// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.account;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import dev.corkboard.account.v1.Account;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.cassandra.Cql;
import dev.corkboard.platform.check.Ids;
import dev.corkboard.platform.error.ApiException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Accounts in Cassandra; {@code account.cql} says which row is the truth. */
final class CassandraAccountStore implements AccountStore {
  private static final String CLAIM =
      "INSERT INTO account_name (name, account_id, username, create_time, request_id)"
          + " VALUES (?, ?, ?, ?, ?) IF NOT EXISTS";
  private static final String FIND =
      "SELECT account_id, username, create_time, request_id FROM account_name WHERE name = ?";
  private static final String INSERT =
      "INSERT INTO account (account_id, username, create_time) VALUES (?, ?, ?) IF NOT EXISTS";
  private static final String GET =
      "SELECT account_id, username, create_time FROM account WHERE account_id = ?";

  private final Cql cql;
  private final PreparedStatement claim;
  private final PreparedStatement find;
  private final PreparedStatement insert;
  private final PreparedStatement get;

  CassandraAccountStore(Cql cql) {
    this.cql = cql;
    claim = cql.prepare(CLAIM, false);
    find = cql.prepare(FIND, true);
    insert = cql.prepare(INSERT, false);
    get = cql.prepare(GET, true);
  }

  static String folded(String username) {
    return username.toLowerCase(Locale.ROOT);
  }

  @Override
  public CompletionStage<Account> create(Account account, Optional<UUID> requestId) {
    return cql.cas(
            claim.bind(
                folded(account.getUsername()),
                Long.parseLong(account.getId()),
                account.getUsername(),
                instant(account.getCreateTime()),
                requestId.orElse(null)))
        .thenCompose(
            cas -> {
              if (cas.applied()) return settle(account);
              Row claimed = cas.rows().get(0);
              Account standing = account(claimed);
              boolean ours =
                  standing.getId().equals(account.getId())
                      || requestId
                          .filter(id -> id.equals(claimed.getUuid("request_id")))
                          .isPresent();
              if (ours) return settle(standing);
              throw ApiException.alreadyExists(
                  ErrorReason.ERROR_REASON_USERNAME_TAKEN,
                  "username",
                  account.getUsername(),
                  "The username is taken.");
            });
  }

  /** Whether the row was there already makes no difference: it is written from the claim alone. */
  private CompletionStage<Account> settle(Account account) {
    return cql.cas(
            insert.bind(
                Long.parseLong(account.getId()),
                account.getUsername(),
                instant(account.getCreateTime())))
        .thenApply(cas -> account);
  }

  @Override
  public CompletionStage<Optional<Account>> get(String accountId) {
    OptionalLong id = Ids.parse(accountId);
    if (id.isEmpty()) return CompletableFuture.completedStage(Optional.empty());
    return cql.one(get.bind(id.getAsLong()))
        .thenApply(row -> row.map(CassandraAccountStore::account));
  }

  @Override
  public CompletionStage<Map<String, Account>> getAll(Collection<String> accountIds) {
    List<CompletableFuture<Optional<Account>>> reads = new ArrayList<>();
    for (String id : new LinkedHashSet<>(accountIds)) reads.add(get(id).toCompletableFuture());
    return CompletableFuture.allOf(reads.toArray(CompletableFuture[]::new))
        .thenApply(
            done -> {
              Map<String, Account> found = new LinkedHashMap<>();
              reads.forEach(read -> read.join().ifPresent(a -> found.put(a.getId(), a)));
              return found;
            });
  }

  @Override
  public CompletionStage<Optional<Account>> lookup(String username) {
    return cql.one(find.bind(folded(username)))
        .thenCompose(
            row -> {
              if (row.isEmpty()) return CompletableFuture.completedStage(Optional.empty());
              Account claimed = account(row.get());
              return get(claimed.getId())
                  .thenCompose(
                      found ->
                          found.isPresent()
                              ? CompletableFuture.completedStage(found)
                              : settle(claimed).thenApply(Optional::of));
            });
  }

  private static Account account(Row row) {
    return Account.newBuilder()
        .setId(Ids.format(row.getLong("account_id")))
        .setUsername(row.getString("username"))
        .setCreateTime(Timestamps.fromMillis(row.getInstant("create_time").toEpochMilli()))
        .build();
  }

  private static Instant instant(Timestamp time) {
    return Instant.ofEpochMilli(Timestamps.toMillis(time));
  }
}
