// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.pin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corkboard.board.v1.Board;
import dev.corkboard.edge.testing.Answer;
import dev.corkboard.edge.testing.Api;
import dev.corkboard.edge.testing.EdgeExtension;
import dev.corkboard.pin.v1.CreativeType;
import dev.corkboard.pin.v1.ListBoardPinsRequest;
import dev.corkboard.pin.v1.ListPinsRequest;
import dev.corkboard.pin.v1.OriginFilter;
import dev.corkboard.pin.v1.Pin;
import dev.corkboard.pin.v1.SavePinRequest;
import dev.corkboard.pin.v1.SearchPinsRequest;
import dev.corkboard.pin.v1.UpdatePinRequest;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PinEndpointsTest {
  @RegisterExtension static final EdgeExtension edge = new EdgeExtension();

  private Api api;
  private Pin pin;

  @BeforeEach
  void connect() {
    api = edge.api("7");
    pin =
        edge.pins()
            .put(
                Pin.newBuilder()
                    .setOwnerId("7")
                    .setBoardId("1000")
                    .setSectionId("33")
                    .setBoardOwnerId("8")
                    .setTitle("title")
                    .setDescription("words")
                    .setCreativeType(CreativeType.CREATIVE_TYPE_REGULAR)
                    .build());
  }

  private String path() {
    return "/v5/pins/" + pin.getId();
  }

  @Test
  void showsEveryPropertyAndNullWhereThereIsNothing() {
    JsonNode shown = api.get(path()).isOk().json();
    assertThat(shown.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
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
            "media");
    assertThat(shown.get("link").isNull()).isTrue();
    assertThat(shown.get("parent_pin_id").isNull()).isTrue();
    assertThat(shown.get("creative_type").textValue()).isEqualTo("REGULAR");
    assertThat(shown.get("media").get("media_type").textValue()).isEqualTo("image");
    assertThat(shown.get("board_owner").get("username").textValue()).isEqualTo("user8");
  }

  @Test
  void saysWhetherTheCallerOwnsThePin() {
    assertThat(api.get(path()).json().get("is_owner").booleanValue()).isTrue();
    assertThat(edge.api("9").get(path()).json().get("is_owner").booleanValue()).isFalse();
  }

  @Test
  void metricsAreNullBecauseNothingIsCounted() {
    JsonNode shown = api.get(path() + "?pin_metrics=true").isOk().json();
    assertThat(shown.get("pin_metrics").isNull()).isTrue();
    api.get(path() + "?pin_metrics=maybe").fails(400, 1, "pin_metrics: 'maybe' is not of type");
  }

  @ParameterizedTest
  @CsvSource({
    "exclude_native,ORIGIN_FILTER_SAVED",
    "exclude_repins,ORIGIN_FILTER_CREATED",
    "has_been_promoted,ORIGIN_FILTER_PROMOTED"
  })
  void p9FiltersByOrigin(String filter, OriginFilter expected) {
    api.get("/v5/pins?pin_filter=" + filter).isOk();
    ListPinsRequest sent = edge.pins().script().lastRequest(ListPinsRequest.class);
    assertThat(sent.getOriginFilter()).isEqualTo(expected);
    assertThat(sent.getIncludeProtectedPins()).isFalse();
    assertThat(sent.getPageSize()).isEqualTo(25);
  }

  @Test
  void p9TakesAllFiltersTogether() {
    api.get(
            "/v5/pins?include_protected_pins=true&pin_type=PRIVATE"
                + "&creative_types=CAROUSEL&creative_types=REGULAR&creative_types=QUIZ")
        .isOk();
    ListPinsRequest sent = edge.pins().script().lastRequest(ListPinsRequest.class);
    assertThat(sent.getIncludeProtectedPins()).isTrue();
    assertThat(sent.getSecretOnly()).isTrue();
    assertThat(sent.getCreativeTypesList())
        .containsExactly(CreativeType.CREATIVE_TYPE_REGULAR, CreativeType.CREATIVE_TYPE_CAROUSEL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pin_filter=all", "pin_type=PUBLIC", "creative_types=FOO"})
  void p9RefusesUnknownFilters(String query) {
    String name = query.substring(0, query.indexOf('='));
    api.get("/v5/pins?" + query).fails(400, 1, name + ": ");
  }

  @Test
  void kindsThatAreNeverMadeMatchNothing() {
    JsonNode page = api.get("/v5/pins?creative_types=SHOWCASE&creative_types=IDEA").isOk().json();
    assertThat(page.get("items")).isEmpty();
    assertThat(page.get("bookmark").isNull()).isTrue();
  }

  @Test
  void kindsThatAreNeverMadeMatchNothingOnABoardThatIsThere() {
    Board board = edge.boards().put(Board.newBuilder().setName("kinds").build());
    String query = "/pins?creative_types=QUIZ";
    assertThat(api.get("/v5/boards/" + board.getId() + query).isOk().json().get("items")).isEmpty();
    api.get("/v5/boards/99" + query).fails(404, 40, "Board not found.");
  }

  @Test
  void p7ListsThePinsOfABoardIncludingThoseInSections() {
    String boardId = Long.toString(System.nanoTime());
    Pin inSection = edge.pins().put(pin.toBuilder().setBoardId(boardId).setSectionId("3").build());
    Pin outside = edge.pins().put(pin.toBuilder().setBoardId(boardId).clearSectionId().build());
    Answer page = api.get("/v5/boards/" + boardId + "/pins?page_size=250").isOk();
    assertThat(page.json().get("items"))
        .extracting(item -> item.get("id").textValue())
        .containsExactlyInAnyOrder(inSection.getId(), outside.getId());
    ListBoardPinsRequest sent = edge.pins().script().lastRequest(ListBoardPinsRequest.class);
    assertThat(sent.getPageSize()).isEqualTo(250);
  }

  @Test
  void p10DeletesOnce() {
    assertThat(api.delete(path()).has(204).bytes()).isEmpty();
    api.get(path()).fails(404, 50, "Pin not found.");
    api.delete(path()).fails(404, 50, "Pin not found.");
  }

  @Test
  void p11MissingKeepsAndNullClears() {
    JsonNode kept = api.patch(path(), "{\"title\":\"new\"}").isOk().json();
    assertThat(kept.get("title").textValue()).isEqualTo("new");
    assertThat(kept.get("description").textValue()).isEqualTo("words");
    JsonNode cleared =
        api.patch(path(), "{\"description\":null,\"board_section_id\":null}").isOk().json();
    assertThat(cleared.get("description").isNull()).isTrue();
    assertThat(cleared.get("board_section_id").isNull()).isTrue();
    assertThat(cleared.get("title").textValue()).isEqualTo("new");
  }

  @ParameterizedTest
  @CsvSource({
    "alt_text,alt_text",
    "board_section_id,section_id",
    "description,description",
    "link,link",
    "title,title"
  })
  void p11ClearsEveryNullableProperty(String property, String path) {
    api.patch(path(), "{\"" + property + "\":null}").isOk();
    UpdatePinRequest sent = edge.pins().script().lastRequest(UpdatePinRequest.class);
    assertThat(sent.getUpdateMask().getPathsList()).containsExactly(path);
    assertThat(sent.getPin()).isEqualTo(Pin.newBuilder().setId(pin.getId()).build());
  }

  @Test
  void p11MovesAPinAndLeavesTheSectionToTheService() {
    api.patch(path(), "{\"board_id\":\"77\"}").isOk();
    UpdatePinRequest sent = edge.pins().script().lastRequest(UpdatePinRequest.class);
    assertThat(sent.getPin().getBoardId()).isEqualTo("77");
    assertThat(sent.getUpdateMask().getPathsList()).containsExactly("board_id");
  }

  @Test
  void p11ABoardCannotBeCleared() {
    api.patch(path(), "{\"board_id\":null}")
        .fails(400, 1, "board_id: null is not of type 'string'");
  }

  @Test
  void p11ChangesTheWordsOfACarousel() {
    api.patch(path(), "{\"carousel_slots\":[{\"title\":\"a\"},{\"link\":\"https://x.example\"}]}")
        .isOk();
    UpdatePinRequest sent = edge.pins().script().lastRequest(UpdatePinRequest.class);
    assertThat(sent.getUpdateMask().getPathsList()).containsExactly("images");
    assertThat(sent.getPin().getImages(0).getTitle()).isEqualTo("a");
    assertThat(sent.getPin().getImages(1).getLink()).isEqualTo("https://x.example");
  }

  @Test
  void p12SavesACopyWithANewId() {
    JsonNode saved =
        api.post(path() + "/save", "{\"board_id\":\"88\",\"board_section_id\":\"5\"}")
            .has(201)
            .json();
    assertThat(saved.get("id").textValue()).isNotEqualTo(pin.getId());
    assertThat(saved.get("parent_pin_id").textValue()).isEqualTo(pin.getId());
    assertThat(saved.get("board_id").textValue()).isEqualTo("88");
    assertThat(saved.get("board_section_id").textValue()).isEqualTo("5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"board_id\":null}", "{\"board_section_id\":\"5\"}"})
  void p12SavingNeedsABoard(String body) {
    api.post(path() + "/save", body).fails(400, 1, "board_id: 'board_id' is a required property");
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "0", "99999999999999999999", "12345"})
  void p12WhatIsNoPinCannotBeSaved(String id) {
    api.post("/v5/pins/" + id + "/save", "{\"board_id\":\"88\"}").fails(404, 50, "Pin not found.");
  }

  @Test
  void aWriteCarriesARequestIdOfItsOwn() {
    List<String> keys =
        List.of(saveWith(null), saveWith(null)).stream().map(SavePinRequest::getRequestId).toList();
    assertThat(keys).doesNotHaveDuplicates();
    assertThat(UUID.fromString(keys.get(0))).isNotNull();
  }

  @Test
  void aWriteCarriesTheClientsIdempotencyKey() {
    String key = UUID.randomUUID().toString();
    assertThat(saveWith(key).getRequestId()).isEqualTo(key);
  }

  @Test
  void aKeyThatIsNoUuidIsTheSameForTheSameAccountOnly() {
    String mine = saveWith("order-1").getRequestId();
    assertThat(saveWith("order-1").getRequestId()).isEqualTo(mine);
    api = edge.api("9");
    assertThat(saveWith("order-1").getRequestId()).isNotEqualTo(mine);
  }

  private SavePinRequest saveWith(String key) {
    var request =
        api.withBody(
            "POST",
            path() + "/save",
            java.net.http.HttpRequest.BodyPublishers.ofString("{\"board_id\":\"88\"}"));
    if (key != null) request.header("Idempotency-Key", key);
    api.send(request).has(201);
    return edge.pins().script().lastRequest(SavePinRequest.class);
  }

  @Test
  @DisplayName("Q1: the query is required")
  void q1QueryIsRequired() {
    api.get("/v5/search/pins").fails(400, 1, "query: 'query' is a required property");
    api.get("/v5/search/pins?query=").fails(400, 1, "query");
    api.get("/v5/search/pins/?query=red%20chair&bookmark=b").isOk();
    SearchPinsRequest sent = edge.pins().script().lastRequest(SearchPinsRequest.class);
    assertThat(sent.getQuery()).isEqualTo("red chair");
    assertThat(sent.getPageToken()).isEqualTo("b");
  }

  @Test
  void nobodySearchesEverywhere() {
    api.get("/v5/search/partner/pins?term=x&country_code=US").fails(403, 29, "");
    api.get("/v5/search/partner/pins?term=x").fails(400, 1, "country_code");
  }
}
