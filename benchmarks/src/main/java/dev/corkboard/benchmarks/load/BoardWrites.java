// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.load;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.corkboard.benchmarks.load.Board.State;
import dev.corkboard.benchmarks.load.Board.Use;
import dev.corkboard.deploy.faults.Bodies;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** The operations that make, hide, show and delete boards. */
final class BoardWrites {
  private final World world;
  private final Outcomes outcomes;

  BoardWrites(World world, Outcomes outcomes) {
    this.world = world;
    this.outcomes = outcomes;
  }

  Optional<Call> create(Random random) {
    Account owner = world.accounts().get(random.nextInt(world.accounts().size()));
    return Optional.of(create(owner, Use.IS_DELETED));
  }

  Call create(Account owner, Use use) {
    Board board = new Board(owner, "b" + world.nextNumber(), use);
    world.begin(board);
    board.states().begin(State.PUBLIC, System.nanoTime());
    return Call.write(
        Kind.CREATE_BOARD,
        owner,
        "POST",
        "/boards",
        Bodies.board(board.name(), "made by a load"),
        outcomes.of(
            "create board " + board.name(),
            (answer, asked, answered) -> {
              board.states().done(answered);
              world.named(board, answer.textOf("id"));
            },
            () -> world.unnamedBoards().remove(board)));
  }

  private Optional<Board> closed(Random random, Use use) {
    List<Board> boards =
        world.boards().all().stream()
            .filter(board -> board.use() == use && board.states().latest() != State.ABSENT)
            .toList();
    if (boards.isEmpty()) return Optional.empty();
    return Optional.of(boards.get(random.nextInt(boards.size())))
        .filter(board -> board.gate().close());
  }

  /** Hides a board from all but its owner, or shows it again. */
  Optional<Call> changePrivacy(Random random) {
    return closed(random, Use.CHANGES_PRIVACY).map(this::changePrivacy);
  }

  private Call changePrivacy(Board board) {
    State next = board.states().latest() == State.PUBLIC ? State.SECRET : State.PUBLIC;
    board.states().begin(next, System.nanoTime());
    return Call.write(
        Kind.CHANGE_PRIVACY,
        board.owner(),
        "PATCH",
        "/boards/" + board.id(),
        JsonNodeFactory.instance.objectNode().put("privacy", next.name()),
        outcomes.of(
            "make " + board + " " + next,
            (answer, asked, answered) -> {
              board.states().done(answered);
              board.gate().open();
            },
            () -> {
              board.states().undo();
              board.gate().open();
            }));
  }

  Optional<Call> delete(Random random) {
    return closed(random, Use.IS_DELETED).map(this::delete);
  }

  /** Its Pins go with it. */
  private Call delete(Board board) {
    List<Pin> pins =
        board.pins().values().stream().filter(pin -> pin.places().latest().on(board.id())).toList();
    long begun = System.nanoTime();
    board.states().begin(State.ABSENT, begun);
    pins.forEach(pin -> pin.places().begin(Place.NOWHERE, begun));
    return Call.write(
        Kind.DELETE_BOARD,
        board.owner(),
        "DELETE",
        "/boards/" + board.id(),
        MissingNode.getInstance(),
        outcomes.ofRemoval(
            "delete of " + board,
            (answer, asked, answered) -> {
              board.states().done(answered);
              pins.forEach(pin -> pin.places().done(answered));
            },
            () -> {
              board.states().undo();
              pins.forEach(pin -> pin.places().undo());
              board.gate().open();
            }));
  }
}
