// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;

/** Compares what a drained load was told with what is there. */
final class Oracle {
  private static final Duration SETTLE_LIMIT = Duration.ofSeconds(90);

  private final Suite suite;
  private final Load load;
  private final List<String> lost = new ArrayList<>();
  private final List<String> doubled = new ArrayList<>();
  private final List<String> torn = new ArrayList<>();

  private Oracle(Suite suite, Load load) {
    this.suite = suite;
    this.load = load;
  }

  /** Looks at every board and Pin of the load; the sweeper is given time to finish first. */
  static Oracle verify(Suite suite, Load load) {
    Oracle oracle = new Oracle(suite, load);
    oracle.acknowledgedPinsStand();
    Awaitility.await().atMost(SETTLE_LIMIT).until(oracle::boardsAreWhole);
    oracle.pinsAgree();
    oracle.listingOfTheOwnerAgrees();
    oracle.awaitReconciler();
    return oracle;
  }

  private static String id(JsonNode pin) {
    return pin.get("id").textValue();
  }

  private List<JsonNode> pinsOn(String board) {
    return load.reader().walk("/boards/" + board + "/pins");
  }

  /** What was acknowledged is there at once: no sweeper need come by. */
  private void acknowledgedPinsStand() {
    for (String board : load.boards()) {
      List<String> listed = new ArrayList<>();
      Map<String, String> keys = new HashMap<>();
      for (JsonNode pin : pinsOn(board)) {
        listed.add(id(pin));
        String title = pin.get("title").textValue();
        String other = keys.put(OwnedPin.keyOf(title), id(pin));
        if (other != null) doubled.add(title + " as " + other + " and " + id(pin));
      }
      Set<String> expected = expectedOn(board);
      expected.stream().filter(pin -> !listed.contains(pin)).forEach(lost::add);
      Set<String> extra = new HashSet<>(listed);
      extra.removeAll(expected);
      load.shared().forEach(extra::remove);
      extra.forEach(pin -> doubled.add(pin + " on " + board));
    }
  }

  private Set<String> expectedOn(String board) {
    Set<String> expected = new TreeSet<>();
    for (OwnedPin pin : load.owned()) {
      if (pin.current().board().filter(board::equals).isPresent()) expected.add(pin.id());
    }
    return expected;
  }

  private boolean boardsAreWhole() {
    torn.clear();
    Set<String> everywhere = new HashSet<>();
    for (String board : load.boards()) {
      List<JsonNode> pins = pinsOn(board);
      Answer header = load.reader().get("/boards/" + board);
      if (!header.isOk() || header.json().get("pin_count").intValue() != pins.size()) {
        torn.add(board + " has " + pins.size() + " Pins and is " + header.text());
      }
      for (JsonNode pin : pins) {
        if (!pin.get("board_id").textValue().equals(board) || !everywhere.add(id(pin))) {
          torn.add(pin + " on " + board);
        }
      }
    }
    if (!everywhere.containsAll(load.shared())) torn.add("a shared Pin is nowhere");
    return torn.isEmpty();
  }

  private void pinsAgree() {
    for (OwnedPin pin : load.owned()) {
      Answer answer = load.owner().get("/pins/" + pin.id());
      boolean agrees =
          pin.isDeleted()
              ? answer.status() == 404
              : answer.isOk() && pin.seen(answer).filter(pin.current()::equals).isPresent();
      if (!agrees) lost.add(pin.id() + ": " + pin.current() + " but " + answer.text());
    }
  }

  private void listingOfTheOwnerAgrees() {
    List<String> listed = new ArrayList<>();
    for (JsonNode pin : load.owner().walk("/pins")) {
      if (load.boards().contains(pin.get("board_id").textValue())) listed.add(id(pin));
    }
    Set<String> expected = new HashSet<>(load.shared());
    load.boards().forEach(board -> expected.addAll(expectedOn(board)));
    Set<String> distinct = new HashSet<>(listed);
    if (distinct.size() < listed.size()) doubled.add("in the owner's listing");
    expected.stream().filter(pin -> !distinct.contains(pin)).forEach(lost::add);
    distinct.stream().filter(pin -> !expected.contains(pin)).forEach(doubled::add);
  }

  /** A round of the reconciler that began after this finds no orphan and no dangling place. */
  private void awaitReconciler() {
    double before = rounds();
    Awaitility.await()
        .atMost(SETTLE_LIMIT)
        .until(
            () ->
                rounds() >= before + 2
                    && suite.metric("pin", "corkboard_reconciler_mismatches").orElse(-1) == 0);
  }

  private double rounds() {
    return suite.metric("pin", "corkboard_reconciler_rounds_total{outcome=\"completed\"").orElse(0);
  }

  void assertNothingIsWrong() {
    assertThat(lost).as("lost").isEmpty();
    assertThat(doubled).as("doubled").isEmpty();
    assertThat(torn).as("torn").isEmpty();
  }

  @Override
  public String toString() {
    return "lost %d, doubled %d, torn boards %d, reconciler's mismatches %.0f"
        .formatted(
            lost.size(),
            doubled.size(),
            torn.size(),
            suite.metric("pin", "corkboard_reconciler_mismatches").orElse(-1));
  }
}
