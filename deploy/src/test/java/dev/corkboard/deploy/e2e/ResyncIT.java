// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * pin-service after a pause longer than the change log reaches back: boards were deleted, one of
 * them purged as well, and no change tells of it any more.
 */
class ResyncIT {
  private static final Logger log = LoggerFactory.getLogger(ResyncIT.class);
  private static final int PINS = 12;
  private static final byte DELETING = 2;
  private static final byte GONE = 3;

  /** A cursor of board-service, version 1, that stands at the beginning of time. */
  private static final String ANCIENT =
      Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(ByteBuffer.allocate(25).put((byte) 1).array());

  private final EndToEnd suite = EndToEnd.get();
  private final Rest owner = suite.newAccount();
  private final CqlSession boards = suite.cassandra("BOARD");
  private final CqlSession pins = suite.cassandra("PIN");

  @Test
  void cursorOlderThanTheLogComparesAllBoardsAndGoesOn() {
    String deleted = owner.createBoard("PUBLIC");
    String purged = owner.createBoard("PUBLIC");
    String kept = owner.createBoard("PUBLIC");
    List<String> doomed = new ArrayList<>(fill(deleted));
    doomed.addAll(fill(purged));
    List<String> staying = fill(kept);
    forget(deleted, DELETING);
    forget(purged, GONE);
    for (int kind : List.of(0, 1)) {
      boards.execute(
          "BEGIN BATCH UPDATE board SET pin_count = 0 WHERE board_id = %1$s IF state = 3;"
                  .formatted(purged)
              + " DELETE FROM board WHERE board_id = %s AND kind = %d; APPLY BATCH"
                  .formatted(purged, kind));
    }

    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              boolean isOver = doomed.stream().allMatch(this::isDeleted) && listed(doomed) == 0;
              if (!isOver) standAtTheBeginning();
              return isOver;
            });

    log.info(
        "resync: {} Pins of 2 forgotten boards taken down, left behind {}, {} others touched {}",
        doomed.size(),
        listed(doomed),
        staying.size(),
        staying.size() - listed(staying));
    assertThat(listed(staying)).isEqualTo(PINS);
    assertThat(owner.ids("/v5/boards/" + kept + "/pins", 25)).hasSize(PINS);
    assertThat(owner.delete("/v5/boards/" + kept).status()).isEqualTo(204);
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> suite.isGone(kept) && suite.isGone(deleted));
    assertThat(staying).allMatch(this::isDeleted);
    assertThat(listed(staying)).isZero();
  }

  private List<String> fill(String board) {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < PINS; i++) made.add(owner.createPin(board));
    return made;
  }

  /** Deletes a board as if it had been so long ago that no change of it is kept. */
  private void forget(String board, byte state) {
    Row row =
        boards
            .execute(
                "UPDATE board SET state = %d WHERE board_id = %s IF state = 1"
                    .formatted(state, board))
            .one();
    assertThat(row.getBoolean("[applied]")).isTrue();
  }

  private void standAtTheBeginning() {
    pins.execute(
        "INSERT INTO progress (name, position) VALUES ('board-changes', '" + ANCIENT + "')");
  }

  private boolean isDeleted(String pin) {
    Row row = pins.execute("SELECT state FROM pin WHERE pin_id = " + pin).one();
    return row.getByte("state") == GONE;
  }

  private int listed(List<String> some) {
    Set<String> listed = new HashSet<>();
    for (Row row :
        pins.execute(
            "SELECT key FROM listing WHERE owner_id = %s AND bucket = 0 AND kind = 0"
                .formatted(owner.account().id()))) {
      listed.add(Long.toString(row.getLong("key")));
    }
    return (int) some.stream().filter(listed::contains).count();
  }
}
