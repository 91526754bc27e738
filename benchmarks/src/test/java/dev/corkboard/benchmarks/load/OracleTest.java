// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.corkboard.benchmarks.load.Board.State;
import dev.corkboard.benchmarks.load.Oracle.Question;
import dev.corkboard.benchmarks.load.Verdicts.Defect;
import dev.corkboard.deploy.faults.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Right answers pass; each kind of corruption of one is found, and called what it is. */
class OracleTest {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final World world = new World();
  private final Verdicts verdicts = new Verdicts();
  private final Oracle oracle = new Oracle(world, verdicts);
  private final Account owner = account(0);
  private final Account other = account(1);
  private final Board board = board("11", State.PUBLIC);
  private final Board secret = board("12", State.SECRET);
  private long now = 100;

  private Account account(int number) {
    Account account = new Account(number, "" + number, "user-" + number, "token");
    world.accounts().add(account);
    return account;
  }

  private Board board(String id, State state) {
    Board made = new Board(owner, "b" + id, Board.Use.STAYS);
    world.begin(made);
    made.states().begin(state, 1);
    made.states().done(2);
    world.named(made, id);
    return made;
  }

  private Pin pin(String id, Board on) {
    Pin made = begun("q" + id, on);
    made.places().done(++now);
    world.named(made, on, id);
    return made;
  }

  private Pin begun(String key, Board on) {
    Pin made = new Pin(owner, key, false);
    world.begin(made);
    made.places().begin(new Place(on.id(), 0), ++now);
    return made;
  }

  private void begin(Pin pin, Place next) {
    if (!next.isNowhere()) world.board(next.board()).pins().put(pin.number(), pin);
    pin.places().begin(next, ++now);
  }

  private void change(Pin pin, Place next) {
    begin(pin, next);
    pin.places().done(++now);
  }

  private Question asked(Account reader) {
    now += 10;
    return new Question(reader, "GET", now, now + 5);
  }

  private static ObjectNode shown(Pin pin, Board on, int version) {
    return shown(pin.id(), pin.title(version), on);
  }

  private static ObjectNode shown(String id, String title, Board on) {
    return JSON.objectNode().put("id", id).put("title", title).put("board_id", on.id());
  }

  private static Answer ok(JsonNode json) {
    return new Answer(200, json, json.toString());
  }

  private static Answer notFound() {
    return new Answer(404, MissingNode.getInstance(), "");
  }

  private static ObjectNode page(boolean last, JsonNode... items) {
    ObjectNode page = JSON.objectNode();
    ArrayNode array = page.putArray("items");
    for (JsonNode item : items) array.add(item);
    return last ? page.putNull("bookmark") : page.put("bookmark", "more");
  }

  private long list(JsonNode page) {
    return list(page, Long.MAX_VALUE);
  }

  private long list(JsonNode page, long after) {
    Predicate<Place> here = place -> place.on(board.id());
    return oracle.page(asked(other), page, board.pins(), here, after);
  }

  private void assertFound(Defect... defects) {
    List<Defect> found = new ArrayList<>();
    for (Defect defect : Defect.values()) {
      if (verdicts.count(defect) > 0) found.add(defect);
    }
    assertThat(found).containsExactly(defects);
  }

  @Test
  void rightAnswersPass() {
    Pin first = pin("1", board);
    Pin second = pin("2", board);
    change(first, new Place(board.id(), 1));
    oracle.pin(asked(other), first, ok(shown(first, board, 1)));
    assertThat(list(page(true, shown(second, board, 0), shown(first, board, 1)))).isEqualTo(1);
    oracle.board(asked(other), board, ok(header(board, 2)));
    oracle.board(asked(other), secret, notFound());
    oracle.found(asked(owner), first.key(), page(true, shown(first, board, 1)));
    oracle.account(asked(owner), JSON.objectNode().put("pin_count", 2).put("board_count", 2));
    assertThat(verdicts.isClean()).isTrue();
    assertThat(verdicts.checked()).isEqualTo(6);
  }

