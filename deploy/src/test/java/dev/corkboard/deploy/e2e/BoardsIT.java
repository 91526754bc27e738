// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.e2e;

import static dev.corkboard.deploy.e2e.Rest.object;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The board checks of the contract, through the edge on real stores. */
class BoardsIT {
  private final EndToEnd suite = EndToEnd.get();
  private final Rest owner = suite.newAccount();
  private final Rest stranger = suite.newAccount();

  private static String name() {
    return "Name " + UUID.randomUUID();
  }

  @Test
  @DisplayName("B1 a board of a name alone is public and empty and its caller's")
  void b1MinimalBoard() {
    JsonNode board =
        owner.post("/v5/boards", object(o -> o.put("name", name()))).expect(201).json();
    assertThat(board.get("privacy").textValue()).isEqualTo("PUBLIC");
    for (String count : List.of("pin_count", "collaborator_count", "follower_count")) {
      assertThat(board.get(count).intValue()).as(count).isZero();
    }
    assertThat(board.get("owner").get("username").textValue())
        .isEqualTo(owner.account().username());
    assertThat(board.get("description").isNull()).isTrue();
    assertThat(board.get("media").get("pin_thumbnail_urls")).isEmpty();
    assertThat(board.get("created_at").textValue()).endsWith("Z");
  }

  @Test
  @DisplayName("B2 a name is an owner's once, ignoring case")
  void b2DuplicateName() {
    String name = name();
    owner.post("/v5/boards", object(o -> o.put("name", name))).expect(201);
    owner
        .post("/v5/boards", object(o -> o.put("name", name.toUpperCase(Locale.ROOT))))
        .expect(400, 400, "The board name is invalid or duplicated.");
    stranger.post("/v5/boards", object(o -> o.put("name", name))).expect(201);
  }

  @Test
  @DisplayName("B3 a rename to a taken name is refused and changes nothing")
  void b3RenameToTaken() {
    String taken = name();
    owner.post("/v5/boards", object(o -> o.put("name", taken))).expect(201);
    String id = owner.createBoard("PUBLIC");
    String before = owner.get("/v5/boards/" + id).json().get("name").textValue();
    owner
        .patch("/v5/boards/" + id, object(o -> o.put("name", taken)))
        .expect(400, 400, "Could not edit board");
    assertThat(owner.get("/v5/boards/" + id).json().get("name").textValue()).isEqualTo(before);
  }

  @Test
  @DisplayName("B3 a name given up by a rename is free again")
  void b3RenameFreesTheName() {
    String name = name();
    String id = owner.post("/v5/boards", object(o -> o.put("name", name))).expect(201).id();
    owner.patch("/v5/boards/" + id, object(o -> o.put("name", name()))).expect(200);
    owner.post("/v5/boards", object(o -> o.put("name", name))).expect(201);
  }

  @Test
  @DisplayName("B4 privacy goes both ways and is seen by the next read")
  void b4Privacy() {
    String id = owner.createBoard("PUBLIC");
    stranger.get("/v5/boards/" + id).expect(200);
    for (int i = 0; i < 3; i++) {
      owner.patch("/v5/boards/" + id, object(o -> o.put("privacy", "SECRET"))).expect(200);
      assertThat(owner.get("/v5/boards/" + id).json().get("privacy").textValue())
          .isEqualTo("SECRET");
      stranger.get("/v5/boards/" + id).expect(404, 40, "Board not found.");
      owner.patch("/v5/boards/" + id, object(o -> o.put("privacy", "PUBLIC"))).expect(200);
      stranger.get("/v5/boards/" + id).expect(200);
    }
  }

  @Test
  @DisplayName("B5 no board is made protected by a change")
  void b5NoProtectedByChange() {
    String id = owner.createBoard("PUBLIC");
    owner
        .patch("/v5/boards/" + id, object(o -> o.put("privacy", "PROTECTED")))
        .expect(400, 1, "privacy");
  }

  @Test
  @DisplayName("B6 null clears the description, leaving it out keeps it")
  void b6NullClears() {
    String id =
        owner
            .post("/v5/boards", object(o -> o.put("name", name()).put("description", "about")))
            .expect(201)
            .id();
    owner.patch("/v5/boards/" + id, object(o -> {})).expect(200);
    assertThat(owner.get("/v5/boards/" + id).json().get("description").textValue())
        .isEqualTo("about");
    owner.patch("/v5/boards/" + id, object(o -> o.putNull("description"))).expect(200);
    assertThat(owner.get("/v5/boards/" + id).json().get("description").isNull()).isTrue();
  }

  @Test
  @DisplayName("B7 a deleted board is gone at once, its Pins with it")
  void b7Delete() {
    String id = owner.createBoard("PUBLIC");
    String pin = owner.createPin(id);
    String kept = owner.createPin(owner.createBoard("PUBLIC"));
    assertThat(owner.delete("/v5/boards/" + id).expect(204).text()).isEmpty();
    owner.get("/v5/boards/" + id).expect(404, 40, "Board not found.");
    owner.get("/v5/boards/" + id + "/pins").expect(404, 40, "Board not found.");
    owner.get("/v5/pins/" + pin).expect(404, 50, "Pin not found.");
    String target = owner.createBoard("PUBLIC");
    owner
        .post("/v5/pins/" + pin + "/save", object(o -> o.put("board_id", target)))
        .expect(404, 50, "Pin not found.");
    assertThat(owner.ids("/v5/pins", 25)).containsExactly(kept);
    assertThat(owner.ids("/v5/boards", 25)).doesNotContain(id);
    owner.delete("/v5/boards/" + id).expect(404, 40, "Board not found.");
    owner.post("/v5/pins", Rest.pin(id)).expect(404, 40, "Board not found.");
  }

