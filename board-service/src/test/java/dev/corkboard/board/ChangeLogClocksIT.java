// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.board;

import static dev.corkboard.board.Fixtures.await;
import static dev.corkboard.board.Fixtures.board;
import static dev.corkboard.board.Fixtures.failure;
import static dev.corkboard.board.Fixtures.id;
import static dev.corkboard.board.Fixtures.newId;
import static dev.corkboard.board.Fixtures.noRequest;
import static dev.corkboard.board.Fixtures.rename;
import static dev.corkboard.board.Fixtures.update;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.board.change.Intent;
import dev.corkboard.board.change.LogTimes;
import dev.corkboard.board.v1.Board;
import dev.corkboard.platform.testing.Faults;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The change log among processes whose clocks are five minutes off, each its own way. */
class ChangeLogClocksIT {
  private static final LogTimes TIMES = LogTimes.DEFAULT.withLag(Duration.ZERO);
  private static final Duration SKEW = Duration.ofMinutes(5);

  private final CassandraRig rig = CassandraRig.on("board_clocks").with(Clock.systemUTC(), TIMES);
  private final CassandraRig fast = off(SKEW);

  private CassandraRig off(Duration offset) {
    return rig.with(Clock.offset(Clock.systemUTC(), offset), TIMES);
  }

  /** A process that began a change so long ago, by its own clock, and writes it only now. */
  private CassandraRig begun(Duration ago) {
    return rig.with(Clock.fixed(Instant.now().minus(ago), ZoneOffset.UTC), TIMES);
  }

  private Board create(CassandraRig process, String name) {
    return await(process.boards().create(board(newId(), name), noRequest()));
  }

  /** Dies with the new name reserved and the board not yet renamed. */
  private Board dieInRenaming(CassandraRig process) {
    Board board = create(rig, "Old");
    CassandraRig dying = process.through(Faults.dieAfter(4));
    failure(dying.boards().update(update(board, rename("New"))));
    return board;
  }

  private boolean isFree(Board board, String name) {
    CassandraOwnerTable owners = new CassandraOwnerTable(rig.cql());
    return await(owners.view(Long.parseLong(board.getOwnerId()), Slug.of(name), noRequest()))
        .slugHolder()
        .isEmpty();
  }

  @Test
  @DisplayName("a change of a slow and hesitant writer is seen by a follower whose clock is fast")
  void oppositeClocksLoseNothing() {
    create(rig, "Before");
    LogReader follower = new LogReader().read(fast.changes());

    Board late = create(begun(SKEW.plusMinutes(2)), "Late");
    follower.read(off(SKEW.plus(TIMES.recheck()).plusSeconds(1)).changes());

    assertThat(follower.of(late)).hasSize(1);
  }

  @Test
  @DisplayName("what a slow writer left open is swept by a sweeper whose clock is fast")
  void bucketsAreNotClosedBeforeTheLastWriter() {
    CassandraRig slow = begun(SKEW.plusMinutes(2));
    create(slow, "In the same bucket");
    await(fast.sweeper().sweep());

    Board board = dieInRenaming(slow);
    assertThat(isFree(board, "New")).isFalse();
    await(fast.sweeper().sweep());

    assertThat(isFree(board, "New")).isTrue();
  }

  @Test
  @DisplayName("a process whose clock is an hour behind leaves nothing open either")
  void closedBucketIsOpenedAgainByWhoeverWritesIntoIt() {
    CassandraRig slow = begun(Duration.ofHours(1));
    create(slow, "In the same bucket");
    await(rig.sweeper().sweep());

    Board board = dieInRenaming(slow);
    await(rig.sweeper().sweep());

    assertThat(isFree(board, "New")).isTrue();
  }

  @Test
  @DisplayName("a change in flight when a resync is asked for is told after it, or never happens")
  void resyncLeavesNothingInFlightBehind() {
    LogReader follower = new LogReader().read(off(Duration.ofDays(-8)).changes());
    CassandraOwnerTable owners = new CassandraOwnerTable(rig.cql());
    Board board = board(newId(), "Paused");
    long owner = Long.parseLong(board.getOwnerId());
    await(owners.open(owner));
    CassandraRig paused = begun(Duration.ofHours(1));
    Intent creation =
        Intent.create(paused.intents().newId(), id(board), owner, board, Slug.of("Paused"));
    Intent intent = await(paused.intents().begin(creation));

    follower.resync(rig.changes());
    boolean applied = await(owners.claim(intent, noRequest(), 10)).applied();
    if (applied) await(rig.settler().settle(intent));
    follower.read(rig.changes());

    assertThat(follower.of(board)).hasSize(applied ? 1 : 0);
  }
}
