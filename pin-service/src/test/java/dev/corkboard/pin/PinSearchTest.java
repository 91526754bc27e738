// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import static dev.corkboard.pin.PinServiceTest.assertFails;
import static dev.corkboard.pin.Pins.someId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.board.v1.Privacy;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.pin.v1.CreatePinRequest;
import dev.corkboard.pin.v1.DeletePinRequest;
import dev.corkboard.pin.v1.Pin;
import dev.corkboard.pin.v1.SearchPinsRequest;
import dev.corkboard.pin.v1.SearchPinsResponse;
import dev.corkboard.pin.v1.UpdatePinRequest;
import dev.corkboard.platform.testing.GrpcExtension;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PinSearchTest {
  private final PinRig rig = newRig();

  @RegisterExtension final GrpcExtension grpc = rig.grpc;

  private final String owner = someId();
  private String board;

  /** The stores to run on. */
  PinRig newRig() {
    return new PinRig();
  }

  @BeforeEach
  void makeBoard() {
    board = named("Plain");
  }

  private String named(String name) {
    String id = rig.boards.create(owner, Privacy.PRIVACY_PUBLIC);
    rig.boards.board(id).name = name;
    return id;
  }

  private String create(String boardId, String title) {
    CreatePinRequest.Builder request = PinRig.request(boardId);
    request.getPinBuilder().setTitle(title).clearDescription().clearAltText().clearLink();
    return rig.as(owner).createPin(request.build()).getId();
  }

  private List<String> search(String query) {
    List<String> ids = new ArrayList<>();
    String token = "";
    do {
      SearchPinsResponse page =
          rig.as(owner)
              .searchPins(
                  SearchPinsRequest.newBuilder()
                      .setQuery(query)
                      .setPageSize(2)
                      .setPageToken(token)
                      .build());
      page.getPinsList().forEach(pin -> ids.add(pin.getId()));
      token = page.getNextPageToken();
      if (!token.isEmpty()) assertThat(page.getPinsList()).hasSize(2);
    } while (!token.isEmpty());
    return ids;
  }

  private String foreignPin() {
    String stranger = someId();
    return rig.create(stranger, rig.boards.create(stranger, Privacy.PRIVACY_PUBLIC)).getId();
  }

  private void update(Pin pin) {
    rig.as(owner).updatePin(UpdatePinRequest.newBuilder().setPin(pin).build());
  }

  @Test
  @DisplayName("Q2: found by the words of every text, whatever their case and accents")
  void foundByEveryText() {
    CreatePinRequest.Builder request = PinRig.request(board);
    request
        .getPinBuilder()
        .setTitle("Crème brûlée")
        .setDescription("A dessert, burnt")
        .setAltText("yellow bowl")
        .setLink("https://www.kitchen.example/recipe?x=hidden");
    String pin = rig.as(owner).createPin(request.build()).getId();
    for (String query :
        List.of("creme BRULEE", "dessert", "bowl burnt", "kitchen", "kitchen.example creme")) {
      assertThat(search(query)).as(query).containsExactly(pin);
    }
    for (String query : List.of("cream", "creme cake", "recipe", "hidden", "!!!")) {
      assertThat(search(query)).as(query).isEmpty();
    }
  }

  @Test
  void pagesWalkEveryPinOnceNewestFirst() {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      expected.add(0, create(board, "red thing " + i));
      create(board, "blue thing " + i);
    }
    assertThat(search("red thing")).isEqualTo(expected);
  }

  @Test
  @DisplayName("Q2: found by new words at once, and no longer by old ones")
  void changesAreFoundAtOnce() {
    String pin = create(board, "before");
    update(Pin.newBuilder().setId(pin).setTitle("after").build());
    assertThat(search("after")).containsExactly(pin);
    assertThat(search("before")).isEmpty();
    update(Pin.newBuilder().setId(pin).setTitle("before").build());
    assertThat(search("before")).containsExactly(pin);
    rig.as(owner).deletePin(DeletePinRequest.newBuilder().setPinId(pin).build());
    assertThat(search("before")).isEmpty();
  }

  @Test
  void boardNamesAreWordsOfTheirPins() {
    String garden = named("My garden");
    String red = create(garden, "red tulip");
    String white = create(garden, "white tulip");
    String elsewhere = create(board, "red tulip garden");
    create(board, "red tulip");
    assertThat(search("garden tulip red")).containsExactly(elsewhere, red);
    assertThat(search("garden")).containsExactly(elsewhere, white, red);
    rig.boards.board(garden).name = "My yard";
    assertThat(search("garden")).containsExactly(elsewhere);
    assertThat(search("yard white")).containsExactly(white);
    update(Pin.newBuilder().setId(white).setBoardId(board).build());
    assertThat(search("yard")).containsExactly(red);
  }

  @Test
  @DisplayName("Q1: ids with commas find those Pins")
  void idsFindPins() {
    String first = create(board, "one");
    String second = create(board, "two");
    String foreign = foreignPin();
    String query = second + ", " + first + "," + someId() + "," + foreign + "," + first;
    assertThat(
            rig.as(owner)
                .searchPins(SearchPinsRequest.newBuilder().setQuery(query).build())
                .getPinsList())
        .extracting(Pin::getId)
        .containsExactly(second, first);
  }

  @Test
  void numbersThatAreNoIdsAreWords() {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 5; i++) expected.add(0, create(board, "Calendar 2026, page " + i));
    assertThat(search("2026")).isEqualTo(expected);
    assertThat(search("2026, 3")).containsExactly(expected.get(1));
  }

  @Test
  void deletedBoardsAreLeftOut() {
    String doomed = named("Doomed");
    create(doomed, "word");
    String kept = create(board, "word");
    rig.boards.delete(doomed);
    assertThat(search("word")).containsExactly(kept);
    assertThat(search("doomed")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\u0000b"})
  void badQueriesAreRefused(String query) {
    assertFails(ErrorReason.ERROR_REASON_INVALID_FIELD, () -> search(query));
  }

  @Test
  void aTokenIsGoodForItsQuery() {
    for (int i = 0; i < 3; i++) create(board, "word " + i);
    String token =
        rig.as(owner)
            .searchPins(SearchPinsRequest.newBuilder().setQuery("word").setPageSize(1).build())
            .getNextPageToken();
    SearchPinsRequest other =
        SearchPinsRequest.newBuilder().setQuery("other").setPageToken(token).build();
    assertFails(ErrorReason.ERROR_REASON_INVALID_PAGE_TOKEN, () -> rig.as(owner).searchPins(other));
  }
}
