// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.account;

import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.error.ApiException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Makes the accounts of people whom another issuer knows. */
public final class SignUp {
  private final AccountStore accounts;
  private final Clock clock;

  public SignUp(AccountStore accounts, Clock clock) {
    this.accounts = accounts;
    this.clock = clock;
  }

  /**
   * Makes the account with an id unless it is there, so that a call after a crash or beside another
   * ends with the same; answers the id.
   *
   * @param wish the username it is to have, as near as the rules and other accounts allow
   * @param seed what is added to a username that is taken is made of this
   */
  public CompletionStage<String> account(String id, String wish, String seed) {
    return accounts
        .get(id)
        .thenCompose(
            found ->
                found.isPresent()
                    ? CompletableFuture.completedStage(id)
                    : create(id, Usernames.candidates(wish, seed)));
  }

  private CompletionStage<String> create(String id, List<String> names) {
    return accounts
        .create(AccountRequests.account(id, names.get(0), clock.instant()), Optional.empty())
        .thenApply(created -> id)
        .exceptionallyCompose(
            failure ->
                isTaken(failure) && names.size() > 1
                    ? create(id, names.subList(1, names.size()))
                    : CompletableFuture.failedStage(failure));
  }

  private static boolean isTaken(Throwable failure) {
    return ApiException.from(failure).reason() == ErrorReason.ERROR_REASON_USERNAME_TAKEN;
  }
}
