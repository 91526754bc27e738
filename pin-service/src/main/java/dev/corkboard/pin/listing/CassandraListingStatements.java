// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin.listing;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import dev.corkboard.platform.cassandra.Cql;
import java.util.UUID;

/** The prepared statements on the listing table, bound by what they say. */
final class CassandraListingStatements {
  /** Rows that are no steps have this in the step's column. */
  static final UUID NO_STEP = new UUID(0, 0);

  private static final String KEY = " WHERE owner_id = ? AND bucket = ?";
  private static final String ROW = KEY + " AND kind = ? AND key = ? AND step = ?";

  private static final String HEAD =
      "SELECT DISTINCT owner_id, bucket, hi, inserted, live FROM listing" + KEY;
  private static final String PIN =
      "SELECT kind, step, board_id FROM listing" + KEY + " AND (kind, key, step) IN (?, ?)";
  private static final String BOARDS_OF =
      "SELECT key, board_id FROM listing" + KEY + " AND kind = 0 AND key IN ? AND step = ?";
  private static final String COUNT =
      "SELECT pins FROM listing" + KEY + " AND kind = 1 AND key = ? AND step = ?";
  private static final String COUNTS = "SELECT key, pins FROM listing" + KEY + " AND kind = 1";
  private static final String PAGE =
      "SELECT key, board_id, creative_type, saved FROM listing"
          + KEY
          + " AND kind = 0 AND key < ? LIMIT ?";

  private static final String OPEN =
      "UPDATE listing SET inserted = 1, live = 1" + KEY + " IF inserted = null AND hi = null";
  private static final String ENTER =
      "UPDATE listing SET inserted += 1, live += 1" + KEY + " IF hi = null AND inserted < ?";
  private static final String ENTER_LATE =
      "UPDATE listing SET inserted += 1, live += 1" + KEY + " IF hi = ?";
  private static final String LEAVE = "UPDATE listing SET live += ?" + KEY + " IF live >= ?";
  private static final String SEAL =
      "UPDATE listing SET hi = ?" + KEY + " IF hi = null AND inserted >= ?";

  private static final String INSERT_PIN =
      "INSERT INTO listing (owner_id, bucket, kind, key, step, board_id, creative_type, saved,"
          + " words) VALUES (?, ?, 0, ?, ?, ?, ?, ?, ?) IF NOT EXISTS";
  private static final String INSERT_STEP =
      "INSERT INTO listing (owner_id, bucket, kind, key, step, board_id)"
          + " VALUES (?, ?, 9, ?, ?, ?) IF NOT EXISTS USING TTL 172800";
  private static final String MOVE_PIN =
      "UPDATE listing SET board_id = ?" + ROW + " IF board_id = ?";
  private static final String DELETE_PIN = "DELETE FROM listing" + ROW + " IF board_id = ?";
  private static final String FIRST =
      "INSERT INTO listing (owner_id, bucket, kind, key, step, pins) VALUES (?, ?, 1, ?, ?, 1)"
          + " IF NOT EXISTS";
  private static final String MORE = "UPDATE listing SET pins += 1" + ROW + " IF pins >= 0";
  private static final String FEWER = "UPDATE listing SET pins += ?" + ROW + " IF pins >= ?";

  static final byte PINS = 0;
  static final byte BOARDS = 1;
  static final byte STEPS = 9;

  final PreparedStatement head;
  final PreparedStatement pin;
  final PreparedStatement boardsOf;
  final PreparedStatement count;
  final PreparedStatement counts;
  final PreparedStatement page;
  final PreparedStatement open;
  final PreparedStatement enter;
  final PreparedStatement enterLate;
  final PreparedStatement seal;
  final PreparedStatement insertPin;
  private final PreparedStatement leave;
  private final PreparedStatement insertStep;
  private final PreparedStatement movePin;
  private final PreparedStatement deletePin;
  private final PreparedStatement first;
  private final PreparedStatement more;
  private final PreparedStatement fewer;

  CassandraListingStatements(Cql cql) {
    head = cql.prepare(HEAD, true);
    pin = cql.prepare(PIN, true);
    boardsOf = cql.prepare(BOARDS_OF, true);
    count = cql.prepare(COUNT, true);
    counts = cql.prepare(COUNTS, true);
    page = cql.prepare(PAGE, true);
    open = cql.prepare(OPEN, false);
    enter = cql.prepare(ENTER, false);
    enterLate = cql.prepare(ENTER_LATE, false);
    leave = cql.prepare(LEAVE, false);
    seal = cql.prepare(SEAL, false);
    insertPin = cql.prepare(INSERT_PIN, false);
    insertStep = cql.prepare(INSERT_STEP, false);
    movePin = cql.prepare(MOVE_PIN, false);
    deletePin = cql.prepare(DELETE_PIN, false);
    first = cql.prepare(FIRST, false);
    more = cql.prepare(MORE, false);
    fewer = cql.prepare(FEWER, false);
  }

  /** Remembers a step; the board is written only to give the row a cell. */
  BoundStatement step(long owner, long bucket, long pinId, UUID step, long board) {
    return insertStep.bind(owner, bucket, pinId, step, board);
  }

  BoundStatement movePin(long owner, long bucket, long pinId, long from, long to) {
    return movePin.bind(to, owner, bucket, PINS, pinId, NO_STEP, from);
  }

  BoundStatement deletePin(long owner, long bucket, long pinId, long board) {
    return deletePin.bind(owner, bucket, PINS, pinId, NO_STEP, board);
  }

  /** One Pin more on a board, whose row the bucket may not have yet. */
  BoundStatement more(long owner, long bucket, long board, boolean known) {
    return known
        ? more.bind(owner, bucket, BOARDS, board, NO_STEP)
        : first.bind(owner, bucket, board, NO_STEP);
  }

  BoundStatement fewer(long owner, long bucket, long board, int pins) {
    return fewer.bind(-pins, owner, bucket, BOARDS, board, NO_STEP, pins);
  }

  BoundStatement leave(long owner, long bucket, int pins) {
    return leave.bind(-pins, owner, bucket, pins);
  }
}
