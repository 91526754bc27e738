// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.corkboard.benchmarks.load.Verdicts.Defect;
import dev.corkboard.deploy.faults.Answer;
import dev.corkboard.deploy.faults.Bodies;
import java.util.Optional;
import java.util.Random;

/** The operations that make, change and remove Pins; one at a time for each Pin. */
final class PinWrites {
  private final World world;
  private final Outcomes outcomes;

  PinWrites(World world, Outcomes outcomes) {
    this.world = world;
    this.outcomes = outcomes;
  }

  private static boolean isThere(Board board) {
    return board.states().latest() != Board.State.ABSENT;
  }

  /** A board whose gate is entered. */
  private Optional<Board> board(Random random) {
    return world.boards().pick(random, board -> isThere(board) && board.gate().enter());
  }

  Optional<Call> create(Random random) {
    return board(random).map(this::create);
  }

  /** A new Pin for a board whose gate was entered. */
  Call create(Board board) {
    Pin pin = new Pin(board.owner(), "q" + world.nextNumber(), false);
    world.begin(pin);
    pin.places().begin(new Place(board.id(), 0), System.nanoTime());
    return Call.write(
        Kind.CREATE_PIN,
        board.owner(),
        "POST",
        "/pins",
        Bodies.pin(board.id(), pin.title(0)),
        outcomes.of(
            "create on " + board,
            (answer, asked, answered) -> {
              check("create", answer, board, pin.title(0));
              pin.places().done(answered);
              world.named(pin, board, answer.textOf("id"));
              board.gate().leave();
            },
            () -> unmade(pin, board)));
  }

  private void check(String what, Answer answer, Board board, String title) {
    JsonNode json = answer.json();
    if (!json.path("title").asText().equals(title)
        || !json.path("board_id").asText().equals(board.id())) {
      outcomes.wrong(Defect.TORN, what + " as " + title + " was answered with " + answer.text());
    }
  }

  private void unmade(Pin pin, Board board) {
    pin.places().undo();
    world.unnamed().remove(pin);
    board.gate().leave();
  }

  /** A copy of a Pin that anybody may see. */
  Optional<Call> save(Random random) {
    Optional<Pin> source = world.pins().pick(random, pin -> isForAll(pin) && pin.gate().enter());
    if (source.isEmpty()) return Optional.empty();
    Optional<Board> target = board(random);
    if (target.isEmpty()) source.get().gate().leave();
    return target.map(board -> save(source.get(), board));
  }

  private boolean isForAll(Pin pin) {
    Place place = pin.places().latest();
    return !pin.isOfCollage()
        && !place.isNowhere()
        && world.board(place.board()).use() == Board.Use.STAYS;
  }

  private Call save(Pin source, Board target) {
    Pin copy = new Pin(target.owner(), source.key(), false);
    world.begin(copy);
    copy.places().begin(new Place(target.id(), Place.ANY), System.nanoTime());
    int version = source.places().latest().version();
    return Call.write(
        Kind.SAVE_PIN,
        target.owner(),
        "POST",
        "/pins/" + source.id() + "/save",
        Bodies.move(target.id()),
        outcomes.of(
            "save of " + source + " on " + target,
            (answer, asked, answered) -> {
              check("save of " + source, answer, target, source.title(version));
              copy.places().done(new Place(target.id(), version), answered);
              world.named(copy, target, answer.textOf("id"));
              target.gate().leave();
              source.gate().leave();
            },
            () -> {
              unmade(copy, target);
              source.gate().leave();
            }));
  }

  /** A Pin whose gate is closed and whose board's is entered. */
  private Optional<Pin> changing(Random random) {
    return world.pins().pick(random, this::tryChange);
  }

  private boolean tryChange(Pin pin) {
    if (pin.isOfCollage() || !pin.gate().close()) return false;
    Place place = pin.places().latest();
    if (!place.isNowhere() && world.board(place.board()).gate().enter()) return true;
    pin.gate().open();
    return false;
  }

  private void changed(Pin pin, Board from) {
    from.gate().leave();
    pin.gate().open();
  }

  private Board boardOf(Pin pin) {
    return world.board(pin.places().latest().board());
  }

  Optional<Call> update(Random random) {
    return changing(random)
        .map(
            pin -> {
              Board board = boardOf(pin);
              int version = pin.places().latest().version() + 1;
              JsonNode body =
                  JsonNodeFactory.instance.objectNode().put("title", pin.title(version));
              pin.places().begin(new Place(board.id(), version), System.nanoTime());
              return patch(Kind.UPDATE_PIN, pin, board, version, body, () -> changed(pin, board));
            });
  }

  Optional<Call> move(Random random) {
    Optional<Pin> moving = changing(random);
    if (moving.isEmpty()) return Optional.empty();
    Pin pin = moving.get();
    Board from = boardOf(pin);
    Optional<Board> target =
        world
            .boards()
            .pick(
                random,
                board ->
                    board.owner() == pin.owner()
                        && board != from
                        && isThere(board)
                        && board.gate().enter());
    if (target.isEmpty()) changed(pin, from);
    return target.map(board -> move(pin, from, board));
  }

  private Call move(Pin pin, Board from, Board target) {
    int version = pin.places().latest().version() + 1;
    target.pins().put(pin.number(), pin);
    pin.places().begin(new Place(target.id(), version), System.nanoTime());
    return patch(
        Kind.MOVE_PIN,
        pin,
        target,
        version,
        Bodies.move(target.id(), pin.title(version)),
        () -> {
          target.gate().leave();
          changed(pin, from);
        });
  }

  private Call patch(
      Kind kind, Pin pin, Board board, int version, JsonNode body, Runnable finished) {
    return Call.write(
        kind,
        pin.owner(),
        "PATCH",
        "/pins/" + pin.id(),
        body,
        outcomes.of(
            kind.text() + " of " + pin + " on " + board,
            (answer, asked, answered) -> {
              check(kind.text() + " of " + pin, answer, board, pin.title(version));
              pin.places().done(answered);
              finished.run();
            },
            () -> {
              pin.places().undo();
              finished.run();
            }));
  }

  Optional<Call> delete(Random random) {
    return changing(random).map(this::delete);
  }

  private Call delete(Pin pin) {
    Board board = boardOf(pin);
    pin.places().begin(Place.NOWHERE, System.nanoTime());
    return Call.write(
        Kind.DELETE_PIN,
        pin.owner(),
        "DELETE",
        "/pins/" + pin.id(),
        MissingNode.getInstance(),
        outcomes.ofRemoval(
            "delete of " + pin,
            (answer, asked, answered) -> {
              pin.places().done(answered);
              changed(pin, board);
            },
            () -> {
              pin.places().undo();
              changed(pin, board);
            }));
  }
}
