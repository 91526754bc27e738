// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.placement;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.corkboard.board.CassandraRig;
import dev.corkboard.board.Keys;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * All rows of a board's partition that must agree.
 *
 * @param memberships order key by Pin
 * @param order order key by Pin, in the current generation
 * @param otherOrderRows rows of other generations
 */
record BoardAudit(
    int pinCount,
    int epoch,
    int nextEpoch,
    int deletions,
    Map<Long, ByteBuffer> memberships,
    Map<Long, ByteBuffer> order,
    int otherOrderRows) {

  static BoardAudit of(CassandraRig rig, long boardId) {
    Row header =
        rig.session()
            .execute(
                "SELECT kind, pin_count, cur_epoch, next_epoch, deletions FROM board"
                    + " WHERE board_id = ? AND kind = -1",
                boardId)
            .one();
    Map<Long, ByteBuffer> memberships = new HashMap<>();
    Map<Long, ByteBuffer> order = new HashMap<>();
    int others = 0;
    for (Row row :
        rig.session()
            .execute("SELECT k1, order_key FROM board WHERE board_id = ? AND kind = 1", boardId)) {
      memberships.put(row.getByteBuffer("k1").getLong(), row.getByteBuffer("order_key"));
    }
    for (Row row :
        rig.session()
            .execute("SELECT epoch, k1, k2 FROM board WHERE board_id = ? AND kind = 0", boardId)) {
      if (row.getInt("epoch") == header.getInt("cur_epoch")) {
        order.put(row.getLong("k2"), row.getByteBuffer("k1"));
      } else {
        others++;
      }
    }
    return new BoardAudit(
        header.getInt("pin_count"),
        header.getInt("cur_epoch"),
        header.getInt("next_epoch"),
        header.getInt("deletions"),
        memberships,
        order,
        others);
  }

  Set<Long> pins() {
    return memberships.keySet();
  }

  /** Whether count, memberships and order tell the same story. */
  boolean isWhole() {
    boolean keys =
        order.entrySet().stream().allMatch(e -> Keys.newestFirst(e.getKey()).equals(e.getValue()));
    return keys && memberships.equals(order) && pinCount == memberships.size();
  }

  @Override
  public String toString() {
    return "count %d, memberships %d, order rows %d, of other generations %d"
        .formatted(pinCount, memberships.size(), order.size(), otherOrderRows);
  }
}
