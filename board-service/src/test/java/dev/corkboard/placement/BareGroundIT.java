// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.placement;

import static dev.corkboard.board.Fixtures.await;
import static dev.corkboard.board.Fixtures.board;
import static dev.corkboard.board.Fixtures.caller;
import static dev.corkboard.board.Fixtures.id;
import static dev.corkboard.board.Fixtures.newId;
import static dev.corkboard.board.Fixtures.noRequest;
import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import com.google.protobuf.ByteString;
import dev.corkboard.board.BareStretches;
import dev.corkboard.board.BareStretches.Stretch;
import dev.corkboard.board.CassandraRig;
import dev.corkboard.board.Keys;
import dev.corkboard.board.v1.Board;
import dev.corkboard.placement.PlacementPage.Position;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BareGroundIT {
  private static final int PINS = 40;

  private final CassandraRig rig = CassandraRig.on("board_store");
  private final PlacementRig placements = PlacementRig.withoutRebuild(rig, false);
  private final CassandraBareGround bareGround = new CassandraBareGround(rig.cql(), () -> false);
  private long owner;
  private Board board;

  /** Oldest first, as they were placed; so the last one stands in front. */
  private List<Long> pins;

  @BeforeEach
  void createBoard() {
    owner = newId();
    board = await(rig.boards().create(board(owner, "Bare"), noRequest()));
    pins = LongStream.range(0, PINS).map(i -> newId()).boxed().toList();
    Writes.placeAll(placements.store(), board, pins);
  }

  private static ByteString key(long pin) {
    return ByteString.copyFrom(Keys.newestFirst(pin));
  }

  private void remove(int from, int to) {
    for (long pin : pins.subList(from, to)) {
      await(placements.store().remove(Writes.remove(caller(owner), board, pin, false)));
    }
  }

  private void place(long pin) {
    await(placements.store().place(Writes.place(caller(owner), board, pin)));
  }

  private void lookAround(int deleted) {
    await(bareGround.lookAround(id(board), key(pins.get(deleted))));
  }

  private List<Stretch> bare() {
    return await(new CassandraPlacementTable(rig.cql()).header(id(board)))
        .orElseThrow()
        .bare()
        .inOrder();
  }

  private List<Long> walk() {
    List<Long> seen = new ArrayList<>();
    Position from = Position.START;
    while (from != null) {
      PlacementPage page = await(placements.store().page(id(board), from, 7));
      page.placements().forEach(p -> seen.add(Long.valueOf(p.getPinId())));
      from = page.next().orElse(null);
    }
    return seen;
  }

  private List<Long> newestFirst(int from, int to) {
    List<Long> some = new ArrayList<>(pins.subList(from, to));
    Collections.reverse(some);
    return some;
  }

  @Test
  void deletedHeadIsNotedAndGrows() {
    remove(30, 40);
    lookAround(33);
    assertThat(bare()).containsExactly(new Stretch(ByteString.EMPTY, key(pins.get(29)), 1));

    remove(20, 30);
    lookAround(20);
    assertThat(bare()).containsExactly(new Stretch(ByteString.EMPTY, key(pins.get(19)), 2));
    assertThat(walk()).isEqualTo(newestFirst(0, 20));
  }

  @Test
  void deletionLooksAroundInTheBackground() {
    PlacementStore looking = PlacementRig.withoutRebuild(rig, true).store();

    await(looking.remove(Writes.remove(caller(owner), board, pins.get(20), false)));

    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(bare())
                    .containsExactly(new Stretch(key(pins.get(21)), key(pins.get(19)), 1)));
  }

  @Test
  void stretchesInTheMiddleAndAtTheEndAreSteppedOver() {
    remove(10, 15);
    lookAround(12);
    remove(25, 30);
    lookAround(29);
    remove(0, 4);
    lookAround(1);

    List<Long> expected = newestFirst(30, 40);
    expected.addAll(newestFirst(15, 25));
    expected.addAll(newestFirst(4, 10));
    assertThat(bare())
        .containsExactly(
            new Stretch(key(pins.get(30)), key(pins.get(24)), 1),
            new Stretch(key(pins.get(15)), key(pins.get(9)), 1),
            new Stretch(key(pins.get(4)), BareStretches.END, 1));
    assertThat(walk()).isEqualTo(expected);
  }

  @Test
  void noRowIsReadBetweenTheEdges() {
    remove(20, 40);
    lookAround(25);
    AtomicInteger parts = new AtomicInteger();
    CassandraRig counted =
        rig.through(
            (statement, real) -> {
              if (isFromTheStart(statement)) parts.incrementAndGet();
              return real.get();
            });

    await(PlacementRig.withoutRebuild(counted, false).store().page(id(board), Position.START, 5));

    assertThat(parts).hasValue(0);
  }

  private static boolean isFromTheStart(Statement<?> statement) {
    return statement instanceof BoundStatement bound
        && bound.getPreparedStatement().getQuery().contains("(k1, k2) >")
        && !bound.getByteBuffer(2).hasRemaining();
  }

  @Test
  void pinPlacedIntoAStretchIsListed() {
    remove(10, 30);
    lookAround(12);

    place(pins.get(20));
    place(pins.get(25));
    long fresh = newId();
    place(fresh);

    List<Long> expected = new ArrayList<>(List.of(fresh));
    expected.addAll(newestFirst(30, 40));
    expected.addAll(List.of(pins.get(25), pins.get(20)));
    expected.addAll(newestFirst(0, 10));
    assertThat(walk()).isEqualTo(expected);
  }

  /** Lets something happen once, right before a statement of a kind. */
  private CassandraBareGround interrupted(Predicate<String> at, Runnable happening) {
    AtomicInteger met = new AtomicInteger();
    CassandraRig raced =
        rig.through(
            (statement, real) ->
                statement instanceof BoundStatement bound
                        && at.test(bound.getPreparedStatement().getQuery())
                        && met.getAndIncrement() == 0
                    ? CompletableFuture.runAsync(happening).thenCompose(done -> real.get())
                    : real.get());
    return new CassandraBareGround(raced.cql(), () -> false);
  }

  private void racedBy(String statement) {
    remove(10, 30);
    CassandraBareGround raced =
        interrupted(query -> query.startsWith(statement), () -> place(pins.get(20)));

    await(raced.lookAround(id(board), key(pins.get(15))));

    List<Long> expected = newestFirst(30, 40);
    expected.add(pins.get(20));
    expected.addAll(newestFirst(0, 10));
    assertThat(walk()).isEqualTo(expected);
    assertThat(bare()).noneMatch(stretch -> stretch.holds(key(pins.get(20))));
  }

  @Test
  void pinPlacedBeforeTheClaimIsListed() {
    racedBy("UPDATE board SET bare_next");
  }

  @Test
  void pinPlacedBeforeTheNoteIsListed() {
    racedBy("UPDATE board SET bare =");
  }

  @Test
  void rebuildKeepsTheStretches() {
    remove(20, 40);
    lookAround(25);

    await(placements.rebuild().run(id(board)));

    assertThat(bare()).hasSize(1);
    assertThat(BoardAudit.of(rig, id(board)).isWhole()).isTrue();
    assertThat(walk()).isEqualTo(newestFirst(0, 20));
  }
}