  @Test
  @DisplayName("B7 the rows of a deleted board's Pins go in the background")
  void b7Cascade() {
    String id = owner.createBoard("PUBLIC");
    for (int i = 0; i < 12; i++) owner.createPin(id);
    owner.delete("/v5/boards/" + id).expect(204);
    Awaitility.await().atMost(java.time.Duration.ofSeconds(60)).until(() -> suite.isGone(id));
  }

  @ParameterizedTest
  @DisplayName("B8 the privacy filter")
  @CsvSource({
    "ALL,'PUBLIC,PROTECTED,SECRET'",
    "PUBLIC,PUBLIC",
    "PROTECTED,PROTECTED",
    "SECRET,SECRET",
    "PUBLIC_AND_SECRET,'PUBLIC,SECRET'"
  })
  void b8PrivacyFilter(String filter, String expected) {
    for (String privacy : List.of("PUBLIC", "PROTECTED", "SECRET")) owner.createBoard(privacy);
    stranger.createBoard("PUBLIC");
    assertThat(owner.walk("/v5/boards?privacy=" + filter, 2))
        .extracting(board -> board.get("privacy").textValue())
        .containsExactlyInAnyOrder(expected.split(",", -1));
  }

  @Test
  @DisplayName("B8 an unknown privacy filter is refused")
  void b8UnknownFilter() {
    owner.get("/v5/boards?privacy=HIDDEN").expect(400, 1, "HIDDEN");
  }

  @Test
  @DisplayName("B9 a secret board does not exist for others nor without the scope")
  void b9Secret() {
    String id = owner.createBoard("SECRET");
    owner.createPin(id);
    Rest unscoped = suite.as(owner, Set.of("boards:read", "pins:read"));
    for (Rest other : List.of(stranger, unscoped)) {
      String secret = other.get("/v5/boards/" + id).expect(404, 40, "Board not found.").text();
      String missing = other.get("/v5/boards/4611686018427387904").expect(404).text();
      assertThat(secret).isEqualTo(missing);
      other.get("/v5/boards/" + id + "/pins").expect(404, 40, "Board not found.");
    }
    assertThat(unscoped.ids("/v5/boards", 25)).isEmpty();
    stranger.delete("/v5/boards/" + id).expect(404, 40, "Board not found.");
    stranger.post("/v5/pins", Rest.pin(id)).expect(404, 40, "Board not found.");
  }

  @Test
  @DisplayName("B10 what was written is in the very next list and count")
  void b10ReadYourWrites() {
    for (int i = 1; i <= 20; i++) {
      String id = owner.createBoard("PUBLIC");
      assertThat(
              owner
                  .get("/v5/boards?page_size=250")
                  .json()
                  .get("items")
                  .get(0)
                  .get("id")
                  .textValue())
          .isEqualTo(id);
      String pin = owner.createPin(id);
      assertThat(owner.get("/v5/boards/" + id).json().get("pin_count").intValue()).isEqualTo(1);
      assertThat(owner.ids("/v5/boards/" + id + "/pins", 25)).containsExactly(pin);
      assertThat(owner.get("/v5/pins").json().get("items").get(0).get("id").textValue())
          .isEqualTo(pin);
      owner.delete("/v5/pins/" + pin).expect(204);
      assertThat(owner.get("/v5/boards/" + id).json().get("pin_count").intValue()).isZero();
      assertThat(owner.ids("/v5/boards/" + id + "/pins", 25)).isEmpty();
    }
  }

  @Test
  @DisplayName("B11 of many creates of one name at once exactly one wins")
  void b11OneWinner() {
    String name = name();
    List<Integer> statuses =
        IntStream.range(0, 12)
            .mapToObj(
                i ->
                    owner.postAsync(
                        "/v5/boards",
                        object(o -> o.put("name", name)),
                        UUID.randomUUID().toString()))
            .toList()
            .stream()
            .map(answer -> answer.join().status())
            .toList();
    assertThat(statuses).containsOnly(201, 400);
    assertThat(statuses.stream().filter(status -> status == 201)).hasSize(1);
  }

  @Test
  void aPublicBoardOfAnotherIsSeenButNotChanged() {
    String id = owner.createBoard("PUBLIC");
    stranger.get("/v5/boards/" + id).expect(200);
    stranger
        .patch("/v5/boards/" + id, object(o -> o.put("name", name())))
        .expect(403, 29, "You are not permitted to access that resource.");
    stranger.delete("/v5/boards/" + id).expect(403, 29, "You are not permitted");
    stranger.post("/v5/pins", Rest.pin(id)).expect(403, 29, "You are not permitted");
  }

  @Test
  void theNewestPinsAreTheCover() {
    String id = owner.createBoard("PUBLIC");
    for (int i = 0; i < 7; i++) owner.createPin(id);
    JsonNode media = owner.get("/v5/boards/" + id).expect(200).json().get("media");
    assertThat(media.get("pin_thumbnail_urls").size()).isBetween(3, 5);
    String cover = media.get("image_cover_url").textValue();
    assertThat(owner.bytes(cover).statusCode()).isEqualTo(200);
  }

  @Test
  void adsOnlyBoardsAreProtectedAndNamed() {
    JsonNode board =
        owner
            .post("/v5/boards", object(o -> o.put("name", name()).put("is_ads_only", true)))
            .expect(201)
            .json();
    assertThat(board.get("name").textValue()).isEqualTo("Ad-only Pins");
    assertThat(board.get("privacy").textValue()).isEqualTo("PROTECTED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "251", "-1", "abc", "1.5", ""})
  @DisplayName("P14 page sizes that are none are refused")
  void p14PageSize(String size) {
    owner.get("/v5/boards?page_size=" + size).expect(400, 1, "page_size");
  }
}
