// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.section;

import static dev.corkboard.board.Fixtures.await;
import static dev.corkboard.board.Fixtures.board;
import static dev.corkboard.board.Fixtures.id;
import static dev.corkboard.board.Fixtures.newId;
import static dev.corkboard.board.Fixtures.noRequest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.board.BoardStore;
import dev.corkboard.board.CassandraRig;
import dev.corkboard.board.Role;
import dev.corkboard.board.change.Commits;
import dev.corkboard.board.v1.Board;
import dev.corkboard.board.v1.Privacy;
import org.junit.jupiter.api.Test;

class CassandraSectionStoreIT implements SectionStoreContract {
  private final CassandraRig rig = CassandraRig.on("board_store");
  private final SectionStore sections =
      new CassandraSectionStore(rig.cql(), new Commits(rig.intents(), rig.settler()));

  @Override
  public BoardStore boards() {
    return rig.boards();
  }

  @Override
  public SectionStore sections() {
    return sections;
  }

  @Override
  public void join(long boardId, long accountId, Role role) {
    rig.join(boardId, accountId, role);
  }

  @Test
  void theCountIsThatOfTheSections() {
    long owner = newId();
    Board board =
        await(
            boards().create(board(owner, "Board " + newId(), Privacy.PRIVACY_PUBLIC), noRequest()));
    long kept = newId();
    long gone = newId();
    Sections.add(sections, board, kept);
    Sections.add(sections, board, gone);
    Sections.remove(sections, board, gone);
    assertThat(
            rig.session()
                .execute("SELECT section_count FROM board WHERE board_id = " + id(board))
                .one()
                .getInt("section_count"))
        .isEqualTo(1);
  }
}
