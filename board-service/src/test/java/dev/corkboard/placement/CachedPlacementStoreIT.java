// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.placement;

import static dev.corkboard.board.Fixtures.await;
import static dev.corkboard.board.Fixtures.board;
import static dev.corkboard.board.Fixtures.caller;
import static dev.corkboard.board.Fixtures.failure;
import static dev.corkboard.board.Fixtures.id;
import static dev.corkboard.board.Fixtures.newId;
import static dev.corkboard.board.Fixtures.noRequest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.board.BoardCaches;
import dev.corkboard.board.BoardStore;
import dev.corkboard.board.CacheRig;
import dev.corkboard.board.CassandraRig;
import dev.corkboard.board.Role;
import dev.corkboard.board.v1.Board;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.placement.PlacementPage.Position;
import dev.corkboard.section.CachedSectionStore;
import dev.corkboard.section.SectionStore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CachedPlacementStoreIT implements PlacementStoreContract {
  private final CassandraRig rig = CassandraRig.on("board_store");
  private final BoardCaches caches = CacheRig.caches();
  private final BoardStore boards = CacheRig.before(rig.boards(), caches);
  private final PlacementRig cassandra = PlacementRig.on(rig);
  private final PlacementStore placements = new CachedPlacementStore(cassandra.store(), caches);
  private final SectionStore sections =
      new CachedSectionStore(cassandra.sections(), caches.heads());

  @Override
  public BoardStore boards() {
    return boards;
  }

  @Override
  public PlacementStore placements() {
    return placements;
  }

  @Override
  public void join(long boardId, long accountId, Role role) {
    rig.join(boardId, accountId, role);
  }

  @Override
  public SectionStore sections() {
    return sections;
  }

  @Test
  void otherProcessesSeeTheCountAtOnce() {
    long owner = newId();
    Board board = await(boards.create(board(owner, "Counted"), noRequest()));
    BoardStore there = CacheRig.before(rig.boards());
    for (int i = 1; i <= 5; i++) {
      await(placements.place(Writes.place(caller(owner), board, newId())));
      assertThat(await(there.get(id(board))).orElseThrow().getPinCount()).isEqualTo(i);
    }
  }

  private static List<Long> pins(PlacementPage page) {
    return page.placements().stream().map(placed -> Long.valueOf(placed.getPinId())).toList();
  }

  @Test
  void otherProcessesSeeTheFirstPageAtOnce() {
    long owner = newId();
    Board board = await(boards.create(board(owner, "Shown"), noRequest()));
    PlacementStore there = new CachedPlacementStore(cassandra.store(), CacheRig.caches());
    List<Long> standing = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      long pin = newId();
      standing.add(0, pin);
      await(placements.place(Writes.place(caller(owner), board, pin)));
      PlacementPage page = await(there.page(id(board), Position.START, 25));
      assertThat(pins(page)).isEqualTo(standing.subList(0, Math.min(25, standing.size())));
      assertThat(page.more()).isEqualTo(standing.size() > 25);
    }
    await(placements.remove(Writes.remove(caller(owner), board, standing.remove(3), true)));
    assertThat(pins(await(there.page(id(board), Position.START, 25))))
        .isEqualTo(standing.subList(0, 25));
  }

  @Test
  void aPageOfTheCacheGoesOnWhereItEnds() {
    long owner = newId();
    Board board = await(boards.create(board(owner, "Paged"), noRequest()));
    List<Long> standing = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      long pin = newId();
      standing.add(0, pin);
      await(placements.place(Writes.place(caller(owner), board, pin)));
    }
    for (int size : new int[] {25, 7, 1}) {
      PlacementPage first = await(placements.page(id(board), Position.START, size));
      assertThat(pins(first)).isEqualTo(standing.subList(0, size));
      PlacementPage second = await(placements.page(id(board), first.next().orElseThrow(), 5));
      assertThat(pins(second)).isEqualTo(standing.subList(size, size + 5));
    }
  }

  @Test
  void aDeletedBoardHasNoPageInAnyProcess() {
    long owner = newId();
    Board board = await(boards.create(board(owner, "Gone"), noRequest()));
    await(placements.place(Writes.place(caller(owner), board, newId())));
    PlacementStore there = new CachedPlacementStore(cassandra.store(), CacheRig.caches());
    assertThat(pins(await(there.page(id(board), Position.START, 25)))).hasSize(1);
    await(boards.delete(id(board), owner, any -> {}, ""));
    assertThat(failure(there.page(id(board), Position.START, 25)).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_BOARD_NOT_FOUND);
  }
}
