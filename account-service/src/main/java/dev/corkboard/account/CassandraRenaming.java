// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.account;

import static dev.corkboard.account.CassandraAccountStore.folded;

import dev.corkboard.account.CassandraAccountTable.Claim;
import dev.corkboard.account.CassandraAccountTable.Stored;
import dev.corkboard.account.v1.Account;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Changes usernames: the account says what it is to be, then takes the name, then is it, then gives
 * the old name back. Whoever finds an account that said so finishes it; a name is held by the
 * account that has it or said it will.
 *
 * <p>A name is only ever taken over with the claim it was judged by, and an account that goes on
 * with a change renews its claim first: so no name is taken from one who is about to have it.
 */
final class CassandraRenaming {
  /** Chains of accounts that wait for each other's names are followed no further. */
  private static final int MAX_DEPTH = 4;

  private final CassandraAccountTable table;

  CassandraRenaming(CassandraAccountTable table) {
    this.table = table;
  }

  /** Empty when another writer won; fails with USERNAME_TAKEN when it is another's. */
  CompletionStage<Optional<Account>> rename(Stored stored, Account wanted) {
    return table
        .announce(stored, wanted)
        .thenCompose(
            announced ->
                announced.isEmpty()
                    ? CompletableFuture.completedStage(Optional.empty())
                    : finish(announced.get())
                        .thenApply(
                            ended -> {
                              if (ended == End.TAKEN) {
                                throw CassandraAccountStore.taken(wanted.getUsername());
                              }
                              // Done by another process it is read anew, and found as wanted.
                              return ended == End.DONE
                                  ? Optional.of(table.asWritten(announced.get(), wanted))
                                  : Optional.empty();
                            }));
  }

  /** How an announced change ended. */
  enum End {
    DONE,
    TAKEN,
    /** By another writer. */
    OVERTAKEN
  }

  /** Brings an announced change to its end. */
  CompletionStage<End> finish(Stored stored) {
    return finish(stored, 1);
  }

  private CompletionStage<End> finish(Stored stored, int depth) {
    Account next = stored.next().orElseThrow();
    return hold(stored, next, depth)
        .thenCompose(
            held ->
                switch (held) {
                  case HELD ->
                      table
                          .become(stored, next)
                          .thenCompose(
                              done ->
                                  done
                                      ? giveBack(stored).thenApply(given -> End.DONE)
                                      : CompletableFuture.completedStage(End.OVERTAKEN));
                  case TAKEN ->
                      table.giveUp(stored).thenApply(done -> done ? End.TAKEN : End.OVERTAKEN);
                  case OVERTAKEN -> CompletableFuture.completedStage(End.OVERTAKEN);
                });
  }

  private enum Hold {
    HELD,
    TAKEN,
    OVERTAKEN
  }

  private CompletionStage<Hold> hold(Stored stored, Account next, int depth) {
    return table
        .claimOf(folded(next.getUsername()))
        .thenCompose(
            claim -> {
              if (claim.isEmpty()) return table.claim(next).thenApply(CassandraRenaming::held);
              Claim standing = claim.get();
              if (standing.account().getId().equals(stored.account().getId())) {
                return table.takeOver(standing, next).thenApply(CassandraRenaming::held);
              }
              return freed(standing, depth)
                  .thenCompose(
                      freed ->
                          freed
                              ? table.takeOver(standing, next).thenApply(CassandraRenaming::held)
                              : CompletableFuture.completedStage(Hold.TAKEN));
            });
  }

  private static Hold held(boolean applied) {
    return applied ? Hold.HELD : Hold.OVERTAKEN;
  }

  /** Whether the account that a name's row names neither has it nor will. */
  CompletionStage<Boolean> freed(Claim standing) {
    return freed(standing, 1)
        .thenCompose(
            freed ->
                freed
                    ? table.drop(standing).thenApply(dropped -> true)
                    : CompletableFuture.completedStage(false));
  }

  private CompletionStage<Boolean> freed(Claim standing, int depth) {
    return holder(standing, depth).thenApply(Optional::isEmpty);
  }

  /** The account that has the name of the row, which it may be about to get. */
  CompletionStage<Optional<Account>> holder(Claim standing) {
    return holder(standing, 1);
  }

  private CompletionStage<Optional<Account>> holder(Claim standing, int depth) {
    Account claimed = standing.account();
    String name = folded(claimed.getUsername());
    return table
        .stored(Long.parseLong(claimed.getId()))
        .thenCompose(
            found -> {
              // A creation that died after its claim.
              if (found.isEmpty()) return table.insert(claimed).thenApply(Optional::of);
              Stored stored = found.get();
              if (folded(stored.account().getUsername()).equals(name)) {
                return CompletableFuture.completedStage(Optional.of(stored.account()));
              }
              boolean coming =
                  stored.next().filter(n -> folded(n.getUsername()).equals(name)).isPresent();
              if (!coming) return CompletableFuture.completedStage(Optional.empty());
              if (depth == MAX_DEPTH) {
                return CompletableFuture.completedStage(Optional.of(stored.account()));
              }
              return finish(stored, depth + 1).thenCompose(ended -> holder(standing, depth + 1));
            });
  }

  /** The name an account had; it is left alone when the account is about to have it again. */
  private CompletionStage<Boolean> giveBack(Stored before) {
    String name = folded(before.account().getUsername());
    return table
        .claimOf(name)
        .thenCompose(
            claim ->
                claim.filter(c -> c.account().getId().equals(before.account().getId())).isEmpty()
                    ? CompletableFuture.completedStage(false)
                    : freed(claim.get()));
  }
}
