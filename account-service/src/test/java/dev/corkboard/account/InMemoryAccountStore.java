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
import java.util.function.UnaryOperator;

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
    return CompletableFuture.failedStage(CassandraAccountStore.taken(account.getUsername()));
  }

  @Override
  public synchronized CompletionStage<Account> update(
      String accountId, UnaryOperator<Account> edit, String etag) {
    Account current = accounts.get(accountId);
    if (current == null) {
      return CompletableFuture.failedStage(
          ApiException.notFound(
              ErrorReason.ERROR_REASON_ACCOUNT_NOT_FOUND, "account_id", accountId));
    }
    Account wanted = edit.apply(current);
    if (wanted.equals(current)) return CompletableFuture.completedStage(current);
    if (!etag.isEmpty() && !etag.equals(current.getEtag())) {
      return CompletableFuture.failedStage(
          ApiException.aborted(ErrorReason.ERROR_REASON_ETAG_MISMATCH, "changed"));
    }
    String name = CassandraAccountStore.folded(wanted.getUsername());
    Claim holder = names.get(name);
    if (holder != null && !holder.account().getId().equals(accountId)) {
      return CompletableFuture.failedStage(CassandraAccountStore.taken(wanted.getUsername()));
    }
    Account next =
        wanted.toBuilder().setEtag(Long.toString(Long.parseLong(current.getEtag()) + 1)).build();
    names.remove(CassandraAccountStore.folded(current.getUsername()));
    names.put(name, new Claim(next, Optional.empty()));
    accounts.put(accountId, next);
    return CompletableFuture.completedStage(next);
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
        Optional.ofNullable(names.get(CassandraAccountStore.folded(username)))
            .map(claim -> accounts.get(claim.account().getId())));
  }
}
