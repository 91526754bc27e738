// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.e2e;

import static dev.corkboard.deploy.e2e.Rest.object;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.corkboard.deploy.e2e.Rest.Answer;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The section checks of the contract, through the edge on real stores. */
class SectionsIT {
  private static final String NOT_FOUND = "Sorry! We couldn't find this board section.";

  private final EndToEnd suite = EndToEnd.get();
  private final Rest owner = suite.newAccount();
  private final String board = owner.createBoard("PUBLIC");

  private static ObjectNode named(String name) {
    return object(o -> o.put("name", name));
  }

  private static String sections(String board) {
    return "/v5/boards/" + board + "/sections";
  }

  private String section(String name) {
    return owner.post(sections(board), named(name)).expect(201).id();
  }

  private String pinIn(String section) {
    ObjectNode body = Rest.pin(board).put("board_section_id", section);
    return owner.post("/v5/pins", body).expect(201).id();
  }

  private String sectionOf(String pin) {
    return owner.get("/v5/pins/" + pin).expect(200).json().get("board_section_id").textValue();
  }

  @Test
  @DisplayName("S1 a section is there at once, with its name")
  void s1IsThereAtOnce() {
    String first = section("First");
    String second = section("x".repeat(180));
    assertThat(owner.ids(sections(board), 1)).containsExactly(first, second);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"name\":\"\"}", "{\"name\":\"  \"}"})
  @DisplayName("S1, S3 no section without a name")
  void s1s3NameIsRequired(String body) {
    owner.send("POST", sections(board), body).expect(400, 1, "name");
    owner.send("PATCH", sections(board) + "/" + section("Named"), body).expect(400, 1, "name");
    owner.post(sections(board), named("x".repeat(181))).expect(400, 1, "name");
  }

  @Test
  @DisplayName("S2 a section is its board's")
  void s2OfAnotherBoard() {
    String here = section("Here");
    String elsewhere = sections(owner.createBoard("PUBLIC")) + "/" + here;
    owner.patch(elsewhere, named("There")).expect(404, 2031, NOT_FOUND);
    owner.delete(elsewhere).expect(404, 2031, NOT_FOUND);
    owner.get(elsewhere + "/pins").expect(404, 2031, NOT_FOUND);
  }

  @Test
  @DisplayName("S3 a rename is seen by the next read")
  void s3Renames() {
    String id = section("Before");
    owner.patch(sections(board) + "/" + id, named("After")).expect(200);
    assertThat(owner.walk(sections(board), 25).get(0).get("name").textValue()).isEqualTo("After");
  }

  @Test
  @DisplayName("S4 a section is deleted once, its Pins stay on the board in none")
  void s4PinsOutliveTheirSection() {
    String id = section("Gone");
    String pin = pinIn(id);
    assertThat(sectionOf(pin)).isEqualTo(id);
    owner.delete(sections(board) + "/" + id).expect(204);
    owner.delete(sections(board) + "/" + id).expect(404, 2031, NOT_FOUND);
    assertThat(sectionOf(pin)).isNull();
    assertThat(
            owner.walk("/v5/boards/" + board + "/pins", 25).get(0).get("board_section_id").isNull())
        .isTrue();
    assertThat(owner.walk("/v5/pins", 25).get(0).get("board_section_id").isNull()).isTrue();
    owner
        .post("/v5/pins", Rest.pin(board).put("board_section_id", id))
        .expect(404, 2031, NOT_FOUND);
  }

  @Test
  @DisplayName("S5 of sections made at the same time none is lost")
  void s5ConcurrentCreations() {
    List<CompletableFuture<Answer>> made =
        IntStream.range(0, 12)
            .mapToObj(
                i -> owner.postAsync(sections(board), named("S" + i), UUID.randomUUID().toString()))
            .toList();
    List<String> ids = made.stream().map(answer -> answer.join().expect(201).id()).toList();
    assertThat(owner.ids(sections(board), 5)).containsExactlyInAnyOrderElementsOf(ids);
  }

  @Test
  @DisplayName("P7 a board's list holds the Pins of its sections, a section's only its own")
  void p7SectionPins() {
    String first = section("First");
    String second = section("Second");
    String inFirst = pinIn(first);
    String inSecond = pinIn(second);
    String inNone = owner.createPin(board);
    assertThat(owner.ids("/v5/boards/" + board + "/pins", 2))
        .containsExactly(inNone, inSecond, inFirst);
    assertThat(owner.ids(sections(board) + "/" + first + "/pins", 25)).containsExactly(inFirst);
    owner.patch("/v5/pins/" + inNone, object(o -> o.put("board_section_id", first))).expect(200);
    assertThat(owner.ids(sections(board) + "/" + first + "/pins", 1))
        .containsExactly(inNone, inFirst);
    owner.patch("/v5/pins/" + inFirst, object(o -> o.putNull("board_section_id"))).expect(200);
    assertThat(owner.ids(sections(board) + "/" + first + "/pins", 25)).containsExactly(inNone);
    assertThat(sectionOf(inFirst)).isNull();
  }

  @Test
  @DisplayName("P11 a move to another board leaves the section, unless it names one there")
  void p11MoveClearsTheSection() {
    String pin = pinIn(section("Here"));
    String other = owner.createBoard("PUBLIC");
    String there = owner.post(sections(other), named("There")).expect(201).id();
    owner.patch("/v5/pins/" + pin, object(o -> o.put("board_id", other))).expect(200);
    assertThat(sectionOf(pin)).isNull();
    owner
        .patch(
            "/v5/pins/" + pin,
            object(o -> o.put("board_id", board).put("board_section_id", section("Back"))))
        .expect(200);
    owner
        .patch(
            "/v5/pins/" + pin, object(o -> o.put("board_id", other).put("board_section_id", there)))
        .expect(200);
    assertThat(sectionOf(pin)).isEqualTo(there);
  }
}