  private static ObjectNode header(Board of, int pins) {
    State state = of.states().latest();
    return JSON.objectNode()
        .put("id", of.id())
        .put("name", of.name())
        .put("privacy", state == State.ABSENT ? "PUBLIC" : state.name())
        .put("pin_count", pins);
  }

  @Test
  void aPinThatIsGoneIsLost() {
    Pin pin = pin("1", board);
    oracle.pin(asked(other), pin, notFound());
    assertFound(Defect.LOST);
  }

  @Test
  void aPageWithoutAPinLosesIt() {
    pin("1", board);
    list(page(true, shown(pin("2", board), board, 0)));
    assertFound(Defect.LOST);
  }

  @Test
  void whatStandsOnTheNextPageIsNotMissed() {
    Pin first = pin("1", board);
    Pin second = pin("2", board);
    long last = list(page(false, shown(second, board, 0)));
    assertThat(verdicts.isClean()).isTrue();
    list(page(true, shown(first, board, 0)), last);
    assertThat(verdicts.isClean()).isTrue();
    list(page(true), last);
    assertFound(Defect.LOST);
  }

  @Test
  void aPinTwiceOnAPageIsDoubled() {
    Pin pin = pin("1", board);
    list(page(true, shown(pin, board, 0), shown(pin, board, 0)));
    assertFound(Defect.DOUBLED);
  }

  @Test
  void aSecondPinOfOneCreateIsDoubled() {
    Pin pin = pin("1", board);
    list(page(true, shown("2", pin.title(0), board), shown(pin, board, 0)));
    assertFound(Defect.DOUBLED);
  }

  @Test
  void aPinThatIsBeingMadeMayBeThereOrNot() {
    Pin making = begun("q7", board);
    list(page(true));
    list(page(true, shown("7", making.title(0), board)));
    assertThat(verdicts.isClean()).isTrue();
    assertThat(world.ghosts()).containsKey("7");
    making.places().done(++now);
    world.named(making, board, "7");
    assertThat(world.ghosts()).isEmpty();
    list(page(true));
    assertFound(Defect.LOST);
  }

  @Test
  void anIdThatWasShownAndIsNotTheOneAnsweredStaysAGhost() {
    Pin making = begun("q7", board);
    list(page(true, shown("7", making.title(0), board)));
    making.places().done(++now);
    world.named(making, board, "8");
    assertThat(world.ghosts()).containsOnlyKeys("7");
  }

  @Test
  void aDeletedPinOnAPageIsStale() {
    Pin pin = pin("1", board);
    begin(pin, Place.NOWHERE);
    list(page(true, shown(pin, board, 0)));
    list(page(true));
    assertThat(verdicts.isClean()).isTrue();
    pin.places().done(++now);
    list(page(true, shown(pin, board, 0)));
    assertFound(Defect.STALE);
  }

  @Test
  void anOldTitleIsStale() {
    Pin pin = pin("1", board);
    change(pin, new Place(board.id(), 1));
    oracle.pin(asked(other), pin, ok(shown(pin, board, 0)));
    assertFound(Defect.STALE);
  }

  @Test
  void halfOfAMoveIsTorn() {
    Board target = board("13", State.PUBLIC);
    Pin pin = pin("1", board);
    begin(pin, new Place(target.id(), 1));
    oracle.pin(asked(other), pin, ok(shown(pin, board, 0)));
    oracle.pin(asked(other), pin, ok(shown(pin, target, 1)));
    assertThat(verdicts.isClean()).isTrue();
    oracle.pin(asked(other), pin, ok(shown(pin, target, 0)));
    assertFound(Defect.TORN);
  }

  @Test
  void aPinThatWasMovedAwayIsStaleOnItsOldBoard() {
    Board target = board("13", State.PUBLIC);
    Pin pin = pin("1", board);
    change(pin, new Place(target.id(), 1));
    list(page(true, shown(pin, target, 1)));
    assertFound(Defect.STALE);
  }

