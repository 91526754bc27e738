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
import static dev.corkboard.board.Fixtures.request;
import static dev.corkboard.board.Fixtures.update;
import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.Statement;
import dev.corkboard.board.change.Intent;
import dev.corkboard.board.change.IntentIds;
import dev.corkboard.board.change.LogTimes;
import dev.corkboard.board.change.Outcome;
import dev.corkboard.board.v1.Board;
import dev.corkboard.board.v1.Change;
import dev.corkboard.board.v1.ListBoardsRequest;
import dev.corkboard.board.v1.ListBoardsResponse;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.page.PageTokens;
import dev.corkboard.platform.testing.Faults;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * A process that dies after any statement of a change that crosses partitions: after a sweep the
 * change is either done or undone, and nothing is left over.
 */
class CrashIT {
  /** More statements than any change makes. */
  private static final int MAX_STATEMENTS = 20;

  private final CassandraRig rig = CassandraRig.on("board_crash");

  private BoardStore dyingAfter(int statements) {
    return rig.through(Faults.dieAfter(statements)).boards();
  }

  private void sweep() {
    CassandraRig impatient = rig.with(Clock.systemUTC(), LogTimes.DEFAULT.withGrace(Duration.ZERO));
    await(impatient.sweeper().sweep());
  }

  /** Runs a change that dies later and later until it lives; tells at how many points it died. */
  private int dieEverywhere(Function<Integer, Boolean> diesAfter) {
    for (int statements = 0; statements < MAX_STATEMENTS; statements++) {
      if (!diesAfter.apply(statements)) return statements;
    }
    throw new AssertionError("dies after " + MAX_STATEMENTS + " statements still");
  }

  private static boolean died(CompletionStage<?> change) {
    try {
      await(change);
      return false;
    } catch (RuntimeException dead) {
      return true;
    }
  }

  private Map<String, Long> slugs(long owner) {
    Map<String, Long> slugs = new HashMap<>();
    for (Row row :
        rig.session()
            .execute("SELECT k1, board_id FROM owner WHERE owner_id = ? AND kind = 1", owner)) {
      byte[] slug = new byte[row.getByteBuffer("k1").remaining()];
      row.getByteBuffer("k1").get(slug);
      slugs.put(new String(slug, java.nio.charset.StandardCharsets.UTF_8), row.getLong(1));
    }
    return slugs;
  }

  private int count(long owner) {
    Row row =
        rig.session()
            .execute("SELECT kind, board_count FROM owner WHERE owner_id = ? LIMIT 1", owner)
            .one();
    return row == null ? 0 : row.getInt("board_count");
  }

  /** The owner's partition holds exactly what the live boards ask for. */
  private void assertWhole(long owner, List<Board> live) {
    Map<String, Long> names = new HashMap<>();
    live.forEach(board -> names.put(Slug.of(board.getName()), id(board)));
    assertThat(slugs(owner)).isEqualTo(names);
    assertThat(count(owner)).isEqualTo(live.size());
    assertThat(await(rig.boards().listed(owner, Long.MAX_VALUE, 10)))
        .containsExactlyInAnyOrderElementsOf(live.stream().map(Fixtures::id).toList());
  }

  @Test
  void creationIsDoneOrUndone() {
    int deaths =
        dieEverywhere(
            statements -> {
              long owner = newId();
              Board asked = board(owner, "New");

              boolean died = died(dyingAfter(statements).create(asked, noRequest()));
              sweep();

              List<Board> live = await(rig.boards().get(id(asked))).stream().toList();
              assertWhole(owner, live);
              if (!died) assertThat(live).hasSize(1);
              return died;
            });

    assertThat(deaths).isGreaterThanOrEqualTo(5);
  }

  @Test
  void repeatOfACreationThatDiedIsOneBoard() {
    dieEverywhere(
        statements -> {
          long owner = newId();
          Board asked = board(owner, "New");
          RequestKey key = request(UUID.randomUUID(), asked);
          boolean died = died(dyingAfter(statements).create(asked, key));
          if (statements % 2 == 0) sweep();

          Board again =
              await(rig.boards().create(asked.toBuilder().setId("" + newId()).build(), key));

          sweep();
          assertWhole(owner, List.of(again));
          return died;
        });
  }

