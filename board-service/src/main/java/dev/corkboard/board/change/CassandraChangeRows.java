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

/** What every change of a board's partition leaves there: its change row and its request row. */
public final class CassandraChangeRows {
  private static final String INSERT_CHANGE =
      "INSERT INTO board (board_id, kind, epoch, k1, k2, change_type, pin_id, actor_id, at)"
          + " VALUES (?, 8, 0, ?, 0, ?, ?, ?, ?) IF NOT EXISTS USING TTL "
          + CassandraHeaders.CHANGE_SECONDS;
  private static final String INSERT_REQUEST =
      "INSERT INTO board (board_id, kind, epoch, k1, k2, req_hash, pin_id, at)"
          + " VALUES (?, 9, 0, ?, 0, ?, ?, ?) IF NOT EXISTS USING TTL "
          + RequestKey.SECONDS;

  private final PreparedStatement insertChange;
  private final PreparedStatement insertRequest;

  public CassandraChangeRows(Cql cql) {
    insertChange = cql.prepare(INSERT_CHANGE, false);
    insertRequest = cql.prepare(INSERT_REQUEST, false);
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
}
