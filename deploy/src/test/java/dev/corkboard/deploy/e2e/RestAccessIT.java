// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corkboard.deploy.RunningSuite;
import dev.corkboard.deploy.e2e.AccessObjects.Subject;
import dev.corkboard.deploy.e2e.AccessTable.Row;
import dev.corkboard.deploy.e2e.AccessTable.Thing;
import dev.corkboard.deploy.e2e.Rest.Answer;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every actor on every route and every kind of object, against {@code rest-access.txt}. */
class RestAccessIT {
  private static final Logger log = LoggerFactory.getLogger(RestAccessIT.class);
  private static final AccessTable<Thing> TABLE = AccessTable.read("rest-access.txt", Thing.class);

  private final EndToEnd suite = EndToEnd.get();
  private final AccessObjects objects = new AccessObjects(suite);
  private final Rest owner = objects.owner();
  private final Rest stranger = suite.newAccount();
  private final Map<Thing, Subject> shared = new EnumMap<>(Thing.class);
  private final List<String> wrong = new ArrayList<>();
  private int cells;

  private static Set<String> without(String... scopes) {
    Set<String> rest = new HashSet<>(EndToEnd.ALL_SCOPES);
    rest.removeAll(List.of(scopes));
    return rest;
  }

  private Map<String, Rest> actors() {
    Map<String, Rest> actors = new LinkedHashMap<>();
    actors.put("owner", owner);
    actors.put(
        "no-secret",
        suite.as(
            owner,
            without(
                "boards:read_secret",
                "boards:write_secret",
                "pins:read_secret",
                "pins:write_secret")));
    actors.put("viewer", objects.viewer());
    actors.put("editor", objects.editor());
    actors.put("former-editor", objects.former());
    actors.put("stranger", stranger);
    actors.put("nobody", suite.anonymous());
    return actors;
  }

  /** Those whom a route with scopes refuses before it looks at anything. */
  private Map<String, Rest> refused(List<String> scopes) {
    Map<String, Rest> actors = new LinkedHashMap<>();
    actors.put("nobody", suite.anonymous());
    actors.put("expired", suite.expired(owner));
    actors.put("forged", suite.forged(owner));
    actors.put("a service", suite.withToken(suite.serviceToken("pin", "edge")));
    scopes.forEach(scope -> actors.put("without " + scope, suite.as(owner, without(scope))));
    return actors;
  }

  @Test
  @DisplayName("every route has a row")
  void everyRouteHasARow() {
    Set<String> known = new TreeSet<>(TABLE.operations());
    known.addAll(CollageAccessIT.routes());
    assertThat(known).isEqualTo(new TreeSet<>(RunningSuite.get().operations()));
  }

  @Test
  @DisplayName("B9, P13, T7: no cell of the table is wrong")
  void noCellIsWrong() {
    for (Thing thing : Thing.values()) shared.put(thing, objects.fresh(thing));
    for (Row<Thing> row : TABLE.rows()) {
      if (!row.callers().equals(List.of("public"))) {
        refused(row.callers()).forEach((name, actor) -> expectRefusals(row, name, actor));
      }
      row.outcomes()
          .forEach(
              (name, outcomes) ->
                  outcomes.forEach((thing, outcome) -> expect(row, name, thing, outcome)));
    }
    log.info(
        "access over REST: routes {}, cells {}, wrong {}",
        TABLE.rows().size(),
        cells,
        wrong.size());
    assertThat(wrong).isEmpty();
  }

  private void expectRefusals(Row<Thing> row, String name, Rest actor) {
    shared.forEach(
        (thing, subject) -> {
          Answer answer = call(row.operation(), actor, subject);
          check(row, name, thing, "401", Integer.toString(answer.status()));
        });
  }

