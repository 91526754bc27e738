// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.board;

import static dev.corkboard.board.Fixtures.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.board.change.ChangeLog;
import dev.corkboard.board.v1.Board;
import dev.corkboard.board.v1.Change;
import dev.corkboard.board.v1.ListChangesResponse;
import java.util.ArrayList;
import java.util.List;

/** A follower: keeps its cursor and all it was told. */
final class LogReader {
  private final List<Change> seen = new ArrayList<>();
  private String cursor = "";

  /** Reads until nothing new comes. */
  LogReader read(ChangeLog log) {
    return read(log, 100);
  }

  LogReader read(ChangeLog log, int pageSize) {
    ListChangesResponse page;
    do {
      page = await(log.list(cursor, pageSize));
      assertThat(page.getResyncRequired()).isFalse();
      assertThat(page.getChangesCount()).isLessThanOrEqualTo(pageSize);
      assertThat(page.getNextCursor()).isNotEmpty();
      cursor = page.getNextCursor();
      seen.addAll(page.getChangesList());
    } while (page.getChangesCount() > 0);
    return this;
  }

  /** Asks with a cursor that the log no longer reaches back to. */
  LogReader resync(ChangeLog log) {
    ListChangesResponse page = await(log.list(cursor, 100));
    assertThat(page.getResyncRequired()).isTrue();
    assertThat(page.getChangesList()).isEmpty();
    cursor = page.getNextCursor();
    return this;
  }

  List<Change> of(Board board) {
    return seen.stream().filter(c -> c.getBoardId().equals(board.getId())).toList();
  }

  List<Change> seen() {
    return seen;
  }

  String cursor() {
    return cursor;
  }
}
