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

import dev.corkboard.board.change.ChangeLog;
import dev.corkboard.board.change.Intent;
import dev.corkboard.board.change.IntentIds;
import dev.corkboard.board.change.LogTimes;
import dev.corkboard.board.v1.Board;
import dev.corkboard.board.v1.Change;
import dev.corkboard.board.v1.ListChangesResponse;
import dev.corkboard.platform.testing.Faults;
import io.grpc.Status.Code;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ChangeLogIT {
  private static final LogTimes AT_ONCE =
      LogTimes.DEFAULT.withLag(Duration.ZERO).withGrace(Duration.ofMinutes(5));
  private static final LogTimes IMPATIENT = AT_ONCE.withGrace(Duration.ZERO);

  private final CassandraRig rig =
      CassandraRig.on("board_changes").with(Clock.systemUTC(), AT_ONCE);

  private Board create(String name) {
    return await(rig.boards().create(board(newId(), name), noRequest()));
  }

  private CassandraRig minutesOff(long minutes, LogTimes times) {
    return rig.with(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(minutes)), times);
  }

  /** Ends what other tests left in flight, as the sweeper does. */
  private LogReader caughtUp() {
    await(rig.with(Clock.systemUTC(), IMPATIENT).sweeper().sweep());
    return new LogReader().read(rig.changes());
  }

  @Test
  void everyChangeOfABoardIsSeenOnceByAFollowerWhoKeepsUp() {
    LogReader follower = caughtUp();
    Board board = create("Watched");
    await(rig.boards().update(update(board, rename("Watched 2"))));
    await(rig.boards().update(update(board, b -> b.toBuilder().setDescription("d").build())));
    long actor = Long.parseLong(board.getOwnerId());
    await(rig.boards().delete(id(board), actor, b -> {}, ""));

    follower.read(rig.changes());
    follower.read(rig.changes());

    assertThat(follower.of(board))
        .extracting(Change::getType)
        .containsExactly(
            Change.Type.TYPE_BOARD_CREATED,
            Change.Type.TYPE_BOARD_UPDATED,
            Change.Type.TYPE_BOARD_UPDATED,
            Change.Type.TYPE_BOARD_DELETED);
    assertThat(follower.of(board))
        .allMatch(change -> change.getActorId().equals(board.getOwnerId()))
        .allMatch(change -> change.getPinId().isEmpty())
        .extracting(Change::getChangeId)
        .doesNotHaveDuplicates();
  }

  @Test
  void whatWasRefusedIsNotInTheLog() {
    LogReader follower = caughtUp();
    Board board = create("Taken");
    Board same = board(Long.parseLong(board.getOwnerId()), "Taken");
    failure(rig.boards().create(same, noRequest()));
    await(rig.boards().update(update(board, b -> b)));

    follower.read(rig.changes());

    assertThat(follower.of(board)).hasSize(1);
    assertThat(follower.of(same)).isEmpty();
  }

  @Test
  void pagesHoldEverything() {
    LogReader follower = caughtUp();
    List<Board> boards = List.of(create("1"), create("2"), create("3"), create("4"), create("5"));

    follower.read(rig.changes(), 2);

    for (Board board : boards) assertThat(follower.of(board)).hasSize(1);
  }

  @Test
  void intentInFlightHoldsTheFollowerBackUntilItIsSettled() {
    LogReader follower = caughtUp();
    Board before = create("Before");
    Board flying = board(newId(), "Flying");
    Intent intent = begin(flying);
    Board after = create("After");

    follower.read(rig.changes());
    assertThat(follower.of(before)).hasSize(1);
    assertThat(follower.of(after)).isEmpty();

    follower.read(rig.with(Clock.systemUTC(), IMPATIENT).changes());
    assertThat(follower.of(after)).hasSize(1);
    assertThat(follower.of(flying)).isEmpty();
    CassandraOwnerTable owners = new CassandraOwnerTable(rig.cql());
    assertThat(await(owners.claim(intent, noRequest(), 10)).applied())
        .as("the writer comes too late")
        .isFalse();
  }

  private Intent begin(Board board) {
    long owner = Long.parseLong(board.getOwnerId());
    return await(
        rig.intents()
            .begin(
                Intent.create(
                    rig.intents().newId(), id(board), owner, board, Slug.of(board.getName()))));
  }

  @Test
  @DisplayName("changes of a writer whose clock is five minutes behind are seen")
  void changesOfALateClockAreSeen() {
    LogReader follower = caughtUp();
    create("Now");
    follower.read(rig.changes());
    BoardStore late = minutesOff(-5, AT_ONCE).boards();

    Board board = await(late.create(board(newId(), "Late"), noRequest()));
    follower.read(minutesOff(2, AT_ONCE).changes());

    assertThat(follower.of(board)).hasSize(1);
  }

  @Test
  @DisplayName("a change that turns up behind one already told is told")
  void latecomersInABucketAlreadyReadAreSeen() {
    long bucketBegin =
        System.currentTimeMillis() / IntentIds.BUCKET_MILLIS * IntentIds.BUCKET_MILLIS - 20_000;
    LogReader follower = caughtUp();
    Board second = await(at(bucketBegin + 2_000).create(board(newId(), "2"), noRequest()));
    follower.read(rig.changes());
    assertThat(follower.of(second)).isNotEmpty();

    Board first = await(at(bucketBegin + 1_000).create(board(newId(), "1"), noRequest()));
    follower.read(rig.changes());

    assertThat(follower.of(first)).hasSize(1);
  }

  private BoardStore at(long millis) {
    return rig.with(Clock.fixed(Instant.ofEpochMilli(millis), ZoneOffset.UTC), AT_ONCE).boards();
  }

  @Test
  void bucketsArePassedOnceOldAndWhatIsInThemIsNotToldAgain() {
    LogReader follower = caughtUp();
    Board board = create("Aging");
    follower.read(rig.changes());
    int told = follower.seen().size();
    Board late = create("Just in time");

    ChangeLog later = minutesOff(AT_ONCE.overlap().toMinutes() + 1, AT_ONCE).changes();
    follower.read(later).read(later);

    assertThat(follower.of(board)).hasSize(1);
    assertThat(follower.of(late)).hasSize(1);
    assertThat(follower.seen().size()).isGreaterThan(told);
    assertThat(Base64.getUrlDecoder().decode(follower.cursor()))
        .as("a cursor without buckets to remember")
        .hasSize(25);
  }

  @Test
  void bucketsAMinuteOldAreNotReadAtEveryCallThoughSomethingIsAlwaysInFlight() {
    caughtUp();
    long old = System.currentTimeMillis() - 2 * AT_ONCE.recheck().toMillis();
    for (int i = 0; i < 5; i++) {
      await(at(old - i * IntentIds.BUCKET_MILLIS).create(board(newId(), "Old"), noRequest()));
    }
    begin(board(newId(), "Flying"));
    Set<Long> read = ConcurrentHashMap.newKeySet();
    ChangeLog watched = rig.through(Faults.intentReads(read::add)).changes();

    LogReader follower = new LogReader().read(watched);
    assertThat(read).hasSizeGreaterThan(5);
    read.clear();
    follower.read(watched);

    assertThat(read).isNotEmpty().allMatch(bucket -> bucket > old / IntentIds.BUCKET_MILLIS);
  }

  @Test
  void newFollowerStartsAtTheOldest() {
    Board board = create("History");
    await(rig.with(Clock.systemUTC(), IMPATIENT).sweeper().sweep());

    assertThat(new LogReader().read(rig.changes()).of(board)).hasSize(1);
  }

  @Test
  void cursorOlderThanTheRetentionAsksForAResync() {
    String cursor = caughtUp().cursor();
    CassandraRig nextMonth = minutesOff(Duration.ofDays(30).toMinutes(), AT_ONCE);

    ListChangesResponse page = await(nextMonth.changes().list(cursor, 10));

    assertThat(page.getResyncRequired()).isTrue();
    assertThat(page.getChangesList()).isEmpty();
    ListChangesResponse next = await(nextMonth.changes().list(page.getNextCursor(), 10));
    assertThat(next.getResyncRequired()).isFalse();
  }

  @Test
  void foreignCursorIsInvalid() {
    for (String cursor : List.of("x", "AAAA", "!!!", "AQ", "z".repeat(20_000))) {
      assertThat(failure(stage(cursor)).code()).as(cursor).isEqualTo(Code.INVALID_ARGUMENT);
    }
  }

  private java.util.concurrent.CompletionStage<ListChangesResponse> stage(String cursor) {
    return java.util.concurrent.CompletableFuture.completedStage(cursor)
        .thenCompose(c -> rig.changes().list(c, 10));
  }

  @Test
  void lagIsWaitedOut() {
    CassandraRig lagging = rig.with(Clock.systemUTC(), LogTimes.DEFAULT);
    LogReader follower = caughtUp();
    Board board = create("Lagging");
    Predicate<LogReader> told = f -> f.of(board).size() == 1;

    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> told.test(follower.read(lagging.changes())));
  }
}
