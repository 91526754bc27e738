// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.board.change;

import dev.corkboard.board.Header;
import dev.corkboard.board.v1.Change;
import dev.corkboard.platform.cassandra.Cas;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Makes a change within a board's partition: its intent, its batch, its outcome. */
public final class Commits {
  private final CassandraIntents intents;
  private final Settler settler;

  public Commits(CassandraIntents intents, Settler settler) {
    this.intents = intents;
    this.settler = settler;
  }

  /**
   * Announces the change and runs its batch, which must hold the change row of the intent it gets.
   *
   * @param pinId the Pin, 0 when none is concerned
   * @return the intent that was committed; empty when another writer won and the change is to be
   *     decided anew
   */
  public CompletionStage<Optional<Intent>> commit(
      Change.Type type,
      Header board,
      long pinId,
      long actorId,
      Function<Intent, CompletionStage<Cas>> batch) {
    return intents
        .begin(
            Intent.within(intents.newId(), type, board.boardId(), board.ownerId(), pinId, actorId))
        .thenCompose(
            intent ->
                batch
                    .apply(intent)
                    .thenCompose(
                        cas ->
                            cas.applied()
                                ? CompletableFuture.completedStage(Outcome.APPLIED)
                                : settler.settle(intent))
                    .thenApply(outcome -> end(intent, outcome)));
  }

  private Optional<Intent> end(Intent intent, Outcome outcome) {
    intents.note(intent, outcome);
    return outcome == Outcome.APPLIED ? Optional.of(intent) : Optional.empty();
  }
}
