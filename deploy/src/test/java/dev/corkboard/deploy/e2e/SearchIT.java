// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.e2e;

import static dev.corkboard.deploy.e2e.Rest.object;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The search checks of the contract, through the edge on real stores. */
class SearchIT {
  private final EndToEnd suite = EndToEnd.get();
  private final Rest owner = suite.newAccount();
  private final Rest stranger = suite.newAccount();
  private final String board = owner.createBoard("SECRET");

  private String pin(String title) {
    return owner.post("/v5/pins", Rest.pin(board).put("title", title)).expect(201).id();
  }

  /** As its clients walk it: the operation has no page size. */
  private static List<String> search(Rest who, String query) {
    List<String> found = new ArrayList<>();
    String path = "/v5/search/pins?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8);
    String bookmark = "";
    do {
      JsonNode page = who.get(path + bookmark).expect(200).json();
      page.get("items").forEach(item -> found.add(item.get("id").textValue()));
      JsonNode next = page.get("bookmark");
      bookmark = next.isNull() ? "" : "&bookmark=" + next.textValue();
    } while (!bookmark.isEmpty());
    return found;
  }

  @Test
  @DisplayName("Q1 a query is required, and ids with commas are those Pins")
  void q1Queries() {
    String first = pin("one");
    String second = pin("two");
    assertThat(search(owner, second + "," + first)).containsExactly(second, first);
    assertThat(search(stranger, second + "," + first)).isEmpty();
    owner.get("/v5/search/pins").expect(400, 1, "query");
  }

  @Test
  @DisplayName("Q2 a Pin is found by the request after it was made, changed, moved or deleted")
  void q2FoundAtOnce() {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 30; i++) made.add(0, pin("Blue Châir " + i));
    pin("red chair");
    assertThat(search(owner, "chair blue")).isEqualTo(made);
    assertThat(search(stranger, "chair blue")).isEmpty();
    String changed = made.get(3);
    owner.patch("/v5/pins/" + changed, object(o -> o.put("title", "Green table"))).expect(200);
    assertThat(search(owner, "green")).containsExactly(changed);
    assertThat(search(owner, "blue")).doesNotContain(changed).hasSize(29);
    owner.delete("/v5/pins/" + changed).expect(204);
    assertThat(search(owner, "green")).isEmpty();
  }

  @Test
  @DisplayName("Q2 a board's name finds its Pins, as it is now")
  void q2BoardNames() {
    String word = "w" + UUID.randomUUID().toString().substring(0, 8);
    String pin = pin("lamp");
    owner.patch("/v5/boards/" + board, object(o -> o.put("name", "Room " + word))).expect(200);
    assertThat(search(owner, word + " lamp")).containsExactly(pin);
    String other = owner.createBoard("PUBLIC");
    owner.patch("/v5/pins/" + pin, object(o -> o.put("board_id", other))).expect(200);
    assertThat(search(owner, word + " lamp")).isEmpty();
    owner.patch("/v5/boards/" + other, object(o -> o.put("name", "Hall " + word))).expect(200);
    assertThat(search(owner, word)).containsExactly(pin);
    owner.delete("/v5/boards/" + other).expect(204);
    assertThat(search(owner, word)).isEmpty();
  }

  @Test
  @DisplayName("Q3, B10 boards are found by their names at once, all without a query")
  void q3Boards() {
    String word = "w" + UUID.randomUUID().toString().substring(0, 8);
    String found =
        owner.post("/v5/boards", object(o -> o.put("name", "My " + word))).expect(201).id();
    assertThat(owner.ids("/v5/search/boards?query=" + word, 1)).containsExactly(found);
    assertThat(owner.ids("/v5/search/boards", 1)).containsExactly(found, board);
    assertThat(stranger.ids("/v5/search/boards?query=" + word, 1)).isEmpty();
  }
}
