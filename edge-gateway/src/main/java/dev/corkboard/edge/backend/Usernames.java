// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.backend;

import com.github.benmanes.caffeine.cache.AsyncCacheLoader;
import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.corkboard.account.v1.Account;
import dev.corkboard.account.v1.BatchGetAccountsRequest;
import dev.corkboard.account.v1.BatchGetAccountsResponse;
import dev.corkboard.account.v1.LookupAccountRequest;
import dev.corkboard.platform.client.Futures;
import dev.corkboard.platform.client.ServiceTokens;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.trace.Trails;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * The usernames of accounts, asked for in batches and remembered for 5 seconds, and longer for as
 * long as account-service does not answer. An account that is gone has none.
 */
public final class Usernames {
  private static final int MAX_REMEMBERED = 100_000;

  private final Backends backends;
  private final ServiceTokens tokens;
  private final AsyncLoadingCache<String, String> names =
      Caffeine.newBuilder()
          .maximumSize(MAX_REMEMBERED)
          .expireAfterWrite(Duration.ofSeconds(5))
          .executor(Runnable::run)
          .buildAsync(AsyncCacheLoader.bulk((ids, executor) -> load(Set.copyOf(ids))));

  /** What account-service last said: better an old name than none. */
  private final Cache<String, String> lastKnown =
      Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).build();

  public Usernames(Backends backends, ServiceTokens tokens) {
    this.backends = backends;
    this.tokens = tokens;
  }

  /** The names of those of the accounts that exist, by id. */
  public CompletionStage<Map<String, String>> of(Collection<String> accountIds) {
    return Trails.follow(names.getAll(Set.copyOf(accountIds)));
  }

  /** The name of one account as the only entry, or none when it is gone. */
  public CompletionStage<Map<String, String>> of(String accountId) {
    return Trails.follow(names.get(accountId))
        .thenApply(name -> name == null ? Map.of() : Map.of(accountId, name));
  }

  /**
   * As {@link #of(String)}, but none when account-service does not answer: for the answer to a
   * write, which is done and must not look as if it had failed.
   */
  public CompletionStage<Map<String, String>> ofWritten(String accountId) {
    return of(accountId).exceptionally(unanswered -> Map.of());
  }

  private CompletableFuture<Map<String, String>> load(Set<String> ids) {
    return Futures.toStage(
            backends
                .accounts(tokens)
                .batchGetAccounts(
                    BatchGetAccountsRequest.newBuilder().addAllAccountIds(ids).build()))
        .thenApply(Usernames::byId)
        .handle((names, failure) -> failure == null ? known(names) : lastKnown(ids, failure))
        .toCompletableFuture();
  }

  private Map<String, String> known(Map<String, String> names) {
    lastKnown.putAll(names);
    return names;
  }

  private Map<String, String> lastKnown(Set<String> ids, Throwable failure) {
    Map<String, String> names = lastKnown.getAllPresent(ids);
    if (names.size() < ids.size()) throw ApiException.from(failure);
    return names;
  }

  /** The account with a username; fails with ACCOUNT_NOT_FOUND. */
  public CompletionStage<Account> account(String username) {
    return Futures.toStage(
        backends
            .accounts(tokens)
            .lookupAccount(LookupAccountRequest.newBuilder().setUsername(username).build()));
  }

  /** Forgets the name of an account that was just changed. */
  public void forget(String accountId) {
    names.synchronous().invalidate(accountId);
  }

  private static Map<String, String> byId(BatchGetAccountsResponse response) {
    return response.getAccountsList().stream()
        .collect(Collectors.toMap(Account::getId, Account::getUsername));
  }
}
