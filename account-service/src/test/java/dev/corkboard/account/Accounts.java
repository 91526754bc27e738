// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.account;

import com.nimbusds.jose.jwk.ECKey;
import dev.corkboard.account.v1.Account;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Accounts and an issuer in memory, for tests of what stands on them. */
public final class Accounts {
  private final AccountStore store = new InMemoryAccountStore();

  public AccountStore store() {
    return store;
  }

  public Account create(String username) {
    return store
        .create(AccountStoreContract.named(username), Optional.empty())
        .toCompletableFuture()
        .join();
  }

  public TokenIssuer issuer(Clock clock) {
    return TokenIssuer.open(new InMemoryKeys(), "corkboard", clock).toCompletableFuture().join();
  }

  static final class InMemoryKeys implements SigningKeyStore {
    private final List<ECKey> keys = new ArrayList<>();

    @Override
    public CompletionStage<List<ECKey>> list() {
      return CompletableFuture.completedStage(List.copyOf(keys));
    }

    @Override
    public CompletionStage<Void> add(ECKey key, int generation) {
      if (generation == keys.size() + 1) keys.add(0, key);
      return CompletableFuture.completedStage(null);
    }
  }
}
