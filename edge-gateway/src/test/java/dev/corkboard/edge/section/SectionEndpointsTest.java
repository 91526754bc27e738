// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.section;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corkboard.board.v1.CreateSectionRequest;
import dev.corkboard.board.v1.UpdateSectionRequest;
import dev.corkboard.edge.testing.Api;
import dev.corkboard.edge.testing.EdgeExtension;
import dev.corkboard.pin.v1.ListBoardPinsRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SectionEndpointsTest {
  private static final String NOT_FOUND = "Sorry! We couldn't find this board section.";

  @RegisterExtension static final EdgeExtension edge = new EdgeExtension();

  private Api api;

  @BeforeEach
  void connect() {
    api = edge.api("7");
  }

  private static String path() {
    return "/v5/boards/" + ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE) + "/sections";
  }

  private static String named(String name) {
    return "{\"name\":\"" + name + "\"}";
  }

  @Test
  @DisplayName("S1: created with an id and its name, and nothing else")
  void s1Creates() {
    String path = path();
    JsonNode made = api.post(path, named("First")).has(201).json();
    assertThat(made.get("id").isTextual()).isTrue();
    assertThat(made.get("name").textValue()).isEqualTo("First");
    assertThat(made.size()).isEqualTo(2);
    CreateSectionRequest sent = edge.sections().script().lastRequest(CreateSectionRequest.class);
    assertThat(path).contains(sent.getSection().getBoardId());
    assertThat(UUID.fromString(sent.getRequestId())).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"name\":null}", "{\"name\":\"\"}", "{\"name\":7}", "[]"})
  @DisplayName("S1, S3: the name is required, on change too")
  void s1s3NameIsRequired(String body) {
    api.post(path(), body).fails(400, 1, "");
    String path = path();
    String id = api.post(path, named("First")).has(201).field("id");
    api.patch(path + "/" + id, body).fails(400, 1, "");
  }

  @Test
  @DisplayName("S1: 180 code points are, 181 are not")
  void s1NameIsBounded() {
    api.post(path(), named("x".repeat(180))).has(201);
    api.post(path(), named("x".repeat(181))).fails(400, 1, "name: must be at most 180");
  }

  @Test
  void renames() {
    String path = path();
    String id = api.post(path, named("Before")).has(201).field("id");
    assertThat(api.patch(path + "/" + id, named("After")).isOk().field("name")).isEqualTo("After");
    UpdateSectionRequest sent = edge.sections().script().lastRequest(UpdateSectionRequest.class);
    assertThat(sent.getUpdateMask().getPathsList()).containsExactly("name");
  }

  @Test
  @DisplayName("S2: a section is found under its own board only")
  void s2OfAnotherBoard() {
    String id = api.post(path(), named("Here")).has(201).field("id");
    String elsewhere = path() + "/" + id;
    api.patch(elsewhere, named("There")).fails(404, 2031, NOT_FOUND);
    api.delete(elsewhere).fails(404, 2031, NOT_FOUND);
  }

  @Test
  @DisplayName("S4: deleted once")
  void s4DeletesOnce() {
    String path = path();
    String id = api.post(path, named("Gone")).has(201).field("id");
    assertThat(api.delete(path + "/" + id).has(204).bytes()).isEmpty();
    api.delete(path + "/" + id).fails(404, 2031, NOT_FOUND);
  }

  @Test
  void listsInPages() {
    String path = path();
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 5; i++) made.add(api.post(path, named("S" + i)).has(201).field("id"));
    List<String> seen = new ArrayList<>();
    String bookmark = "";
    do {
      JsonNode page = api.get(path + "/?page_size=2" + bookmark).isOk().json();
      page.get("items").forEach(item -> seen.add(item.get("id").textValue()));
      bookmark =
          page.get("bookmark").isNull() ? "" : "&bookmark=" + page.get("bookmark").textValue();
    } while (!bookmark.isEmpty());
    assertThat(seen).isEqualTo(made);
  }

  @Test
  void listsThePinsOfASectionAlone() {
    api.get("/v5/boards/1/sections/22/pins?page_size=3");
    ListBoardPinsRequest sent = edge.pins().script().lastRequest(ListBoardPinsRequest.class);
    assertThat(sent.getBoardId()).isEqualTo("1");
    assertThat(sent.getSectionId()).isEqualTo("22");
    assertThat(sent.getPageSize()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "-1", "1.5"})
  void idsAreDigits(String id) {
    api.delete("/v5/boards/1/sections/" + id).fails(400, 1, "does not match '^\\\\d+$'");
    api.get("/v5/boards/" + id + "/sections").fails(400, 1, "does not match '^\\\\d+$'");
    api.get("/v5/boards/1/sections/" + id + "/pins").fails(400, 1, "");
  }
}
