// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.account;

import dev.corkboard.account.v1.Account;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/** Keeps accounts. Fails with UNAVAILABLE or DEADLINE_EXCEEDED when the store does not answer. */
public interface AccountStore {
  /**
   * Creates an account whose id and times are set. Fails with USERNAME_TAKEN unless the name is
   * free or was taken by the same request: then the account first created is the answer.
   */
  CompletionStage<Account> create(Account account, Optional<UUID> requestId);

  /**
   * Changes an account. Fails with ACCOUNT_NOT_FOUND, USERNAME_TAKEN, ETAG_MISMATCH, CONTENTION, or
   * as the edit does.
   *
   * @param edit the account as it is to be of the account as it is; run again after a lost race
   * @param etag the etag the account must have, unless it is as wanted already; or empty
   */
  CompletionStage<Account> update(String accountId, UnaryOperator<Account> edit, String etag);

  CompletionStage<Optional<Account>> get(String accountId);

  /** Those that exist, by id. */
  CompletionStage<Map<String, Account>> getAll(Collection<String> accountIds);

  /** The account with a username, ignoring case. */
  CompletionStage<Optional<Account>> lookup(String username);
}
