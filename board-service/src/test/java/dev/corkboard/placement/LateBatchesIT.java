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
import static dev.corkboard.board.Fixtures.rename;
import static dev.corkboard.board.Fixtures.update;
import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.corkboard.board.CassandraRig;
import dev.corkboard.board.change.IntentSweeper;
import dev.corkboard.board.change.LogTimes;
import dev.corkboard.board.v1.Board;
import dev.corkboard.board.v1.Change;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.server.Caller;
import dev.corkboard.platform.testing.Faults;
import dev.corkboard.section.Sections;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A writer that stands still between its intent and any of the steps that follow, until the sweeper
 * has ended the intent: its step is refused and leaves every partition as the sweeper left it.
 */
class LateBatchesIT {
  private static final Logger log = LoggerFactory.getLogger(LateBatchesIT.class);

  /** Longer than the grace, any deadline and any time-out of the driver. */
  private static final Duration PAUSE = Duration.ofMinutes(5);

  private final CassandraRig rig = CassandraRig.on("board_late");
  private final CassandraRig later =
      rig.with(Clock.offset(Clock.systemUTC(), PAUSE), LogTimes.DEFAULT);

  /** Makes ready what is to be written, with a healthy process. */
  @FunctionalInterface
  private interface Kind {
    Write prepare(LateBatchesIT test);
  }

  /** The write, on whatever process is to make it. */
  private record Write(Board board, long owner, Start start) {}

  @FunctionalInterface
  private interface Start {
    CompletionStage<?> on(CassandraRig process);
  }

  private record Late(String name, Kind kind) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** Every kind of change the log knows; one that is added does not compile without its rows. */
  static Stream<Late> kinds() {
    return Arrays.stream(Change.Type.values())
        .flatMap(
            type ->
                switch (type) {
                  case TYPE_UNSPECIFIED, UNRECOGNIZED -> Stream.of();
                  case TYPE_BOARD_CREATED -> Stream.of(new Late("create", LateBatchesIT::create));
                  case TYPE_BOARD_UPDATED ->
                      Stream.of(
                          new Late("update", LateBatchesIT::describe),
                          new Late("rename", LateBatchesIT::renaming));
                  case TYPE_BOARD_DELETED -> Stream.of(new Late("delete", LateBatchesIT::delete));
                  case TYPE_PIN_PLACED -> Stream.of(new Late("place", LateBatchesIT::place));
                  case TYPE_PLACEMENT_UPDATED -> Stream.of(new Late("move", LateBatchesIT::move));
                  case TYPE_PIN_REMOVED -> Stream.of(new Late("remove", LateBatchesIT::remove));
                  case TYPE_SECTION_CREATED ->
                      Stream.of(new Late("create a section", LateBatchesIT::createSection));
                  case TYPE_SECTION_UPDATED ->
                      Stream.of(new Late("rename a section", LateBatchesIT::renameSection));
                  case TYPE_SECTION_DELETED ->
                      Stream.of(new Late("delete a section", LateBatchesIT::deleteSection));
                });
  }

  private Write create() {
    long owner = newId();
    await(rig.boards().create(board(owner, "First"), noRequest()));
    Board board = board(owner, "Second");
    return new Write(board, owner, process -> process.boards().create(board, noRequest()));
  }

  private Write describe() {
    return onBoard(
        board ->
            process ->
                process
                    .boards()
                    .update(update(board, b -> b.toBuilder().setDescription("new").build())));
  }

  private Write renaming() {
    return onBoard(board -> process -> process.boards().update(update(board, rename("Renamed"))));
  }

  private Write delete() {
    return onBoard(
        board ->
            process ->
                process
                    .boards()
                    .delete(id(board), Long.parseLong(board.getOwnerId()), b -> {}, ""));
  }

  private Write place() {
    return onBoard(
        board -> {
          PlacementWrite write = Writes.place(owner(board), board, newId());
          return process -> PlacementRig.on(process).store().place(write);
        });
  }

  private Write move() {
    return onBoard(
        board -> {
          long pin = newId();
          long section = newId();
          PlacementRig.on(rig).addSection(id(board), section);
          Writes.placeAll(PlacementRig.on(rig).store(), board, List.of(pin));
          PlacementWrite write = Writes.section(owner(board), board, pin, section);
          return process -> PlacementRig.on(process).store().update(write);
        });
  }

