// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.e2e;

import static dev.corkboard.deploy.e2e.Rest.object;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The Pin checks of the contract, through the edge on real stores. */
class PinsIT {
  private final EndToEnd suite = EndToEnd.get();
  private final Rest owner = suite.newAccount();
  private final Rest stranger = suite.newAccount();
  private final String board = owner.createBoard("PUBLIC");

  private static ObjectNode carousel(String boardId, int items) {
    return object(
        o -> {
          o.put("board_id", boardId);
          var source = o.putObject("media_source").put("source_type", "multiple_image_base64");
          var list = source.putArray("items");
          for (int i = 0; i < items; i++) {
            list.addObject()
                .put("content_type", "image/png")
                .put("data", Pictures.base64("png", 60, 60, i))
                .put("title", "slot " + i);
          }
        });
  }

  @Test
  @DisplayName("P1 image_base64: every documented property is there")
  void p1Base64() {
    JsonNode pin = owner.post("/v5/pins", Rest.pin(board)).expect(201).json();
    for (String property :
        List.of(
            "id",
            "created_at",
            "link",
            "title",
            "description",
            "alt_text",
            "dominant_color",
            "board_id",
            "board_section_id",
            "board_owner",
            "parent_pin_id",
            "creative_type",
            "is_owner",
            "is_standard",
            "has_been_promoted",
            "pin_metrics",
            "media")) {
      assertThat(pin.has(property)).as(property).isTrue();
    }
    assertThat(pin.get("creative_type").textValue()).isEqualTo("REGULAR");
    assertThat(pin.get("is_owner").booleanValue()).isTrue();
    assertThat(pin.get("board_owner").get("username").textValue())
        .isEqualTo(owner.account().username());
    assertThat(pin.get("dominant_color").textValue()).matches("#[0-9a-fA-F]{6}");
    assertThat(pin.get("media").get("media_type").textValue()).isEqualTo("image");
    assertThat(owner.get("/v5/pins/" + pin.get("id").textValue()).expect(200).json())
        .isEqualTo(pin);
  }

