// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.board;

import dev.corkboard.board.change.Intent;
import dev.corkboard.board.change.Outcome;
import dev.corkboard.board.change.Settler;
import dev.corkboard.board.v1.Change;
import dev.corkboard.platform.cassandra.Cql;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Ends intents. What decides: for a creation the owner's partition, for everything else the
 * board's; a renaming has to reserve in the owner's first.
 */
public final class CassandraSettler implements Settler {
  private final CassandraBoardTable boards;
  private final CassandraOwnerTable owners;

  public CassandraSettler(Cql cql) {
    this(new CassandraBoardTable(cql), new CassandraOwnerTable(cql));
  }

  CassandraSettler(CassandraBoardTable boards, CassandraOwnerTable owners) {
    this.boards = boards;
    this.owners = owners;
  }

  @Override
  public CompletionStage<Outcome> look(Intent intent) {
    return boards.outcome(intent);
  }

  @Override
  public CompletionStage<Outcome> settle(Intent intent) {
    if (intent.type() == Change.Type.TYPE_BOARD_CREATED) return settleCreation(intent);
    if (intent.isRenaming()) return settleRenaming(intent);
    return boards.abort(intent).thenCompose(outcome -> finish(intent, outcome));
  }

  private CompletionStage<Outcome> settleCreation(Intent intent) {
    return owners
        .isReserved(intent)
        .thenCompose(
            reserved ->
                reserved
                    ? boards.create(intent).thenApply(there -> Outcome.APPLIED)
                    : CompletableFuture.completedStage(Outcome.ABORTED));
  }

  /** Without the reservation its writer never comes to the header, so there is nothing to abort. */
  private CompletionStage<Outcome> settleRenaming(Intent intent) {
    return owners
        .isReserved(intent)
        .thenCompose(
            reserved ->
                reserved
                    ? boards.abort(intent).thenCompose(outcome -> finish(intent, outcome))
                    : CompletableFuture.completedStage(Outcome.ABORTED));
  }

  /** What is left to do in the owner's partition once the board's has decided. */
  CompletionStage<Outcome> finish(Intent intent, Outcome outcome) {
    CompletionStage<?> done = CompletableFuture.completedStage(null);
    if (outcome == Outcome.ABORTED) {
      if (intent.isRenaming()) {
        done = owners.free(intent.ownerId(), intent.newSlug(), intent.id());
      }
    } else if (!intent.oldSlug().isEmpty()) {
      done = owners.free(intent.ownerId(), intent.oldSlug(), intent.oldSlugIntent().orElseThrow());
      if (intent.type() == Change.Type.TYPE_BOARD_DELETED) {
        done = done.thenCompose(ok -> owners.unlist(intent.ownerId(), intent.boardId()));
      }
    }
    return done.thenApply(ok -> outcome);
  }
}
