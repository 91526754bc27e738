// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.board;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.corkboard.board.Header.State;
import dev.corkboard.board.v1.BoardState;
import dev.corkboard.board.v1.Privacy;

/** The static columns of {@code board} as a {@link Header}. */
public final class CassandraHeaders {
  /** The columns a row must have been selected with; one that is not static, as CQL demands. */
  public static final String COLUMNS =
      "kind, board_id, owner_id, name, slug, slug_intent, description, privacy, ads_only, state,"
          + " header_ver, cur_epoch, next_epoch, rebuild_at, deletions, pin_count,"
          + " collaborator_count, follower_count, created_at, pins_modified_at, bare, bare_next";

  /** How long change rows live, in seconds: longer than the intents (7 days) that lead to them. */
  public static final int CHANGE_SECONDS = 691_200;

  private CassandraHeaders() {}

  public static Header read(Row row) {
    return new Header(
        row.getLong("board_id"),
        row.getLong("owner_id"),
        row.getString("name"),
        row.getString("slug"),
        row.getUuid("slug_intent"),
        row.getString("description"),
        Privacy.forNumber(row.getByte("privacy")),
        row.getBoolean("ads_only"),
        state(row.getByte("state")),
        row.getLong("header_ver"),
        row.getInt("cur_epoch"),
        row.getInt("next_epoch"),
        row.getInstant("rebuild_at"),
        row.getInt("deletions"),
        row.getInt("pin_count"),
        row.getInt("collaborator_count"),
        row.getInt("follower_count"),
        row.getInstant("created_at"),
        row.getInstant("pins_modified_at"),
        BareStretches.read(row.getByteBuffer("bare")),
        BareStretches.read(row.getByteBuffer("bare_next")));
  }

  static BoardState readState(Row row) {
    return BoardState.newBuilder()
        .setBoardId(Long.toString(row.getLong("board_id")))
        .setOwnerId(Long.toString(row.getLong("owner_id")))
        .setPrivacyValue(row.getByte("privacy"))
        .setDeleted(state(row.getByte("state")) != State.LIVE)
        .setPinCount(row.getInt("pin_count"))
        .build();
  }

  private static State state(byte code) {
    return switch (code) {
      case 1 -> State.LIVE;
      case 2 -> State.DELETING;
      case 3 -> State.GONE;
      default -> throw new IllegalStateException("a board in state " + code);
    };
  }
}