  @Test
  void anOrderThatIsNotTheBoardsIsTorn() {
    list(page(true, shown(pin("1", board), board, 0), shown(pin("2", board), board, 0)));
    assertFound(Defect.TORN);
  }

  @Test
  void whatIsSecretIsForbiddenToOthers() {
    Pin hidden = pin("1", secret);
    oracle.pin(asked(owner), hidden, ok(shown(hidden, secret, 0)));
    oracle.pin(asked(other), hidden, notFound());
    assertThat(verdicts.isClean()).isTrue();
    oracle.pin(asked(other), hidden, ok(shown(hidden, secret, 0)));
    oracle.seen(asked(other), secret);
    assertFound(Defect.FORBIDDEN);
    assertThat(verdicts.count(Defect.FORBIDDEN)).isEqualTo(2);
  }

  @Test
  void aBoardThatWasHiddenIsForbiddenFromTheAnswerOn() {
    board.states().begin(State.SECRET, ++now);
    oracle.seen(asked(other), board);
    assertThat(verdicts.isClean()).isTrue();
    board.states().done(++now);
    oracle.seen(asked(other), board);
    assertFound(Defect.FORBIDDEN);
  }

  @Test
  void aCountThatIsOneOffIsFound() {
    pin("1", board);
    oracle.board(asked(other), board, ok(header(board, 2)));
    oracle.board(asked(other), board, ok(header(board, 0)));
    assertFound(Defect.COUNT);
    assertThat(verdicts.count(Defect.COUNT)).isEqualTo(2);
  }

  @Test
  void aCountMayBeBothWhileAPinIsBeingMade() {
    pin("1", board);
    begun("q9", board);
    oracle.board(asked(other), board, ok(header(board, 1)));
    oracle.board(asked(other), board, ok(header(board, 2)));
    assertThat(verdicts.isClean()).isTrue();
    oracle.board(asked(other), board, ok(header(board, 3)));
    assertFound(Defect.COUNT);
  }

  @Test
  void countsOfAnAccountAreExact() {
    pin("1", board);
    oracle.account(asked(owner), JSON.objectNode().put("pin_count", 1).put("board_count", 3));
    oracle.account(asked(owner), JSON.objectNode().put("pin_count", 0).put("board_count", 2));
    assertThat(verdicts.count(Defect.COUNT)).isEqualTo(2);
  }

  @Test
  void aDeletedBoardIsStaleAndSoIsWhatStoodThere() {
    Pin pin = pin("1", board);
    board.states().begin(State.ABSENT, ++now);
    pin.places().begin(Place.NOWHERE, now);
    board.states().done(++now);
    pin.places().done(now);
    oracle.board(asked(owner), board, notFound());
    oracle.pin(asked(owner), pin, notFound());
    oracle.boards(asked(owner), page(true, header(secret, 0)), one -> true);
    assertThat(verdicts.isClean()).isTrue();
    oracle.seen(asked(owner), board);
    oracle.pin(asked(owner), pin, ok(shown(pin, board, 0)));
    assertFound(Defect.STALE);
  }

  @Test
  void aListOfBoardsWithoutOneLosesIt() {
    oracle.boards(asked(owner), page(true, header(board, 0)), one -> true);
    assertFound(Defect.LOST);
  }

  @Test
  void aSearchThatMissesACopyLosesIt() {
    Pin pin = pin("1", board);
    oracle.found(asked(owner), pin.key(), page(true));
    assertFound(Defect.LOST);
  }

  @Test
  void aSearchThatFindsSomethingElseIsWrong() {
    Pin pin = pin("1", board);
    Pin another = pin("2", board);
    oracle.found(
        asked(owner), pin.key(), page(true, shown(another, board, 0), shown(pin, board, 0)));
    assertFound(Defect.WRONG);
  }
}