  @Test
  @DisplayName("P1 image_url: our own media URLs may be fetched again, private addresses may not")
  void p1ImageUrl() {
    String source = owner.createPin(board);
    String url =
        owner.get("/v5/pins/" + source).json().at("/media/images/originals/url").textValue();
    ObjectNode again =
        object(
            o -> {
              o.put("board_id", board);
              o.putObject("media_source").put("source_type", "image_url").put("url", url);
            });
    String copy = owner.post("/v5/pins", again).expect(201).id();
    owner.delete("/v5/pins/" + source).expect(204);
    String kept = owner.get("/v5/pins/" + copy).json().at("/media/images/600x/url").textValue();
    assertThat(owner.bytes(kept).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:1/x.png",
        "http://localhost/x.png",
        "http://169.254.169.254/latest/meta-data",
        "http://[::1]/x.png",
        "http://2130706433/x.png",
        "http://10.0.0.1/x.png"
      })
  @DisplayName("P1 image_url never reaches the inside")
  void p1NoServerSideForgery(String url) {
    ObjectNode body =
        object(
            o -> {
              o.put("board_id", board);
              o.putObject("media_source").put("source_type", "image_url").put("url", url);
            });
    owner.post("/v5/pins", body).expect(400, 1, "Sorry we could not fetch the image.");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 5})
  @DisplayName("P1 P3 carousels of 2 to 5 pictures")
  void p1Carousel(int items) {
    JsonNode pin = owner.post("/v5/pins", carousel(board, items)).expect(201).json();
    assertThat(pin.get("creative_type").textValue()).isEqualTo("CAROUSEL");
    assertThat(pin.get("media").get("media_type").textValue()).isEqualTo("multiple_images");
    assertThat(pin.get("media").get("items")).hasSize(items);
    assertThat(pin.at("/media/items/1/title").textValue()).isEqualTo("slot 1");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 6})
  @DisplayName("P3 carousels of other sizes are refused")
  void p3CarouselSize(int items) {
    owner.post("/v5/pins", carousel(board, items)).expect(400, 1, "items");
  }

  @Test
  @DisplayName("P2 a missing board or picture is named")
  void p2Required() {
    owner
        .post("/v5/pins", object(o -> o.set("media_source", Rest.pin(board).get("media_source"))))
        .expect(400, 1, "board_id");
    owner.post("/v5/pins", object(o -> o.put("board_id", board))).expect(400, 1, "media_source");
  }

  @Test
  @DisplayName("P4 an unknown source type is refused")
  void p4UnknownSource() {
    ObjectNode body = Rest.pin(board);
    ((ObjectNode) body.get("media_source")).put("source_type", "hologram");
    owner.post("/v5/pins", body).expect(400, 1, "hologram");
  }

  @ParameterizedTest
  @DisplayName("P5 limits count code points")
  @CsvSource({"title,100", "description,800", "alt_text,500"})
  void p5Limits(String field, int max) {
    String full = "📌".repeat(max);
    JsonNode pin = owner.post("/v5/pins", Rest.pin(board).put(field, full)).expect(201).json();
    assertThat(pin.get(field).textValue()).isEqualTo(full);
    owner.post("/v5/pins", Rest.pin(board).put(field, full + "x")).expect(400, 1, field);
    owner
        .patch("/v5/pins/" + pin.get("id").textValue(), object(o -> o.put(field, full + "x")))
        .expect(400, 1, field);
  }

  @Test
  @DisplayName("P5 links are absolute and at most 2,048 long")
  void p5Link() {
    String longest = "https://example.com/" + "a".repeat(2_028);
    owner.post("/v5/pins", Rest.pin(board).put("link", longest)).expect(201);
    owner.post("/v5/pins", Rest.pin(board).put("link", longest + "a")).expect(400, 1, "");
    for (String bad :
        List.of("javascript:alert(1)", "example.com", "ftp://example.com/", "https://")) {
      owner
          .post("/v5/pins", Rest.pin(board).put("link", bad))
          .expect(400, 1, "Whoops! It looks like you entered an invalid URL");
    }
  }

  @Test
  @DisplayName("P6 a missing board is 404, another's public one 403")
  void p6Boards() {
    owner.post("/v5/pins", Rest.pin("4611686018427387904")).expect(404, 40, "Board not found.");
    stranger.post("/v5/pins", Rest.pin(board)).expect(403, 29, "You are not permitted");
    owner
        .post("/v5/pins", Rest.pin(board).put("board_section_id", "4611686018427387904"))
        .expect(404, 2031, "Sorry! We couldn't find this board section.");
  }

  @Test
  @DisplayName("P8 P14 boards list newest first, each Pin once, whatever the page size")
  void p8Order() {
    List<String> created = new ArrayList<>();
    for (int i = 0; i < 13; i++) created.add(owner.createPin(board));
    Collections.reverse(created);
    for (int size : new int[] {1, 5, 13, 250}) {
      assertThat(owner.ids("/v5/boards/" + board + "/pins", size)).isEqualTo(created);
      assertThat(owner.ids("/v5/pins", size)).isEqualTo(created);
    }
  }

  @Test
  @DisplayName("P14 Pins created during a walk neither repeat nor hide others")
  void p14ConcurrentInserts() {
    Set<String> before = new HashSet<>();
    for (int i = 0; i < 9; i++) before.add(owner.createPin(board));
    List<String> seen = new ArrayList<>();
    String path = "/v5/boards/" + board + "/pins?page_size=3";
    String bookmark = "";
    do {
      JsonNode page = owner.get(path + bookmark).expect(200).json();
      page.get("items").forEach(pin -> seen.add(pin.get("id").textValue()));
      owner.createPin(board);
      bookmark =
          page.get("bookmark").isNull() ? null : "&bookmark=" + page.get("bookmark").textValue();
    } while (bookmark != null);
    assertThat(seen).doesNotHaveDuplicates().containsAll(before);
  }

  @Test
  @DisplayName("P14 a bookmark is good for its listing and caller alone")
  void p14ForeignBookmark() {
    for (int i = 0; i < 3; i++) owner.createPin(board);
    String bookmark =
        owner.get("/v5/boards/" + board + "/pins?page_size=1").json().get("bookmark").textValue();
    assertThat(bookmark).matches("[A-Za-z0-9_-]+");
    String other = owner.createBoard("PUBLIC");
    owner.get("/v5/boards/" + other + "/pins?bookmark=" + bookmark).expect(400, 1, "bookmark");
    owner.get("/v5/pins?bookmark=" + bookmark).expect(400, 1, "bookmark");
    stranger.get("/v5/boards/" + board + "/pins?bookmark=" + bookmark).expect(400, 1, "bookmark");
    owner.get("/v5/boards/" + board + "/pins?bookmark=x" + bookmark).expect(400, 1, "bookmark");
  }

  @Test
  @DisplayName("P9 the filters of one's own Pins")
  void p9Filters() {
    String own = owner.createPin(board);
    String theirs = stranger.createPin(stranger.createBoard("PUBLIC"));
    String saved =
        owner
            .post("/v5/pins/" + theirs + "/save", object(o -> o.put("board_id", board)))
            .expect(201)
            .id();
    String secret = owner.createPin(owner.createBoard("SECRET"));
    String hidden = owner.createPin(owner.createBoard("PROTECTED"));
    assertThat(owner.ids("/v5/pins", 25)).containsExactly(secret, saved, own);
    assertThat(owner.ids("/v5/pins?include_protected_pins=true", 25))
        .containsExactly(hidden, secret, saved, own);
    assertThat(owner.ids("/v5/pins?pin_filter=exclude_native", 25)).containsExactly(saved);
    assertThat(owner.ids("/v5/pins?pin_filter=exclude_repins", 25)).containsExactly(secret, own);
    assertThat(owner.ids("/v5/pins?pin_filter=has_been_promoted", 25)).isEmpty();
    assertThat(owner.ids("/v5/pins?pin_type=PRIVATE", 25)).containsExactly(secret);
    assertThat(owner.ids("/v5/pins?creative_types=CAROUSEL&creative_types=VIDEO", 25)).isEmpty();
    owner.get("/v5/pins?pin_filter=none").expect(400, 1, "pin_filter");
  }

  @Test
  @DisplayName("P10 a deleted Pin is gone")
  void p10Delete() {
    String pin = owner.createPin(board);
    stranger.delete("/v5/pins/" + pin).expect(403, 29, "You are not permitted");
    assertThat(owner.delete("/v5/pins/" + pin).expect(204).text()).isEmpty();
    owner.get("/v5/pins/" + pin).expect(404, 50, "Pin not found.");
    owner.delete("/v5/pins/" + pin).expect(404, 50, "Pin not found.");
    assertThat(owner.ids("/v5/boards/" + board + "/pins", 25)).isEmpty();
  }

  @Test
  @DisplayName("P11 missing keeps, null clears")
  void p11MissingAndNull() {
    ObjectNode body =
        Rest.pin(board)
            .put("title", "t")
            .put("description", "d")
            .put("alt_text", "a")
            .put("link", "https://example.com/x");
    String pin = owner.post("/v5/pins", body).expect(201).id();
    for (String field : List.of("title", "description", "alt_text", "link")) {
      JsonNode before = owner.patch("/v5/pins/" + pin, object(o -> {})).expect(200).json();
      assertThat(before.get(field).isTextual()).as(field).isTrue();
      JsonNode after =
          owner.patch("/v5/pins/" + pin, object(o -> o.putNull(field))).expect(200).json();
      assertThat(after.get(field).isNull()).as(field).isTrue();
      assertThat(owner.get("/v5/pins/" + pin).json()).isEqualTo(after);
    }
    owner.patch("/v5/pins/" + pin, object(o -> o.putNull("board_id"))).expect(400, 1, "board_id");
  }

  @Test
  @DisplayName("P11 a move takes the Pin along, counts and lists included")
  void p11Move() {
    String pin = owner.createPin(board);
    String target = owner.createBoard("SECRET");
    JsonNode moved =
        owner.patch("/v5/pins/" + pin, object(o -> o.put("board_id", target))).expect(200).json();
    assertThat(moved.get("board_id").textValue()).isEqualTo(target);
    assertThat(moved.get("board_section_id").isNull()).isTrue();
    assertThat(owner.ids("/v5/boards/" + board + "/pins", 25)).isEmpty();
    assertThat(owner.ids("/v5/boards/" + target + "/pins", 25)).containsExactly(pin);
    assertThat(owner.get("/v5/boards/" + board).json().get("pin_count").intValue()).isZero();
    assertThat(owner.get("/v5/boards/" + target).json().get("pin_count").intValue()).isEqualTo(1);
    stranger.get("/v5/pins/" + pin).expect(404, 50, "Pin not found.");
    String foreign = stranger.createBoard("PUBLIC");
    owner
        .patch("/v5/pins/" + pin, object(o -> o.put("board_id", foreign)))
        .expect(403, 29, "You are not permitted");
    assertThat(owner.get("/v5/pins/" + pin).json().get("board_id").textValue()).isEqualTo(target);
  }

  @Test
  @DisplayName("P12 a save is a copy that lives on its own")
  void p12Save() {
    String source = owner.createPin(board);
    JsonNode before = owner.get("/v5/pins/" + source).json();
    String target = stranger.createBoard("PUBLIC");
    ObjectNode body = object(o -> o.put("board_id", target).putNull("board_section_id"));
    JsonNode saved = stranger.post("/v5/pins/" + source + "/save", body).expect(201).json();
    assertThat(saved.get("id")).isNotEqualTo(before.get("id"));
    assertThat(saved.get("parent_pin_id").textValue()).isEqualTo(source);
    assertThat(saved.get("board_id").textValue()).isEqualTo(target);
    assertThat(saved.get("title")).isEqualTo(before.get("title"));
    stranger.post("/v5/pins/" + source + "/save", body).expect(201);
    assertThat(owner.get("/v5/pins/" + source).json()).isEqualTo(before);
    owner.delete("/v5/pins/" + source).expect(204);
    JsonNode copy = stranger.get("/v5/pins/" + saved.get("id").textValue()).expect(200).json();
    assertThat(owner.bytes(copy.at("/media/images/600x/url").textValue()).statusCode())
        .isEqualTo(200);
    stranger
        .post(
            "/v5/pins/" + saved.get("id").textValue() + "/save", object(o -> o.putNull("board_id")))
        .expect(400, 1, "board_id");
  }

  @Test
  @DisplayName("P13 a Pin on a secret board is nobody else's to see or save")
  void p13Secret() {
    String pin = owner.createPin(owner.createBoard("SECRET"));
    String target = stranger.createBoard("PUBLIC");
    String secret = stranger.get("/v5/pins/" + pin).expect(404, 50, "Pin not found.").text();
    assertThat(stranger.get("/v5/pins/4611686018427387904").expect(404).text()).isEqualTo(secret);
    stranger
        .post("/v5/pins/" + pin + "/save", object(o -> o.put("board_id", target)))
        .expect(404, 50, "Pin not found.");
    stranger.delete("/v5/pins/" + pin).expect(404, 50, "Pin not found.");
    stranger
        .patch("/v5/pins/" + pin, object(o -> o.put("title", "mine")))
        .expect(404, 50, "Pin not found.");
  }

  @Test
  @DisplayName("A repeated request creates one Pin")
  void repeatedRequestsCreateOnce() {
    String key = java.util.UUID.randomUUID().toString();
    ObjectNode body = Rest.pin(board);
    String first = owner.postAsync("/v5/pins", body, key).join().expect(201).id();
    String second = owner.postAsync("/v5/pins", body, key).join().expect(201).id();
    assertThat(second).isEqualTo(first);
    assertThat(owner.get("/v5/boards/" + board).json().get("pin_count").intValue()).isEqualTo(1);
    owner.postAsync("/v5/pins", body.deepCopy().put("title", "another"), key).join().expect(400);
  }
}
