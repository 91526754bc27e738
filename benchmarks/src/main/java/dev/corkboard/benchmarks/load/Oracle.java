// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.load;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corkboard.benchmarks.load.Verdicts.Defect;
import dev.corkboard.deploy.faults.Answer;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Compares answers about Pins and boards with what they must be. What changes while a question is
 * under way may be answered as before or as after; nothing else is open.
 */
final class Oracle {
  private final World world;
  private final Verdicts verdicts;

  Oracle(World world, Verdicts verdicts) {
    this.world = world;
    this.verdicts = verdicts;
  }

  /**
   * When a question was asked, and when it was answered, in nanoseconds.
   *
   * @param reader who asked
   */
  record Question(Account reader, String what, long asked, long answered) {
    @Override
    public String toString() {
      return what + " as " + reader;
    }
  }

  /** An answer about one Pin. */
  void pin(Question question, Pin pin, Answer answer) {
    verdicts.look();
    if (answer.status() == 404) {
      if (mustBeSeen(question, pin)) {
        verdicts.add(Defect.LOST, question + ": 404 for " + pin);
      }
      return;
    }
    if (!answer.textOf("id").equals(pin.id())) {
      verdicts.add(Defect.WRONG, question + ": another Pin, " + answer.text());
      return;
    }
    item(question, answer.json());
  }

  private boolean mustBeSeen(Question question, Pin pin) {
    return pin.possible(question.asked(), question.answered()).stream()
        .allMatch(
            place ->
                !place.isNowhere()
                    && world
                        .board(place.board())
                        .mustBeSeen(question.reader(), question.asked(), question.answered()));
  }

  /** A Pin as it was shown, wherever. */
  void item(Question question, JsonNode shown) {
    String id = shown.path("id").asText();
    Optional<Pin> known = world.pin(id);
    if (known.isPresent()) {
      compare(question, known.get(), shown);
    } else if (isBeingMade(question, shown)) {
      world.sighted(id, question.toString());
    } else if (world.pin(id).isEmpty()) {
      verdicts.add(Defect.DOUBLED, question + ": nobody made " + shown);
    }
    Board board = world.board(shown.path("board_id").asText());
    if (board != null
        && board.isForbidden(question.reader(), question.asked(), question.answered())) {
      verdicts.add(Defect.FORBIDDEN, question + ": " + shown + " of secret " + board);
    }
  }

  private boolean isBeingMade(Question question, JsonNode shown) {
    String key = Pin.keyOf(shown.path("title").asText());
    return world.pinsOf(key).stream()
        .filter(pin -> pin.id().isEmpty())
        .anyMatch(
            pin ->
                pin.possible(question.asked(), question.answered()).stream()
                    .anyMatch(place -> shows(place, shown)));
  }

  private static boolean shows(Place place, JsonNode shown) {
    return place.shows(
        shown.path("board_id").asText(), Pin.versionOf(shown.path("title").asText()));
  }

  private void compare(Question question, Pin pin, JsonNode shown) {
    String key = Pin.keyOf(shown.path("title").asText());
    Set<Place> possible = pin.possible(question.asked(), question.answered());
    if (key.equals(pin.key()) && possible.stream().anyMatch(place -> shows(place, shown))) return;
    boolean once = key.equals(pin.key()) && pin.places().ever(place -> shows(place, shown));
    verdicts.add(
        once ? Defect.STALE : Defect.TORN, question + ": " + shown + " instead of " + possible);
  }

  /**
   * A page of Pins, the newest first.
   *
   * @param all the Pins it may be of
   * @param belongs which of their places the listing is of
   * @param after the id of the last Pin of the page before, or the largest number
   * @return the id of its last Pin
   */
  long page(
      Question question,
      JsonNode page,
      NavigableMap<Long, Pin> all,
      Predicate<Place> belongs,
      long after) {
    verdicts.look();
    Set<String> listed = new HashSet<>();
    long last = after;
    for (JsonNode shown : page.get("items")) {
      long number = shown.get("id").asLong();
      if (!listed.add(shown.get("id").textValue())) {
        verdicts.add(Defect.DOUBLED, question + ": twice on a page, " + shown);
      } else if (number >= last) {
        verdicts.add(Defect.TORN, question + ": out of order, " + shown);
      }
      last = number;
      item(question, shown);
      Pin pin = all.get(number);
      if (pin == null
          ? world.pin(Long.toString(number)).isPresent()
          : !may(question, pin, belongs)) {
        verdicts.add(Defect.STALE, question + ": does not belong there, " + shown);
      }
    }
    boolean complete = page.get("bookmark").isNull();
    long floor = complete ? Long.MIN_VALUE : last;
    if (floor < after) missing(question, listed, all.subMap(floor, false, after, false), belongs);
    return last;
  }

  private void missing(
      Question question, Set<String> listed, Map<Long, Pin> all, Predicate<Place> belongs) {
    for (Pin pin : all.values()) {
      if (!listed.contains(pin.id()) && must(question, pin, belongs)) {
        verdicts.add(Defect.LOST, question + ": without " + pin);
      }
    }
  }

  private static boolean must(Question question, Pin pin, Predicate<Place> belongs) {
    return pin.possible(question.asked(), question.answered()).stream().allMatch(belongs);
  }

  private static boolean may(Question question, Pin pin, Predicate<Place> belongs) {
    return pin.possible(question.asked(), question.answered()).stream().anyMatch(belongs);
  }

