// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.board;

import static java.net.http.HttpRequest.BodyPublishers.noBody;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corkboard.board.v1.Board;
import dev.corkboard.board.v1.ListBoardsRequest;
import dev.corkboard.board.v1.Privacy;
import dev.corkboard.board.v1.UpdateBoardRequest;
import dev.corkboard.edge.testing.Answer;
import dev.corkboard.edge.testing.Api;
import dev.corkboard.edge.testing.EdgeExtension;
import dev.corkboard.edge.testing.FakeAccounts;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BoardEndpointsTest {
  @RegisterExtension static final EdgeExtension edge = new EdgeExtension();

  private Api api;

  @BeforeEach
  void connect() {
    api = edge.api("7");
  }

  private static String name() {
    return "b " + UUID.randomUUID();
  }

  private String create() {
    return api.post("/v5/boards", "{\"name\":\"" + name() + "\"}").has(201).field("id");
  }

  @Test
  void b1CreatesABoardFromItsNameAlone() {
    String name = name();
    JsonNode board = api.post("/v5/boards", "{\"name\":\"" + name + "\"}").has(201).json();
    assertThat(board.get("name").textValue()).isEqualTo(name);
    assertThat(board.get("privacy").textValue()).isEqualTo("PUBLIC");
    assertThat(board.get("pin_count").isInt()).isTrue();
    assertThat(board.get("pin_count").intValue()).isZero();
    assertThat(board.get("owner").get("username").textValue()).isEqualTo("user7");
    assertThat(board.get("description").isNull()).isTrue();
    assertThat(board.get("id").isTextual()).isTrue();
  }

  @Test
  void b2RefusesADuplicateName() {
    String name = name();
    String body = "{\"name\":\"" + name + "\"}";
    api.post("/v5/boards", body).has(201);
    Answer again = api.post("/v5/boards", body);
    again.fails(400, 400, "The board name is invalid or duplicated.");
    assertThat(again.text()).doesNotContain("secret detail");
  }

  @Test
  void b3RefusesToRenameToATakenName() {
    String name = name();
    api.post("/v5/boards", "{\"name\":\"" + name + "\"}").has(201);
    api.patch("/v5/boards/" + create(), "{\"name\":\"" + name + "\"}")
        .fails(400, 400, "Could not edit board");
  }

  @Test
  void b4ChangesPrivacyBothWays() {
    String id = create();
    for (String privacy : List.of("SECRET", "PUBLIC")) {
      Answer patched = api.patch("/v5/boards/" + id, "{\"privacy\":\"" + privacy + "\"}").isOk();
      assertThat(patched.field("privacy")).isEqualTo(privacy);
      assertThat(api.get("/v5/boards/" + id).isOk().field("privacy")).isEqualTo(privacy);
    }
  }

  @Test
  void b5RefusesToMakeABoardProtected() {
    api.patch("/v5/boards/" + create(), "{\"privacy\":\"PROTECTED\"}")
        .fails(400, 1, "privacy: 'PROTECTED' is not one of ['PUBLIC', 'SECRET']");
  }

  @Test
  void b6ClearsWithNullAndKeepsWhatIsMissing() {
    String id =
        api.post("/v5/boards", "{\"name\":\"" + name() + "\",\"description\":\"words\"}")
            .has(201)
            .field("id");
    assertThat(api.patch("/v5/boards/" + id, "{}").isOk().field("description")).isEqualTo("words");
    JsonNode cleared = api.patch("/v5/boards/" + id, "{\"description\":null}").isOk().json();
    assertThat(cleared.get("description").isNull()).isTrue();
    UpdateBoardRequest sent = edge.boards().script().lastRequest(UpdateBoardRequest.class);
    assertThat(sent.getUpdateMask().getPathsList()).containsExactly("description");
    assertThat(UUID.fromString(sent.getRequestId())).isNotNull();
  }

  @Test
  void b7DeletesOnce() {
    String id = create();
    Answer deleted = api.delete("/v5/boards/" + id).has(204);
    assertThat(deleted.bytes()).isEmpty();
    api.get("/v5/boards/" + id).fails(404, 40, "Board not found.");
    api.delete("/v5/boards/" + id).fails(404, 40, "Board not found.");
  }

  @ParameterizedTest
  @CsvSource({
    "ALL,PRIVACY_PUBLIC PRIVACY_PROTECTED PRIVACY_SECRET",
    "PUBLIC,PRIVACY_PUBLIC",
    "PROTECTED,PRIVACY_PROTECTED",
    "SECRET,PRIVACY_SECRET",
    "PUBLIC_AND_SECRET,PRIVACY_PUBLIC PRIVACY_SECRET"
  })
  void b8FiltersByPrivacy(String filter, String expected) {
    api.get("/v5/boards?privacy=" + filter).isOk();
    ListBoardsRequest sent = edge.boards().script().lastRequest(ListBoardsRequest.class);
    assertThat(sent.getPrivacyFilterList().stream().map(Privacy::name))
        .containsExactly(expected.split(" "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"public", "PRIVATE", "", "PUBLIC,SECRET"})
  void b8RefusesAnyOtherFilter(String filter) {
    api.get("/v5/boards?privacy=" + filter)
        .fails(400, 1, "privacy: '" + filter + "' is not one of ['ALL', 'PROTECTED', ");
  }

  @Test
  void patchLeavesPrivacyOutForAProtectedBoardButGetShowsIt() {
    Board board =
        edge.boards()
            .put(
                Board.newBuilder()
                    .setName(name())
                    .setOwnerId("7")
                    .setPrivacy(Privacy.PRIVACY_PROTECTED)
                    .build());
    JsonNode patched = api.patch("/v5/boards/" + board.getId(), "{\"description\":\"d\"}").json();
    assertThat(patched.has("privacy")).isFalse();
    assertThat(patched.get("description").textValue()).isEqualTo("d");
    assertThat(api.get("/v5/boards/" + board.getId()).field("privacy")).isEqualTo("PROTECTED");
  }

  @Test
  void showsTheCoverAndTheThumbnailsOfTheFirstPins() {
    Board board =
        edge.boards()
            .put(
                Board.newBuilder()
                    .setName(name())
                    .addCoverAssetKeys("AAAAAAAAAAAAAAAAAAAAAA")
                    .addCoverAssetKeys("BBBBBBBBBBBBBBBBBBBBBB")
                    .build());
    JsonNode media = api.get("/v5/boards/" + board.getId()).isOk().json().get("media");
    assertThat(media.get("image_cover_url").textValue())
        .isEqualTo("https://pins.example/media/AAAAAAAAAAAAAAAAAAAAAA/400x300");
    assertThat(media.get("pin_thumbnail_urls"))
        .extracting(JsonNode::textValue)
        .containsExactly(
            "https://pins.example/media/AAAAAAAAAAAAAAAAAAAAAA/150x150",
            "https://pins.example/media/BBBBBBBBBBBBBBBBBBBBBB/150x150");
  }

  @Test
  void p14WalksAllPagesAndEndsWithANullBookmark() {
    List<String> created = new ArrayList<>();
    for (int i = 0; i < 5; i++) created.add(create());
    List<String> seen = new ArrayList<>();
    String bookmark = "";
    do {
      Answer page =
          api.get("/v5/boards?page_size=2" + (bookmark.isEmpty() ? "" : "&bookmark=" + bookmark))
              .isOk();
      page.json().get("items").forEach(item -> seen.add(item.get("id").textValue()));
      JsonNode next = page.json().get("bookmark");
      bookmark = next.isNull() ? "" : next.textValue();
    } while (!bookmark.isEmpty());
    assertThat(seen).doesNotHaveDuplicates().containsAll(created);
  }

  @Test
  void asksForTheNamesOfAPageAtOnceAndOnlyOnce() {
    List<String> owners = List.of("90001", "90002", "90003");
    for (String owner : owners) {
      edge.boards().put(Board.newBuilder().setName(name()).setOwnerId(owner).build());
    }
    api.get("/v5/boards?page_size=250").isOk();
    api.get("/v5/boards?page_size=250").isOk();
    assertThat(edge.accounts().batches()).filteredOn(b -> b.contains("90001")).hasSize(1);
    assertThat(edge.accounts().batches())
        .anySatisfy(batch -> assertThat(batch).containsAll(owners));
  }

  @Test
  void anOwnerWhoIsGoneHasAnEmptyName() {
    Board board =
        edge.boards().put(Board.newBuilder().setName(name()).setOwnerId(FakeAccounts.GONE).build());
    JsonNode owner = api.get("/v5/boards/" + board.getId()).isOk().json().get("owner");
    assertThat(owner.get("username").textValue()).isEmpty();
  }

  @Test
  void followsAndUnfollows() {
    String id = create();
    assertThat(
            api.send(api.request("/v5/boards/" + id + "/follow").POST(noBody())).has(204).bytes())
        .isEmpty();
    JsonNode followed = api.get("/v5/user_account/following/boards?explicit_following=true").json();
    assertThat(followed.get("items").get(0).get("id").textValue()).isEqualTo(id);
    assertThat(api.get("/v5/boards/" + id).json().get("follower_count").intValue()).isEqualTo(1);
    api.delete("/v5/boards/" + id + "/follow").has(204);
    assertThat(api.get("/v5/boards/" + id).json().get("follower_count").intValue()).isZero();
    api.delete("/v5/boards/999/follow").fails(404, 40, "Board not found.");
  }
}
