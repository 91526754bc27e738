// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.load;

import dev.corkboard.benchmarks.load.Oracle.Question;
import dev.corkboard.benchmarks.load.Verdicts.Defect;
import dev.corkboard.deploy.faults.Answer;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** The operations that change nothing. */
final class Reads {
  private static final int PAGE = 25;
  private static final int LARGE_PAGE = 100;
  private static final int ALL = 250;
  private static final double LARGE = 0.1;

  private final World world;
  private final Oracle oracle;
  private final CollageOracle collages;
  private final Verdicts verdicts;

  Reads(World world, Oracle oracle, CollageOracle collages, Verdicts verdicts) {
    this.world = world;
    this.oracle = oracle;
    this.collages = collages;
    this.verdicts = verdicts;
  }

  private Account reader(Random random) {
    return world.accounts().get(random.nextInt(world.accounts().size()));
  }

  /** A request that is answered with 200 or 404, or not at all. */
  private Call call(Kind kind, Account reader, String path, BiConsumer<Question, Answer> compare) {
    String what = "GET " + path;
    return Call.read(
        kind,
        reader,
        path,
        (answer, asked, answered, attempt) -> {
          if (answer.status() == 200 || answer.status() == 404) {
            compare.accept(new Question(reader, what, asked, answered), answer);
          } else if (!answer.isUnknown() && !answer.isBusy()) {
            verdicts.add(Defect.WRONG, what + ": " + answer.status() + " " + answer.text());
          }
          return true;
        });
  }

  /** As {@link #call} where 404 is never right. */
  private Call found(Kind kind, Account reader, String path, BiConsumer<Question, Answer> compare) {
    return call(
        kind,
        reader,
        path,
        (question, answer) -> {
          if (answer.isOk()) {
            compare.accept(question, answer);
          } else {
            verdicts.add(Defect.LOST, question + ": " + answer.status() + " " + answer.text());
          }
        });
  }

  Optional<Call> boardPage(Random random) {
    int size = random.nextDouble() < LARGE ? LARGE_PAGE : PAGE;
    return world
        .boards()
        .pick(random)
        .map(board -> boardPage(board, reader(random), "?page_size=" + size, Long.MAX_VALUE));
  }

  private Call boardPage(Board board, Account reader, String query, long after) {
    return call(
        Kind.BOARD_PAGE,
        reader,
        "/boards/" + board.id() + "/pins" + query,
        (question, answer) -> {
          if (answer.isOk()) {
            oracle.seen(question, board);
            Predicate<Place> here = place -> place.on(board.id());
            oracle.page(question, answer.json(), board.pins(), here, after);
          } else {
            oracle.board(question, board, answer);
          }
        });
  }

  Optional<Call> pin(Random random) {
    return world.pins().pick(random).map(pin -> pin(pin, reader(random)));
  }

  Call pin(Pin pin, Account reader) {
    return call(
        Kind.GET_PIN,
        reader,
        "/pins/" + pin.id(),
        (question, answer) -> oracle.pin(question, pin, answer));
  }

  Optional<Call> board(Random random) {
    return world.boards().pick(random).map(board -> board(board, reader(random)));
  }

  Call board(Board board, Account reader) {
    return call(
        Kind.GET_BOARD,
        reader,
        "/boards/" + board.id(),
        (question, answer) -> oracle.board(question, board, answer));
  }

  Optional<Call> boards(Random random) {
    return Optional.of(
        found(
            Kind.LIST_BOARDS,
            reader(random),
            "/boards?page_size=" + ALL,
            (question, answer) -> oracle.boards(question, answer.json(), board -> true)));
  }

  Optional<Call> pins(Random random) {
    Account reader = reader(random);
    return Optional.of(
        found(
            Kind.LIST_PINS,
            reader,
            "/pins?page_size=" + PAGE,
            (question, answer) ->
                oracle.page(
                    question,
                    answer.json(),
                    reader.pins(),
                    place -> !place.isNowhere(),
                    Long.MAX_VALUE)));
  }

  /** Pins by the word that they and their copies alone have. */
  Optional<Call> search(Random random) {
    Account reader = reader(random);
    return world
        .pins()
        .pick(random, pin -> pin.owner() == reader)
        .map(
            pin ->
                found(
                    Kind.SEARCH_PINS,
                    reader,
                    "/search/pins?query=" + pin.key(),
                    (question, answer) -> oracle.found(question, pin.key(), answer.json())));
  }

  Optional<Call> searchBoards(Random random) {
    Account reader = reader(random);
    return world
        .boards()
        .pick(random, board -> board.owner() == reader)
        .map(
            board ->
                found(
                    Kind.SEARCH_BOARDS,
                    reader,
                    "/search/boards?query=" + board.name(),
                    (question, answer) -> oracle.boards(question, answer.json(), board::equals)));
  }

  Optional<Call> account(Random random) {
    return Optional.of(account(reader(random)));
  }

  Call account(Account reader) {
    return found(
        Kind.ACCOUNT,
        reader,
        "/user_account",
        (question, answer) -> oracle.account(question, answer.json()));
  }

  Optional<Call> collage(Random random) {
    return world.collages().pick(random).map(collage -> collage(collage, reader(random)));
  }

  Call collage(Collage collage, Account reader) {
    return call(
        Kind.GET_COLLAGE,
        reader,
        "/v1/collages/" + collage.id(),
        (question, answer) -> collages.collage(question, collage, answer));
  }

  Optional<Call> drawing(Random random) {
    return world
        .collages()
        .pick(random)
        .map(
            collage ->
                call(
                    Kind.RENDER_COLLAGE,
                    reader(random),
                    "/v1/collages/" + collage.id() + "/render",
                    (question, answer) -> collages.drawing(question, collage, answer)));
  }
}
