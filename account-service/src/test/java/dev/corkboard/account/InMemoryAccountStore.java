// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.account;

import dev.corkboard.account.v1.Account;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.error.ApiException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

final class InMemoryAccountStore implements AccountStore {
  private record Claim(Account account, Optional<UUID> requestId) {}

  private final Map<String, Claim> names = new HashMap<>();
  private final Map<String, Account> accounts = new HashMap<>();

  @Override
  public synchronized CompletionStage<Account> create(Account account, Optional<UUID> requestId) {
    Claim mine = new Claim(account, requestId);
    Claim standing = names.putIfAbsent(CassandraAccountStore.folded(account.getUsername()), mine);
    if (standing == null) {
      accounts.put(account.getId(), account);
      return CompletableFuture.completedStage(account);
    }
    if (requestId.isPresent() && standing.requestId().equals(requestId)) {
      return CompletableFuture.completedStage(standing.account());
    }
    return CompletableFuture.failedStage(
        ApiException.alreadyExists(
            ErrorReason.ERROR_REASON_USERNAME_TAKEN,
            "username",
            account.getUsername(),
            "The username is taken."));
  }

  @Override
  public synchronized CompletionStage<Optional<Account>> get(String accountId) {
    return CompletableFuture.completedStage(Optional.ofNullable(accounts.get(accountId)));
  }

  @Override
  public synchronized CompletionStage<Map<String, Account>> getAll(Collection<String> accountIds) {
    Map<String, Account> found = new LinkedHashMap<>();
    accountIds.forEach(
        id -> Optional.ofNullable(accounts.get(id)).ifPresent(a -> found.put(id, a)));
    return CompletableFuture.completedStage(found);
  }

  @Override
  public synchronized CompletionStage<Optional<Account>> lookup(String username) {
    return CompletableFuture.completedStage(
        Optional.ofNullable(names.get(CassandraAccountStore.folded(username))).map(Claim::account));
  }
}