  private Write remove() {
    return onBoard(
        board -> {
          long pin = newId();
          Writes.placeAll(PlacementRig.on(rig).store(), board, List.of(pin));
          PlacementWrite write = Writes.remove(owner(board), board, pin, false);
          return process -> PlacementRig.on(process).store().remove(write);
        });
  }

  private Write createSection() {
    return onBoard(
        board -> {
          long section = newId();
          return process -> Sections.create(PlacementRig.on(process).sections(), board, section);
        });
  }

  private Write renameSection() {
    return onSection(
        (board, section) ->
            process ->
                Sections.rename(PlacementRig.on(process).sections(), board, section, "Renamed"));
  }

  private Write deleteSection() {
    return onSection(
        (board, section) ->
            process -> Sections.delete(PlacementRig.on(process).sections(), board, section));
  }

  private Write onSection(BiFunction<Board, Long, Start> write) {
    return onBoard(
        board -> {
          long section = newId();
          PlacementRig.on(rig).addSection(id(board), section);
          return write.apply(board, section);
        });
  }

  private Write onBoard(Function<Board, Start> write) {
    long owner = newId();
    Board board = await(rig.boards().create(board(owner, "Board"), noRequest()));
    return new Write(board, owner, write.apply(board));
  }

  private static Caller owner(Board board) {
    return caller(Long.parseLong(board.getOwnerId()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kinds")
  void writerWhoComesAfterTheSweeperIsRefusedEntirely(Late row) {
    int refused = 0;
    while (comesTooLate(row.kind().prepare(this), refused + 1)) refused++;

    log.info("late batches: {} refused {}", row, refused);
    assertThat(refused).isPositive();
  }

  /** False when the write has no such step. */
  private boolean comesTooLate(Write write, int step) {
    PausedWriter writer = new PausedWriter(step);
    CompletableFuture<?> written = write.start().on(rig.through(writer)).toCompletableFuture();
    await(CompletableFuture.anyOf(writer.paused(), written));
    if (!writer.paused().isDone()) return false;

    await(later.sweeper().sweep());
    List<String> swept = rows(write);
    boolean applied = await(writer.resume());

    assertThat(applied).as("step %d", step).isFalse();
    assertThat(rows(write)).as("step %d", step).isEqualTo(swept);
    return true;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kinds")
  void healthyWriterAbortedBySweeperWhoseClockIsFastTriesAgain(Late row) {
    Write write = row.kind().prepare(this);
    AtomicInteger aborted = new AtomicInteger(3);

    await(write.start().on(rig.through(abortedBySweeper(aborted))));

    assertThat(aborted).hasNegativeValue();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kinds")
  void writerAbortedEveryTimeSaysSoAndChangesNothing(Late row) {
    Write write = row.kind().prepare(this);
    List<String> before = rowsOfState(write);
    AtomicInteger aborted = new AtomicInteger(1_000);

    var failure = failure(write.start().on(rig.through(abortedBySweeper(aborted))));

    assertThat(failure.reason()).isEqualTo(ErrorReason.ERROR_REASON_CONTENTION);
    assertThat(rowsOfState(write)).isEqualTo(before);
  }

  /** The sweeper comes between each of the first intents and what follows. */
  private Faults abortedBySweeper(AtomicInteger times) {
    IntentSweeper sweeper = later.sweeper();
    return (statement, real) ->
        PausedWriter.isIntent(statement) && times.getAndDecrement() > 0
            ? real.get().thenCompose(done -> sweeper.sweep().thenApply(swept -> done))
            : real.get();
  }

  /** Without the rows that say what became of intents. */
  private List<String> rowsOfState(Write write) {
    return rows(write).stream().filter(row -> !row.contains("kind:8,")).toList();
  }

  private List<String> rows(Write write) {
    List<String> rows = new ArrayList<>();
    for (Row row :
        rig.session().execute("SELECT * FROM board WHERE board_id = ?", id(write.board()))) {
      rows.add(row.getFormattedContents());
    }
    for (Row row : rig.session().execute("SELECT * FROM owner WHERE owner_id = ?", write.owner())) {
      rows.add(row.getFormattedContents());
    }
    return rows;
  }
}
