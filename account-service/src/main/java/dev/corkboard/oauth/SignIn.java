// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.oauth;

import dev.corkboard.account.AccountStore;
import dev.corkboard.account.v1.Account;
import dev.corkboard.oauth.v1.Session;
import dev.corkboard.platform.error.ApiException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Signs people in by username and password. */
final class SignIn {
  private final AccountStore accounts;
  private final SignInStore store;
  private final Passwords passwords;

  SignIn(AccountStore accounts, SignInStore store, Passwords passwords) {
    this.accounts = accounts;
    this.store = store;
    this.passwords = passwords;
  }

  /** Gives an account a password. */
  CompletionStage<Void> setPassword(Account account, String password) {
    return passwords.hash(password).thenCompose(hash -> store.setPassword(account.getId(), hash));
  }

  /** A new session; fails with CREDENTIALS_INVALID, the same for every reason and as slow. */
  CompletionStage<Session> open(String username, String password) {
    if (!OAuthRequests.mayBePassword(password))
      return CompletableFuture.failedStage(ApiException.invalidCredentials());
    return accounts
        .lookup(username)
        .thenCompose(
            account ->
                hash(account)
                    .thenCompose(hash -> passwords.matches(password, hash))
                    .thenCompose(matches -> matches ? open(account.orElseThrow()) : refusal()));
  }

  private CompletionStage<Optional<String>> hash(Optional<Account> account) {
    return account
        .map(known -> store.passwordHash(known.getId()))
        .orElseGet(() -> CompletableFuture.completedStage(Optional.empty()));
  }

  private CompletionStage<Session> open(Account account) {
    String token = Secrets.fresh("");
    return store
        .addSession(Secrets.hash(token), account.getId())
        .thenApply(added -> session(token, account));
  }

  /** The session of a token; fails with CREDENTIALS_INVALID when it is over. */
  CompletionStage<Session> get(String token) {
    return store
        .session(Secrets.hash(token))
        .thenCompose(accountId -> accountId.map(accounts::get).orElseGet(SignIn::refusal))
        .thenApply(
            account -> session(token, account.orElseThrow(ApiException::invalidCredentials)));
  }

  CompletionStage<Void> close(String token) {
    return store.removeSession(Secrets.hash(token));
  }

  private static Session session(String token, Account account) {
    return Session.newBuilder()
        .setSessionToken(token)
        .setAccountId(account.getId())
        .setUsername(account.getUsername())
        .build();
  }

  private static <T> CompletionStage<T> refusal() {
    return CompletableFuture.failedStage(ApiException.invalidCredentials());
  }
}
