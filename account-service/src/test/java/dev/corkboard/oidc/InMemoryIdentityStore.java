// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.oidc;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

final class InMemoryIdentityStore implements IdentityStore {
  private final Map<Identity, String> accounts = new ConcurrentHashMap<>();

  @Override
  public CompletionStage<Optional<String>> find(Identity identity) {
    return CompletableFuture.completedStage(Optional.ofNullable(accounts.get(identity)));
  }

  @Override
  public CompletionStage<String> claim(Identity identity, String accountId) {
    return CompletableFuture.completedStage(accounts.computeIfAbsent(identity, first -> accountId));
  }
}
