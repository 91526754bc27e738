// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.board.change;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import dev.corkboard.board.CassandraHeaders;
import dev.corkboard.board.Keys;
import dev.corkboard.board.RequestKey;
import dev.corkboard.platform.cassandra.Cql;
import java.time.Instant;
import java.util.Optional;

/**
 * What changes of a board's partition have in common: the change row and the request row they leave
 * there, and the condition that their actor is an editor still.
 */
public final class CassandraChangeRows {
  private static final String INSERT_CHANGE =
      "INSERT INTO board (board_id, kind, epoch, k1, k2, change_type, pin_id, actor_id, at)"
          + " VALUES (?, 8, 0, ?, 0, ?, ?, ?, ?) IF NOT EXISTS USING TTL "
          + CassandraHeaders.CHANGE_SECONDS;
  private static final String INSERT_REQUEST =
      "INSERT INTO board (board_id, kind, epoch, k1, k2, req_hash, pin_id, at)"
          + " VALUES (?, 9, 0, ?, 0, ?, ?, ?) IF NOT EXISTS USING TTL "
          + RequestKey.SECONDS;

  private static final String STILL_MEMBER =
      "UPDATE board SET role = ?"
          + " WHERE board_id = ? AND kind = 4 AND epoch = 0 AND k1 = ? AND k2 = 0 IF role = ?";

  private static final byte EDITOR = 2;

  private final PreparedStatement insertChange;
  private final PreparedStatement insertRequest;
  private final PreparedStatement stillMember;

  public CassandraChangeRows(Cql cql) {
    insertChange = cql.prepare(INSERT_CHANGE, false);
    insertRequest = cql.prepare(INSERT_REQUEST, false);
    stillMember = cql.prepare(STILL_MEMBER, false);
  }

  /** When a change counts as made: when its intent was begun. */
  public static Instant at(Intent intent) {
    return Instant.ofEpochMilli(IntentIds.millisOf(intent.id()));
  }

  /** The row that says that the intent's change was made. */
  public BoundStatement change(Intent intent) {
    return change(intent, intent.type().getNumber());
  }

  /** The row that says that it never will be. */
  public BoundStatement aborted(Intent intent) {
    return change(intent, 0);
  }

  private BoundStatement change(Intent intent, int type) {
    return insertChange.bind(
        intent.boardId(),
        Keys.of(intent.id()),
        (byte) type,
        intent.pinId(),
        intent.actorId(),
        at(intent));
  }

  /**
   * The row that recognises a repeat of the request; none when it is not to be recognised.
   *
   * @param subjectId the Pin or section that the request was about, 0 for the board itself
   */
  public Optional<BoundStatement> request(Intent intent, RequestKey request, long subjectId) {
    return request
        .id()
        .map(
            id ->
                insertRequest.bind(
                    intent.boardId(),
                    Keys.of(id),
                    request.digest().asReadOnlyByteBuffer(),
                    subjectId,
                    at(intent)));
  }

  /** Refuses the batch it is in unless the account is an editor of the board. */
  public BoundStatement stillEditor(long boardId, long accountId) {
    return stillMember.bind(EDITOR, boardId, Keys.of(accountId), EDITOR);
  }
}
