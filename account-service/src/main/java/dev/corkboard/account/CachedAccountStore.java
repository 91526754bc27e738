// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.account;

import dev.corkboard.account.v1.Account;
import dev.corkboard.platform.redis.RedisCache;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/** Accounts by id from the cache; everything else goes to the store behind it. */
final class CachedAccountStore implements AccountStore {
  private final AccountStore store;
  private final RedisCache<Account> cache;

  CachedAccountStore(AccountStore store, RedisCache<Account> cache) {
    this.store = store;
    this.cache = cache;
  }

  @Override
  public CompletionStage<Account> create(Account account, Optional<UUID> requestId) {
    return cache.write(List.of(account.getId()), () -> store.create(account, requestId));
  }

  @Override
  public CompletionStage<Account> update(
      String accountId, UnaryOperator<Account> edit, String etag) {
    return cache.write(List.of(accountId), () -> store.update(accountId, edit, etag));
  }

  @Override
  public CompletionStage<Optional<Account>> get(String accountId) {
    return cache.get(accountId, () -> store.get(accountId));
  }

  @Override
  public CompletionStage<Map<String, Account>> getAll(Collection<String> accountIds) {
    return cache.getAll(accountIds, store::getAll);
  }

  @Override
  public CompletionStage<Optional<Account>> lookup(String username) {
    return store.lookup(username);
  }
}
