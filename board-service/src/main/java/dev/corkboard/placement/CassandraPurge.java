// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.placement;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import dev.corkboard.board.BoardAccess;
import dev.corkboard.board.Header;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.cassandra.Cql;
import dev.corkboard.platform.error.ApiException;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Removes what is left of a deleted board, by range deletes within one conditional batch. */
final class CassandraPurge {
  private static final String GONE =
      "UPDATE board SET state = 3, pin_count = 0, section_count = 0, collaborator_count = 0,"
          + " next_epoch = 0, name = '', slug = '', description = '' WHERE board_id = ?"
          + " IF state IN (2, 3)";
  private static final String DELETE_KIND = "DELETE FROM board WHERE board_id = ? AND kind = ?";

  /**
   * Orders, memberships, sections, members, followers, requests; changes stay until they expire.
   */
  private static final byte[] KINDS = {0, 1, 2, 3, 4, 5, 9};

  private final Cql cql;
  private final PreparedStatement gone;
  private final PreparedStatement deleteKind;

  CassandraPurge(Cql cql) {
    this.cql = cql;
    gone = cql.prepare(GONE, false);
    deleteKind = cql.prepare(DELETE_KIND, false);
  }

  CompletionStage<Void> run(long boardId, Optional<Header> header) {
    requireDeleted(header.orElseThrow(() -> BoardAccess.notFound(Long.toString(boardId))));
    BatchStatementBuilder batch =
        BatchStatement.builder(BatchType.LOGGED).addStatement(gone.bind(boardId));
    for (byte kind : KINDS) batch.addStatement(deleteKind.bind(boardId, kind));
    return cql.cas(batch.build()).thenAccept(done -> {});
  }

  static void requireDeleted(Header board) {
    if (board.isLive()) throw notDeleted(Long.toString(board.boardId()));
  }

  static ApiException notDeleted(String boardId) {
    return ApiException.failedPrecondition(
        ErrorReason.ERROR_REASON_BOARD_NOT_DELETED,
        "board_id",
        boardId,
        "The board is not deleted.");
  }
}
