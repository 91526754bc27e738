// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.board.follow;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.corkboard.board.BoardAccess;
import dev.corkboard.board.Gather;
import dev.corkboard.board.Keys;
import dev.corkboard.platform.cassandra.Attempts;
import dev.corkboard.platform.cassandra.Cassandra;
import dev.corkboard.platform.cassandra.Cql;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Follows of boards in Cassandra: the board's partition decides, {@code board.cql} says how. */
public final class CassandraBoardFollowStore implements BoardFollowStore {
  private static final byte LIVE = 1;

  private static final String SELECT_STATE =
      "SELECT kind, state, follower_count, follower_ver, claim FROM board"
          + " WHERE board_id = ? AND (kind, epoch, k1, k2) IN ((-1, 0, 0x, 0), (5, 0, ?, 0))";
  private static final String SELECT_ROW =
      "SELECT claim FROM board"
          + " WHERE board_id = ? AND kind = 5 AND epoch = 0 AND k1 = ? AND k2 = 0";
  private static final String COUNT =
      "UPDATE board SET follower_count = ?, follower_ver = ? WHERE board_id = ?"
          + " IF state = 1 AND follower_ver = ?";
  private static final String INSERT =
      "INSERT INTO board (board_id, kind, epoch, k1, k2, claim) VALUES (?, 5, 0, ?, 0, ?)";
  private static final String DELETE =
      "DELETE FROM board WHERE board_id = ? AND kind = 5 AND epoch = 0 AND k1 = ? AND k2 = 0";
  private static final String LIST =
      "UPDATE board_following SET claims = claims + ? WHERE account_id = ? AND board_id = ?";
  private static final String UNLIST =
      "UPDATE board_following SET claims = claims - ? WHERE account_id = ? AND board_id = ?";
  private static final String SELECT_LISTED =
      "SELECT board_id FROM board_following WHERE account_id = ? AND board_id < ? LIMIT ?";

  private final Cql cql;
  private final PreparedStatement selectState;
  private final PreparedStatement selectRow;
  private final PreparedStatement count;
  private final PreparedStatement insert;
  private final PreparedStatement delete;
  private final PreparedStatement list;
  private final PreparedStatement unlist;
  private final PreparedStatement selectListed;

  /**
   * What a write is decided on.
   *
   * @param version null as long as nobody ever followed
   * @param claim of the follower's row, when it is there
   */
  private record State(Long version, int count, Optional<UUID> claim) {}

  public CassandraBoardFollowStore(Cql cql) {
    this.cql = cql;
    selectState = cql.prepare(SELECT_STATE, true);
    selectRow = cql.prepare(SELECT_ROW, true);
    count = cql.prepare(COUNT, false);
    insert = cql.prepare(INSERT, false);
    delete = cql.prepare(DELETE, false);
    list = cql.prepare(LIST, true);
    unlist = cql.prepare(UNLIST, true);
    selectListed = cql.prepare(SELECT_LISTED, true);
  }

  @Override
  public CompletionStage<Void> set(long accountId, long boardId, boolean follows) {
    return follows ? follow(accountId, boardId) : unfollow(accountId, boardId);
  }

  private CompletionStage<Void> follow(long accountId, long boardId) {
    UUID claim = UUID.randomUUID();
    return cql.execute(list.bind(Set.of(claim), accountId, boardId))
        .thenCompose(listed -> write(accountId, boardId, Optional.of(claim)));
  }

  private CompletionStage<Void> unfollow(long accountId, long boardId) {
    return write(accountId, boardId, Optional.empty());
  }

  /** The claim of a row that is gone, or another's now, is no longer listed. */
  private CompletionStage<Void> write(long accountId, long boardId, Optional<UUID> claim) {
    return Attempts.until(() -> tryWrite(accountId, boardId, claim))
        .thenCompose(
            before ->
                before.claim().isEmpty()
                    ? CompletableFuture.completedStage(null)
                    : cql.execute(unlist.bind(Set.of(before.claim().get()), accountId, boardId)))
        .thenAccept(done -> {});
  }

  /**
   * Puts the follower's row there or takes it away, and counts: also when that changes nothing, so
   * that a late writer is refused.
   *
   * @return the state before; empty when another writer won
   */
  private CompletionStage<Optional<State>> tryWrite(
      long accountId, long boardId, Optional<UUID> claim) {
    return state(accountId, boardId)
        .thenCompose(
            read -> {
              int before = read.claim().isPresent() ? 1 : 0;
              int after = claim.isPresent() ? 1 : 0;
              long next = read.version() == null ? 1 : read.version() + 1;
              return cql.cas(
                      BatchStatement.builder(BatchType.LOGGED)
                          .addStatement(
                              count.bind(
                                  read.count() + after - before, next, boardId, read.version()))
                          .addStatement(row(accountId, boardId, claim))
                          .build())
                  .thenApply(cas -> cas.applied() ? Optional.of(read) : Optional.empty());
            });
  }

  private BoundStatement row(long accountId, long boardId, Optional<UUID> claim) {
    return claim.isPresent()
        ? insert.bind(boardId, Keys.of(accountId), claim.get())
        : delete.bind(boardId, Keys.of(accountId));
  }

  private CompletionStage<State> state(long accountId, long boardId) {
    return cql.all(
            selectState.bind(boardId, Keys.of(accountId)).setExecutionProfileName(Cassandra.SERIAL))
        .thenApply(
            rows -> {
              Row board =
                  rows.stream()
                      .filter(row -> row.getByte("kind") == -1 && row.getByte("state") == LIVE)
                      .findFirst()
                      .orElseThrow(() -> BoardAccess.notFound(Long.toString(boardId)));
              return new State(
                  board.isNull("follower_ver") ? null : board.getLong("follower_ver"),
                  board.getInt("follower_count"),
                  rows.stream()
                      .filter(row -> row.getByte("kind") == 5)
                      .map(row -> row.getUuid("claim"))
                      .findFirst());
            });
  }

  @Override
  public CompletionStage<List<Long>> listed(long accountId, long before, int limit) {
    return cql.all(selectListed.bind(accountId, before, limit))
        .thenApply(rows -> rows.stream().map(row -> row.getLong("board_id")).toList());
  }

  @Override
  public CompletionStage<Set<Long>> followed(long accountId, Collection<Long> boardIds) {
    return Gather.present(boardIds, board -> cql.one(selectRow.bind(board, Keys.of(accountId))))
        .thenApply(found -> Set.copyOf(found.keySet()));
  }
}
