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
import static dev.corkboard.board.Fixtures.together;
import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import dev.corkboard.board.CassandraRig;
import dev.corkboard.board.change.LogTimes;
import dev.corkboard.board.v1.Board;
import dev.corkboard.board.v1.Placement;
import dev.corkboard.placement.PlacementPage.Position;
import dev.corkboard.platform.testing.Faults;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EpochRebuildIT {
  private static final int NEVER = 1_000_000;

  private final CassandraRig rig = CassandraRig.on("board_store");
  private final PlacementRig quiet = PlacementRig.on(rig, NEVER);
  private long owner;
  private Board board;

  @BeforeEach
  void createBoard() {
    owner = newId();
    board = await(rig.boards().create(board(owner, "Order"), noRequest()));
  }

  private List<Long> placed(int count) {
    List<Long> pins = LongStream.range(0, count).map(i -> newId()).boxed().toList();
    Writes.placeAll(quiet.store(), board, pins);
    return pins;
  }

  private void remove(PlacementStore store, long pin) {
    await(store.remove(Writes.remove(caller(owner), board, pin, false)));
  }

  private BoardAudit audit() {
    return BoardAudit.of(rig, id(board));
  }

  private List<Long> walk() {
    List<Long> seen = new ArrayList<>();
    Position from = Position.START;
    while (from != null) {
      PlacementPage page = await(quiet.store().page(id(board), from, 40));
      page.placements().forEach(p -> seen.add(Long.valueOf(p.getPinId())));
      from = page.next().orElse(null);
    }
    return seen;
  }

  @Test
  void rebuildMovesEveryRowToTheNextGenerationAndDropsTheOld() {
    List<Long> pins = placed(130);
    pins.subList(0, 20).forEach(pin -> remove(quiet.store(), pin));
    List<Long> before = walk();

    await(quiet.rebuild().run(id(board)));

    BoardAudit after = audit();
    assertThat(after.epoch()).isEqualTo(2);
    assertThat(after.nextEpoch()).isZero();
    assertThat(after.deletions()).isZero();
    assertThat(after.otherOrderRows()).isZero();
    assertThat(after.isWhole()).as(after.toString()).isTrue();
    assertThat(walk()).isEqualTo(before).hasSize(110);
  }

  @Test
  void deletionsStartARebuildByThemselves() {
    PlacementStore eager = PlacementRig.on(rig, 5).store();
    List<Long> pins = placed(20);

    pins.subList(0, 8).forEach(pin -> remove(eager, pin));

    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              assertThat(audit().epoch()).isGreaterThan(1);
              assertThat(audit().nextEpoch()).isZero();
            });
    assertThat(audit().isWhole()).as(audit().toString()).isTrue();
    assertThat(walk()).hasSize(12);
  }

  @Test
  void writersDuringRebuildsLoseAndDoubleNothing() {
    Set<Long> expected = new HashSet<>(placed(300));
    List<Long> doomed = new ArrayList<>(expected).subList(0, 60);
    PlacementStore store = quiet.store();

    CompletableFuture<Void> rebuilding = quiet.rebuild().run(id(board)).toCompletableFuture();
    int round = 0;
    while (!rebuilding.isDone() || round < 12) {
      int from = round * 5;
      List<Long> fresh = List.of(newId(), newId());
      List<Long> going =
          from + 5 <= doomed.size() ? doomed.subList(from, from + 5) : List.<Long>of();
      var ended =
          together(
              fresh.size() + going.size(),
              i ->
                  i < fresh.size()
                      ? store
                          .place(Writes.place(caller(owner), board, fresh.get(i)))
                          .<Object>thenApply(p -> p)
                      : store
                          .remove(
                              Writes.remove(
                                  caller(owner), board, going.get(i - fresh.size()), false))
                          .<Object>thenApply(done -> "removed"));
      assertThat(ended.failures()).isEmpty();
      expected.addAll(fresh);
      expected.removeAll(going);
      if (rebuilding.isDone() && ++round < 12) {
        rebuilding = quiet.rebuild().run(id(board)).toCompletableFuture();
      } else if (!rebuilding.isDone()) {
        round = Math.min(round + 1, 12);
      }
    }
    await(rebuilding);

    BoardAudit audit = audit();
    assertThat(audit.isWhole()).as(audit.toString()).isTrue();
    assertThat(audit.otherOrderRows()).isZero();
    assertThat(audit.epoch()).isGreaterThan(1);
    assertThat(audit.pins()).isEqualTo(expected);
    assertThat(walk()).hasSize(expected.size()).doesNotHaveDuplicates();
  }

  @Test
  void twoRebuildsOfOneBoardAreNoHarm() {
    placed(120);
    List<Long> before = walk();

    var ended = together(3, i -> PlacementRig.on(rig, NEVER).rebuild().run(id(board)));

    assertThat(ended.failures()).isEmpty();
    assertThat(audit().isWhole()).as(audit().toString()).isTrue();
    assertThat(audit().nextEpoch()).isZero();
    assertThat(audit().otherOrderRows()).isZero();
    assertThat(walk()).isEqualTo(before);
  }

  @Test
  void deadRebuildIsTakenUpByWhoeverFindsIt() {
    List<Long> pins = placed(120);
    PlacementRig dying = PlacementRig.on(rig.through(Faults.dieAfter(5)), NEVER);
    assertThat(failure(dying.rebuild().run(id(board)))).isNotNull();
    assertThat(audit().nextEpoch()).isEqualTo(2);
    long extra = newId();
    await(quiet.store().place(Writes.place(caller(owner), board, extra)));
    remove(quiet.store(), pins.get(0));

    CassandraRig later =
        rig.with(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(1)), LogTimes.DEFAULT);
    await(PlacementRig.on(later, NEVER).store().page(id(board), Position.START, 5));

    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(audit().nextEpoch()).isZero());
    assertThat(audit().epoch()).isEqualTo(2);
    assertThat(audit().isWhole()).as(audit().toString()).isTrue();
    assertThat(walk()).hasSize(120).contains(extra).doesNotContain(pins.get(0));
  }

  /** Lets something happen once, right before the first statement of a kind. */
  private CassandraRig interrupted(Predicate<Statement<?>> at, Runnable happening) {
    AtomicBoolean happened = new AtomicBoolean();
    return rig.through(
        (statement, real) ->
            at.test(statement) && happened.compareAndSet(false, true)
                ? CompletableFuture.runAsync(happening).thenCompose(done -> real.get())
                : real.get());
  }

  @Test
  void rowRemovedBetweenReadAndCopyStaysRemoved() {
    List<Long> pins = placed(30);
    long gone = pins.get(10);
    // The first batch of a rebuild is the first copy: the start is a single statement.
    CassandraRig raced =
        interrupted(s -> s instanceof BatchStatement, () -> remove(quiet.store(), gone));

    await(PlacementRig.on(raced, NEVER).rebuild().run(id(board)));

    assertThat(audit().epoch()).isEqualTo(2);
    assertThat(audit().isWhole()).as(audit().toString()).isTrue();
    assertThat(walk()).hasSize(29).doesNotContain(gone);
  }

  @Test
  void rowMovedBetweenReadAndCopyStaysMoved() {
    List<Long> pins = placed(30);
    long section = newId();
    quiet.addSection(id(board), section);
    CassandraRig raced =
        interrupted(
            s -> s instanceof BatchStatement,
            () ->
                await(
                    quiet
                        .store()
                        .update(Writes.section(caller(owner), board, pins.get(10), section))));

    await(PlacementRig.on(raced, NEVER).rebuild().run(id(board)));

    assertThat(audit().epoch()).isEqualTo(2);
    assertThat(await(quiet.store().page(id(board), Position.START, 50)).placements())
        .filteredOn(p -> p.getSectionId().equals(Long.toString(section)))
        .extracting(Placement::getPinId)
        .containsExactly(Long.toString(pins.get(10)));
  }

  @Test
  void sectionsKeepTheirOrder() {
    List<Long> pins = placed(30);
    long section = newId();
    quiet.addSection(id(board), section);
    for (long pin : pins.subList(3, 23)) {
      await(quiet.store().update(Writes.section(caller(owner), board, pin, section)));
    }
    PlacementPage before = await(quiet.store().page(id(board), section, Position.START, 50));

    await(quiet.rebuild().run(id(board)));

    assertThat(audit().epoch()).isEqualTo(2);
    assertThat(before.placements()).hasSize(20);
    assertThat(await(quiet.store().page(id(board), section, Position.START, 50))).isEqualTo(before);
  }

  @Test
  void pageReadAcrossAFlipIsWhole() {
    placed(30);
    CassandraRig raced =
        interrupted(EpochRebuildIT::isPage, () -> await(quiet.rebuild().run(id(board))));

    PlacementPage page =
        await(PlacementRig.on(raced, NEVER).store().page(id(board), Position.START, 50));

    assertThat(audit().epoch()).isEqualTo(2);
    assertThat(page.placements()).hasSize(30);
  }

  @Test
  void writerWhoReadBeforeTheRebuildBeganWritesBothGenerations() {
    placed(10);
    long pin = newId();
    CassandraRig raced =
        interrupted(
            s -> s instanceof BatchStatement,
            () ->
                failure(
                    PlacementRig.on(rig.through(Faults.dieAfter(2)), NEVER)
                        .rebuild()
                        .run(id(board))));

    await(PlacementRig.on(raced, NEVER).store().place(Writes.place(caller(owner), board, pin)));
    assertThat(audit().nextEpoch()).isEqualTo(2);
    assertThat(audit().otherOrderRows()).isEqualTo(1);

    await(quiet.rebuild().run(id(board)));
    assertThat(audit().isWhole()).as(audit().toString()).isTrue();
    assertThat(walk()).hasSize(11).contains(pin);
  }

  private static boolean isPage(Statement<?> statement) {
    return statement instanceof BoundStatement bound
        && bound.getPreparedStatement().getQuery().contains("(k1, k2) >");
  }

  @Test
  void pagesGoOnAcrossARebuild() {
    List<Long> pins = placed(90);
    PlacementPage first = await(quiet.store().page(id(board), Position.START, 50));
    await(quiet.rebuild().run(id(board)));

    PlacementPage second = await(quiet.store().page(id(board), first.next().orElseThrow(), 50));

    List<String> seen = new ArrayList<>();
    first.placements().stream().map(Placement::getPinId).forEach(seen::add);
    second.placements().stream().map(Placement::getPinId).forEach(seen::add);
    assertThat(seen).hasSize(90).doesNotHaveDuplicates();
    assertThat(second.next()).isEmpty();
    assertThat(pins).hasSize(90);
  }
}