  private void expect(Row<Thing> row, String name, Thing thing, String outcome) {
    boolean reads = row.operation().matches("(GET|HEAD) .*");
    Subject subject = reads ? shared.get(thing) : objects.fresh(thing);
    Rest actor = actors().get(name);
    if (outcome.equals("shown") || outcome.equals("hidden")) {
      Set<String> listed = new HashSet<>(actor.ids(path(row.operation(), subject), 250));
      boolean shown = listed.contains(subject.board()) || listed.contains(subject.pin());
      check(row, name, thing, outcome, shown ? "shown" : "hidden");
      return;
    }
    Answer answer = call(row.operation(), actor, subject);
    check(row, name, thing, outcome, Integer.toString(answer.status()));
    if (outcome.equals("404") && thing != Thing.MISSING) {
      Subject missing = shared.get(Thing.MISSING);
      check(
          row,
          name + ", compared with what never was",
          thing,
          seen(call(row.operation(), actor, missing), missing),
          seen(answer, subject));
    }
  }

  private void check(Row<Thing> row, String actor, Thing thing, String expected, String got) {
    cells++;
    if (!got.equals(expected)) {
      wrong.add(
          row.operation() + " by " + actor + " on " + thing + ": " + got + ", not " + expected);
    }
  }

  /** All of an answer that another object's could differ in, without the ids asked for. */
  private static String seen(Answer answer, Subject subject) {
    Map<String, List<String>> headers = new TreeMap<>(answer.response().headers().map());
    headers
        .keySet()
        .removeAll(
            Set.of(
                "date",
                "x-pinterest-rid",
                "x-request-id",
                "x-ratelimit-remaining",
                "x-ratelimit-reset"));
    return (answer.status() + " " + headers + " " + answer.text())
        .replace(subject.board(), "{id}")
        .replace(subject.pin(), "{id}")
        .replace(subject.section(), "{id}");
  }

  private static String path(String operation, Subject subject) {
    String path =
        operation
            .substring(operation.indexOf(' ') + 1)
            .replace("/media/{asset_key}/{rendition}", subject.picture())
            .replace("{board_id}", subject.board())
            .replace("{pin_id}", subject.pin())
            .replace("{section_id}", subject.section())
            .replace("{media_id}", "1")
            .replace("{username}", "nobody");
    return path.contains("/analytics") ? path + "?" + today() : path;
  }

  private static String today() {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    return "start_date=" + today + "&end_date=" + today + "&metric_types=SAVE&sort_by=SAVE";
  }

  private Answer call(String operation, Rest actor, Subject subject) {
    String method = operation.substring(0, operation.indexOf(' '));
    String path = path(operation, subject);
    return switch (operation) {
      case "POST /v5/boards" -> actor.post(path, board(subject));
      case "POST /v5/pins" -> actor.post(path, Rest.pin(subject.board()));
      case "PATCH /v5/boards/{board_id}" ->
          actor.patch(path, Rest.object(o -> o.put("name", "Board " + UUID.randomUUID())));
      case "POST /v5/boards/{board_id}/sections" ->
          actor.post(path, Rest.object(o -> o.put("name", "Section")));
      case "PATCH /v5/boards/{board_id}/sections/{section_id}" ->
          actor.patch(path, Rest.object(o -> o.put("name", "Renamed")));
      case "PATCH /v5/pins/{pin_id}" ->
          actor.patch(path, Rest.object(o -> o.put("title", "Changed")));
      case "POST /v5/pins/{pin_id}/save" ->
          actor.post(path, Rest.object(o -> o.put("board_id", target(actor))));
      default -> actor.send(method, path);
    };
  }

  /** As private as the column says. */
  private static JsonNode board(Subject subject) {
    boolean named = subject.thing() != Thing.DELETED && subject.thing() != Thing.MISSING;
    return Rest.object(
        o ->
            o.put("name", "Board " + UUID.randomUUID())
                .put("privacy", named ? subject.thing().name() : "PUBLIC"));
  }

  private final Map<Rest, String> targets = new LinkedHashMap<>();

  /** A board of whoever saves; one who may not even create a board has the owner's. */
  private String target(Rest actor) {
    boolean owners = actor.account().equals(owner.account()) || actor.account().id().isEmpty();
    return targets.computeIfAbsent(actor, any -> (owners ? owner : actor).createBoard("PUBLIC"));
  }
}
