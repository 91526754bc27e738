// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.account;

import dev.corkboard.account.CassandraAccountTable.Claim;
import dev.corkboard.account.CassandraAccountTable.Stored;
import dev.corkboard.account.v1.Account;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.cassandra.Attempts;
import dev.corkboard.platform.cassandra.Cql;
import dev.corkboard.platform.check.Ids;
import dev.corkboard.platform.error.ApiException;
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
import java.util.function.UnaryOperator;

/** Accounts in Cassandra; {@code account.cql} says which row is the truth. */
final class CassandraAccountStore implements AccountStore {
  private final CassandraAccountTable table;
  private final CassandraRenaming renaming;

  CassandraAccountStore(Cql cql) {
    this.table = new CassandraAccountTable(cql);
    this.renaming = new CassandraRenaming(table);
  }

  static String folded(String username) {
    return username.toLowerCase(Locale.ROOT);
  }

  static ApiException taken(String username) {
    return ApiException.alreadyExists(
        ErrorReason.ERROR_REASON_USERNAME_TAKEN, "username", username, "The username is taken.");
  }

  @Override
  public CompletionStage<Account> create(Account account, Optional<UUID> requestId) {
    return Attempts.until(
        () ->
            table
                .claim(account, requestId)
                .thenCompose(
                    refused ->
                        refused.isEmpty()
                            ? table.insert(account).thenApply(Optional::of)
                            : refused(account, requestId, refused.get())));
  }

  private CompletionStage<Optional<Account>> refused(
      Account account, Optional<UUID> requestId, Claim standing) {
    boolean ours =
        standing.account().getId().equals(account.getId())
            || requestId
                .filter(id -> standing.requestId().filter(id::equals).isPresent())
                .isPresent();
    if (ours) return table.insert(standing.account()).thenApply(Optional::of);
    return renaming
        .freed(standing)
        .thenApply(
            freed -> {
              if (!freed) throw taken(account.getUsername());
              return Optional.empty();
            });
  }

  @Override
  public CompletionStage<Account> update(
      String accountId, UnaryOperator<Account> edit, String etag) {
    return Attempts.until(
        () ->
            table
                .stored(id(accountId))
                .thenCompose(
                    found -> update(found.orElseThrow(() -> notFound(accountId)), edit, etag)));
  }

  private CompletionStage<Optional<Account>> update(
      Stored stored, UnaryOperator<Account> edit, String etag) {
    if (stored.next().isPresent()) {
      return renaming.finish(stored).thenApply(finished -> Optional.empty());
    }
    Account wanted = edit.apply(stored.account());
    if (wanted.equals(stored.account())) {
      return CompletableFuture.completedStage(Optional.of(wanted));
    }
    if (!etag.isEmpty() && !etag.equals(stored.account().getEtag())) {
      throw ApiException.aborted(
          ErrorReason.ERROR_REASON_ETAG_MISMATCH, "The account changed in the meantime.");
    }
    boolean renames = !folded(wanted.getUsername()).equals(folded(stored.account().getUsername()));
    return renames ? renaming.rename(stored, wanted) : table.update(stored, wanted);
  }

  private static long id(String accountId) {
    return Ids.parse(accountId).orElseThrow(() -> notFound(accountId));
  }

  private static ApiException notFound(String accountId) {
    return ApiException.notFound(
        ErrorReason.ERROR_REASON_ACCOUNT_NOT_FOUND, "account_id", accountId);
  }

  @Override
  public CompletionStage<Optional<Account>> get(String accountId) {
    OptionalLong id = Ids.parse(accountId);
    if (id.isEmpty()) return CompletableFuture.completedStage(Optional.empty());
    return table.get(id.getAsLong());
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
    return table
        .claimOf(folded(username))
        .thenCompose(
            claim ->
                claim.isEmpty()
                    ? CompletableFuture.completedStage(Optional.empty())
                    : renaming.holder(claim.get()));
  }
}