  @Test
  void renamingIsDoneOrUndone() {
    int deaths =
        dieEverywhere(
            statements -> {
              long owner = newId();
              Board board = await(rig.boards().create(board(owner, "Old"), noRequest()));

              boolean died = died(dyingAfter(statements).update(update(board, rename("New"))));
              sweep();

              Board now = await(rig.boards().get(id(board))).orElseThrow();
              assertThat(now.getName()).isIn("Old", "New");
              assertWhole(owner, List.of(now));
              if (!died) assertThat(now.getName()).isEqualTo("New");
              return died;
            });

    assertThat(deaths).isGreaterThanOrEqualTo(5);
  }

  @Test
  void deletionIsDoneOrNotBegun() {
    int deaths =
        dieEverywhere(
            statements -> {
              long owner = newId();
              Board board = await(rig.boards().create(board(owner, "Doomed"), noRequest()));

              boolean died = died(dyingAfter(statements).delete(id(board), owner, b -> {}, ""));
              sweep();

              List<Board> live = await(rig.boards().get(id(board))).stream().toList();
              assertWhole(owner, live);
              if (!died) assertThat(live).isEmpty();
              return died;
            });

    assertThat(deaths).isGreaterThanOrEqualTo(5);
  }

  @Test
  void listsSkipABoardThatIsNotThereYetAndKeepTheirPagesFull() {
    long owner = newId();
    Board first = await(rig.boards().create(board(owner, "First"), noRequest()));
    CassandraOwnerTable owners = new CassandraOwnerTable(rig.cql());
    Board flying = board(owner, "Flying");
    Intent intent = Intent.create(rig.intents().newId(), id(flying), owner, flying, "flying");
    assertThat(await(owners.claim(intent, noRequest(), 10)).applied()).isTrue();
    Board last = await(rig.boards().create(board(owner, "Last"), noRequest()));
    BoardListing listing =
        new BoardListing(rig.boards(), new PageTokens(new byte[32], Clock.systemUTC()));

    ListBoardsResponse page =
        await(
            listing.list(
                Fixtures.caller(owner), ListBoardsRequest.newBuilder().setPageSize(2).build()));

    assertThat(page.getBoardsList()).containsExactly(last, first);
    assertThat(page.getNextPageToken()).isEmpty();
    assertThat(await(rig.settler().settle(intent))).isEqualTo(Outcome.APPLIED);
    assertWhole(owner, List.of(first, flying, last));
  }

  @Test
  void fullAccountTakesNoMoreBoards() {
    long owner = newId();
    await(rig.boards().create(board(owner, "First"), noRequest()));
    rig.session()
        .execute(
            "UPDATE owner SET board_count = 1999 WHERE owner_id = ? IF board_count = 1", owner);

    var ended =
        Fixtures.together(4, i -> rig.boards().create(board(owner, "Next " + i), noRequest()));

    assertThat(ended.values()).hasSize(1);
    assertThat(ended.failures())
        .allMatch(f -> f.reason() == ErrorReason.ERROR_REASON_TOO_MANY_BOARDS);
    assertThat(count(owner)).isEqualTo(BoardStore.MAX_BOARDS);
  }

  @Test
  void oldBucketsAreClosedAndNotSweptAgain() {
    CassandraRig longAgo =
        rig.with(Clock.offset(Clock.systemUTC(), Duration.ofHours(-3)), LogTimes.DEFAULT);
    long owner = newId();
    Board old = board(owner, "Long ago");
    Intent intent = Intent.create(longAgo.intents().newId(), id(old), owner, old, "long ago");
    await(longAgo.intents().begin(intent));

    await(rig.sweeper().sweep());

    long bucket = IntentIds.millisOf(intent.id()) / IntentIds.BUCKET_MILLIS;
    Row row =
        rig.session()
            .execute(
                "SELECT done FROM intent_bucket WHERE day = ? AND bucket = ?",
                (int) (bucket / 8_640),
                bucket)
            .one();
    assertThat(row.getBoolean("done")).isTrue();
    assertThat(await(rig.settler().settle(intent))).isEqualTo(Outcome.ABORTED);
  }

  @Test
  void sweepsAtOnceAreNoHarm() {
    long owner = newId();
    Board asked = board(owner, "Swept");
    assertThat(failure(dyingAfter(5).create(asked, noRequest()))).isNotNull();
    CassandraRig impatient = rig.with(Clock.systemUTC(), LogTimes.DEFAULT.withGrace(Duration.ZERO));

    var ended = Fixtures.together(4, i -> impatient.sweeper().sweep());

    assertThat(ended.failures()).isEmpty();
    assertWhole(owner, await(rig.boards().get(id(asked))).stream().toList());
  }