  /** Pins that a search for a key found. */
  void found(Question question, String key, JsonNode page) {
    verdicts.look();
    Set<String> listed = new HashSet<>();
    for (JsonNode shown : page.get("items")) {
      if (!listed.add(shown.get("id").textValue())) {
        verdicts.add(Defect.DOUBLED, question + ": twice, " + shown);
      }
      item(question, shown);
      if (!Pin.keyOf(shown.path("title").asText()).equals(key)) {
        verdicts.add(Defect.WRONG, question + ": does not match, " + shown);
      }
    }
    if (!page.get("bookmark").isNull()) return;
    for (Pin pin : world.pinsOf(key)) {
      if (pin.owner() == question.reader()
          && !pin.id().isEmpty()
          && pin.mustBe(question.asked(), question.answered())
          && !listed.contains(pin.id())) {
        verdicts.add(Defect.LOST, question + ": without " + pin);
      }
    }
  }

  /** An answer about a board, or about its Pins when it is not there. */
  void board(Question question, Board board, Answer answer) {
    verdicts.look();
    if (answer.status() == 404) {
      if (board.mustBeSeen(question.reader(), question.asked(), question.answered())) {
        verdicts.add(Defect.LOST, question + ": 404 for " + board);
      }
      return;
    }
    seen(question, board);
    header(question, board, answer.json());
  }

  /** The board was shown at all. */
  void seen(Question question, Board board) {
    if (board.isForbidden(question.reader(), question.asked(), question.answered())) {
      verdicts.add(Defect.FORBIDDEN, question + ": secret " + board);
    } else if (!board.mayBeSeen(question.reader(), question.asked(), question.answered())) {
      verdicts.add(Defect.STALE, question + ": deleted " + board);
    }
  }

  private void header(Question question, Board board, JsonNode shown) {
    if (!board.name().equals(shown.path("name").asText())) {
      verdicts.add(Defect.TORN, question + ": another name, " + shown);
    }
    String privacy = shown.path("privacy").asText();
    boolean possible =
        board.states().possible(question.asked(), question.answered()).stream()
            .anyMatch(state -> state.name().equals(privacy));
    if (!possible) verdicts.add(Defect.STALE, question + ": " + privacy + " " + board);
    Predicate<Place> here = place -> place.on(board.id());
    long making = unnamed(question, pin -> true, here);
    count(
        question + " pin_count of " + board,
        shown.path("pin_count").asLong(-1),
        must(question, board.pins().values(), here),
        may(question, board.pins().values(), here) + making);
  }

  private long unnamed(Question question, Predicate<Pin> wanted, Predicate<Place> belongs) {
    return world.unnamed().stream()
        .filter(wanted)
        .filter(pin -> may(question, pin, belongs))
        .count();
  }

  private static long must(Question question, Collection<Pin> pins, Predicate<Place> belongs) {
    return pins.stream().filter(pin -> must(question, pin, belongs)).count();
  }

  private static long may(Question question, Collection<Pin> pins, Predicate<Place> belongs) {
    return pins.stream().filter(pin -> may(question, pin, belongs)).count();
  }

  private void count(String what, long shown, long least, long most) {
    if (shown < least || shown > most) {
      verdicts.add(Defect.COUNT, what + " is " + shown + ", expected " + least + " to " + most);
    }
  }

  /** Boards of the reader, complete when there is no bookmark. */
  void boards(Question question, JsonNode page, Predicate<Board> wanted) {
    verdicts.look();
    Set<String> listed = new HashSet<>();
    for (JsonNode shown : page.get("items")) {
      String id = shown.get("id").textValue();
      if (!listed.add(id)) verdicts.add(Defect.DOUBLED, question + ": twice, " + shown);
      Board board = world.board(id);
      if (board != null) {
        seen(question, board);
        header(question, board, shown);
      } else if (!isBoardBeingMade(shown) && world.board(id) == null) {
        verdicts.add(Defect.DOUBLED, question + ": nobody made " + shown);
      }
    }
    if (!page.get("bookmark").isNull()) return;
    for (Board board : ownedBy(question.reader())) {
      if (wanted.test(board)
          && !listed.contains(board.id())
          && board.mustBeSeen(question.reader(), question.asked(), question.answered())) {
        verdicts.add(Defect.LOST, question + ": without " + board);
      }
    }
  }

  private boolean isBoardBeingMade(JsonNode shown) {
    String name = shown.path("name").asText();
    return world.unnamedBoards().stream().anyMatch(board -> board.name().equals(name));
  }

  List<Board> ownedBy(Account account) {
    return world.boards().all().stream().filter(board -> board.owner() == account).toList();
  }

  /** The counts of the reader's account. */
  void account(Question question, JsonNode shown) {
    verdicts.look();
    Account account = question.reader();
    Predicate<Place> anywhere = place -> !place.isNowhere();
    count(
        question + " pin_count",
        shown.path("pin_count").asLong(-1),
        must(question, account.pins().values(), anywhere),
        may(question, account.pins().values(), anywhere)
            + unnamed(question, pin -> pin.owner() == account, anywhere));
    List<Board> boards = ownedBy(account);
    long least =
        boards.stream()
            .filter(board -> board.mustBeSeen(account, question.asked(), question.answered()))
            .count();
    long most =
        boards.stream()
            .filter(board -> board.mayBeSeen(account, question.asked(), question.answered()))
            .count();
    long making = world.unnamedBoards().stream().filter(b -> b.owner() == account).count();
    count(question + " board_count", shown.path("board_count").asLong(-1), least, most + making);
  }
}