  @Test
  void intentThatCannotBeSettledHoldsUpNoOther() {
    long stuck = newId();
    long owner = newId();
    for (long each : List.of(stuck, owner)) {
      Board board = board(each, "Left");
      Intent intent = Intent.create(rig.intents().newId(), id(board), each, board, "left");
      await(rig.intents().begin(intent));
    }
    CassandraRig failing =
        rig.with(rig.clock(), LogTimes.DEFAULT.withGrace(Duration.ZERO))
            .through(
                (statement, real) ->
                    isReservation(statement, stuck) ? Faults.timedOut() : real.get());

    assertThat(failure(failing.sweeper().sweep())).isNotNull();

    assertThat(steps(owner)).isEqualTo(1);
    assertThat(steps(stuck)).isZero();
    sweep();
    assertThat(steps(stuck)).isEqualTo(1);
  }

  private static boolean isReservation(Statement<?> statement, long owner) {
    return statement instanceof BoundStatement bound
        && bound.getPreparedStatement().getQuery().startsWith("INSERT INTO owner")
        && bound.getLong("owner_id") == owner;
  }

  private int steps(long owner) {
    return rig.session()
        .execute("SELECT k1 FROM owner WHERE owner_id = ? AND kind = 8", owner)
        .all()
        .size();
  }

  @Test
  void youngIntentsAreLeftToTheirWriters() {
    long owner = newId();
    Board board = board(owner, "In flight");
    Intent intent =
        await(
            rig.intents()
                .begin(Intent.create(rig.intents().newId(), id(board), owner, board, "in flight")));

    await(rig.sweeper().sweep());

    CassandraOwnerTable owners = new CassandraOwnerTable(rig.cql());
    await(owners.open(owner));
    assertThat(await(owners.claim(intent, noRequest(), 10)).applied()).isTrue();
  }

  @Test
  void pausedCreatorComesTooLate() {
    long owner = newId();
    Board board = board(owner, "Paused");
    CassandraOwnerTable owners = new CassandraOwnerTable(rig.cql());
    await(owners.open(owner));
    Intent intent =
        await(
            rig.intents()
                .begin(Intent.create(rig.intents().newId(), id(board), owner, board, "paused")));
    sweep();

    assertThat(await(owners.claim(intent, noRequest(), 10)).applied()).isFalse();
    assertThat(await(rig.settler().settle(intent))).isEqualTo(Outcome.ABORTED);
    assertWhole(owner, List.of());
  }

  @Test
  void pausedRenamerComesTooLate() {
    long owner = newId();
    Board board = await(rig.boards().create(board(owner, "Old"), noRequest()));
    CassandraBoardTable boards = new CassandraBoardTable(rig.cql());
    CassandraOwnerTable owners = new CassandraOwnerTable(rig.cql());
    Header header = await(boards.header(id(board))).orElseThrow();
    Intent wanted =
        Intent.within(
                rig.intents().newId(), Change.Type.TYPE_BOARD_UPDATED, id(board), owner, 0, owner)
            .slugs("new", header.slug(), header.slugIntent());
    Intent intent = await(rig.intents().begin(wanted));
    assertThat(await(owners.reserve(intent)).applied()).isTrue();
    sweep();

    Board next = board.toBuilder().setName("New").build();
    assertThat(await(boards.update(header, next, intent, noRequest())).applied()).isFalse();
    assertThat(await(owners.reserve(intent)).applied()).isFalse();
    assertWhole(owner, List.of(board));
  }

  @Test
  void timeOutsLeaveOneBoardPerName() {
    BoardStore shaky = rig.through(Faults.timeOuts(3, 4)).boards();
    long owner = newId();
    for (int i = 0; i < 6; i++) {
      Board board = await(shaky.create(board(owner, "Board " + i), noRequest()));
      Board renamed = await(shaky.update(update(board, rename("Renamed " + i))));
      if (i % 2 == 0) await(shaky.delete(id(renamed), owner, b -> {}, ""));
    }

    sweep();
    List<Board> live =
        List.copyOf(
            await(rig.boards().getAll(await(rig.boards().listed(owner, Long.MAX_VALUE, 10))))
                .values());
    assertThat(live)
        .extracting(Board::getName)
        .containsExactly("Renamed 5", "Renamed 3", "Renamed 1");
    assertWhole(owner, live);
  }
}
