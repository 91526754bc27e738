// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.collage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corkboard.collage.v1.Canvas;
import dev.corkboard.collage.v1.Collage;
import dev.corkboard.collage.v1.CreateCollageRequest;
import dev.corkboard.collage.v1.Document;
import dev.corkboard.collage.v1.GetCollageRequest;
import dev.corkboard.collage.v1.RemixCredit;
import dev.corkboard.collage.v1.UpdateCollageRequest;
import dev.corkboard.edge.testing.Answer;
import dev.corkboard.edge.testing.Api;
import dev.corkboard.edge.testing.Described;
import dev.corkboard.edge.testing.EdgeExtension;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.error.ApiException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CollageEndpointsTest {
  private static final String DOCUMENT =
      "{\"canvas\":{\"width\":1080,\"height\":1350,\"background\":null}}";

  @RegisterExtension static final EdgeExtension edge = new EdgeExtension();

  private final String owner = Long.toString(UUID.randomUUID().getMostSignificantBits() >>> 20);
  private final Api api = edge.api(owner);

  private Collage put() {
    return edge.collages()
        .put(
            owner,
            Collage.newBuilder()
                .setTitle("Sky")
                .setDocument(
                    Document.newBuilder().setCanvas(Canvas.newBuilder().setWidth(9).setHeight(8)))
                .build());
  }

  @Test
  void createsAndAnswersWithEverything() {
    Answer made =
        api.post(
                "/v1/collages",
                "{\"title\":\"T\",\"description\":null,\"remix_policy\":\"members\",\"document\":"
                    + DOCUMENT
                    + "}")
            .has(201);
    JsonNode collage = made.json();
    assertThat(collage.fieldNames())
        .toIterable()
        .containsExactly(
            "id",
            "owner_id",
            "owner",
            "title",
            "description",
            "alt_text",
            "state",
            "role",
            "revision",
            "remix_policy",
            "remix_of",
            "publication",
            "created_at",
            "updated_at",
            "deleted_at",
            "purge_at",
            "etag",
            "document");
    Described.as("Collage", collage);
    assertThat(collage.get("owner_id").textValue()).isEqualTo(owner);
    assertThat(collage.get("description").isNull()).isTrue();
    assertThat(collage.get("state").textValue()).isEqualTo("draft");
    assertThat(collage.get("role").textValue()).isEqualTo("owner");
    assertThat(collage.get("remix_policy").textValue()).isEqualTo("members");
    assertThat(collage.get("created_at").textValue()).isEqualTo("2026-09-21T14:13:20.123Z");
    assertThat(collage.get("document").toString())
        .isEqualTo(
            "{\"canvas\":{\"width\":1080,\"height\":1350,\"background\":null},"
                + "\"layers\":[],\"groups\":[]}");
  }

  @Test
  void whatIsReadMayBeSentAsANewOne() {
    String read = api.get("/v1/collages/" + put().getId()).isOk().text();
    JsonNode copy = api.post("/v1/collages", read).has(201).json();
    assertThat(copy.at("/document/canvas/width").intValue()).isEqualTo(9);
  }

  @Test
  void aRepeatIsOneByItsKey() {
    String key = UUID.randomUUID().toString();
    api.send(
            api.withBody(
                    "POST",
                    "/v1/collages",
                    BodyPublishers.ofString("{\"document\":" + DOCUMENT + "}"))
                .header("Idempotency-Key", key))
        .has(201);
    assertThat(edge.collages().script().lastRequest(CreateCollageRequest.class).getRequestId())
        .isEqualTo(key);
  }

  @Test
  void whatTheServiceFindsWrongIsNamedAsItWasSent() {
    api.post("/v1/collages", "{}").fails(400, 1, "document.canvas: is required");
    api.post(
            "/v1/collages",
            "{\"document\":{\"canvas\":{\"width\":1,\"height\":1},\"layers\":[{\"id\":\"a\","
                + "\"placement\":{\"center_x\":0,\"center_y\":0,\"width\":0,\"height\":1},"
                + "\"content\":{\"type\":\"shape\",\"geometry\":{\"type\":\"ellipse\"}}}]}}")
        .fails(400, 1, "document.layers[0].placement.width: must be above 0");
    api.post(
            "/v1/collages", "{\"title\":\"" + "t".repeat(101) + "\",\"document\":" + DOCUMENT + "}")
        .fails(400, 1, "title: must be at most 100 code points, got 101");
  }

  @Test
  void readsARevision() {
    String id = put().getId();
    api.get("/v1/collages/" + id + "?revision=0").isOk();
    assertThat(edge.collages().script().lastRequest(GetCollageRequest.class).hasRevision())
        .isTrue();
    api.get("/v1/collages/" + id + "?revision=5").fails(404, 404, "Revision not found.");
    for (String none : new String[] {"x", "-1", "", "1.5", "9".repeat(19)}) {
      api.get("/v1/collages/" + id + "?revision=" + none).fails(400, 1, "revision: ");
    }
  }

  @Test
  void listsByFilterWithoutDocuments() {
    String first = put().getId();
    String second = put().getId();
    String gone = put().getId();
    api.delete("/v1/collages/" + gone).has(204);
    JsonNode page = api.get("/v1/collages?page_size=1").isOk().json();
    assertThat(page.at("/items/0/id").textValue()).isEqualTo(second);
    Described.as("ListedCollage", page.at("/items/0"));
    assertThat(page.at("/items/0").has("document")).isFalse();
    String next = "/v1/collages?page_size=1&bookmark=" + page.get("bookmark").textValue();
    assertThat(api.get(next).json().at("/items/0/id").textValue()).isEqualTo(first);
    JsonNode deleted = api.get("/v1/collages?filter=deleted").isOk().json();
    assertThat(deleted.get("items")).hasSize(1);
    assertThat(deleted.at("/items/0/id").textValue()).isEqualTo(gone);
    Described.as("ListedCollage", deleted.at("/items/0"));
    assertThat(deleted.at("/items/0/state").textValue()).isEqualTo("deleted");
    assertThat(deleted.at("/items/0/purge_at").isTextual()).isTrue();
    assertThat(api.get("/v1/collages?filter=shared").json().get("items")).isEmpty();
    assertThat(api.get("/v1/collages?owner_id=" + owner).json().get("items")).isEmpty();
    api.get("/v1/collages?filter=all")
        .fails(400, 1, "filter: 'all' is not one of ['deleted', 'owned', 'shared']");
    api.get("/v1/collages?owner_id=me").fails(400, 1, "owner_id: 'me' does not match");
    api.get("/v1/collages?owner_id=0").fails(404, 30, "User not found.");
  }

  @Test
  void changesWhatIsThereAndClearsWhatIsNull() {
    String id = put().getId();
    JsonNode changed =
        api.patch("/v1/collages/" + id, "{\"title\":null,\"alt_text\":\"A\",\"state\":\"x\"}")
            .isOk()
            .json();
    assertThat(changed.get("title").isNull()).isTrue();
    assertThat(changed.get("alt_text").textValue()).isEqualTo("A");
    assertThat(
            edge.collages()
                .script()
                .lastRequest(UpdateCollageRequest.class)
                .getUpdateMask()
                .getPathsList())
        .containsExactly("title", "alt_text");
    api.patch("/v1/collages/" + id, "{\"remix_policy\":\"nobody\"}")
        .fails(400, 1, "remix_policy: 'nobody' is not one of ['everyone', 'members', 'owner']");
  }

  @ParameterizedTest
  @CsvSource({"PATCH,200", "DELETE,204"})
  void aStaleEtagChangesNothing(String method, int done) {
    Collage collage = put();
    String path = "/v1/collages/" + collage.getId();
    var body = BodyPublishers.ofString("{\"title\":\"N\"}");
    api.send(api.withBody(method, path, body).header("If-Match", "\"v7\""))
        .fails(412, 412, "The resource changed in the meantime.");
    for (String none : new String[] {"v1", "W/\"v1\"", "\"a\", \"b\"", "\"\""}) {
      api.send(api.withBody(method, path, body).header("If-Match", none))
          .fails(400, 1, "If-Match: must be one etag in double quotes, or *");
    }
    assertThat(api.get(path).json().get("title").textValue()).isEqualTo("Sky");
    String etag = '"' + api.get(path).field("etag") + '"';
    api.send(api.withBody(method, path, body).header("If-Match", etag)).has(done);
    api.send(api.withBody(method, path, body).header("If-Match", "*")).has(done);
  }

  @Test
  void whatIsInTheTrashComesBack() {
    String path = "/v1/collages/" + put().getId();
    api.delete(path).has(204);
    JsonNode back = api.post(path + "/restore", "").isOk().json();
    assertThat(back.get("state").textValue()).isEqualTo("draft");
    assertThat(back.get("deleted_at").isNull()).isTrue();
  }

  @Test
  void aRemixTellsOfItsOriginalOrThatItIsGone() {
    Collage.Builder remix = Collage.newBuilder();
    remix.setRemixOf(RemixCredit.newBuilder().setCollageId("5").setOwnerId("6").setRevision(0));
    String of = edge.collages().put(owner, remix.build()).getId();
    Described.as("Collage", api.get("/v1/collages/" + of).json());
    assertThat(api.get("/v1/collages/" + of).json().get("remix_of").toString())
        .isEqualTo("{\"available\":true,\"collage_id\":\"5\",\"owner_id\":\"6\",\"revision\":0}");
    remix.setRemixOf(RemixCredit.newBuilder().setUnavailable(true));
    String gone = edge.collages().put(owner, remix.build()).getId();
    Described.as("Collage", api.get("/v1/collages/" + gone).json());
    assertThat(api.get("/v1/collages/" + gone).json().get("remix_of").toString())
        .isEqualTo("{\"available\":false,\"collage_id\":null,\"owner_id\":null,\"revision\":null}");
  }

  @Test
  void whatOneMayNotSeeIsNotThereAndWhatOneMayNotDoIsRefused() {
    String path = "/v1/collages/" + put().getId();
    Api stranger = edge.api("123456");
    stranger.get(path).fails(404, 404, "Collage not found.");
    api.send(
            api.withBody(
                "PUT", path + "/members/123456", BodyPublishers.ofString("{\"role\":\"viewer\"}")))
        .isOk();
    assertThat(stranger.get(path).isOk().field("role")).isEqualTo("viewer");
    stranger.delete(path).fails(403, 29, "You are not permitted to access that resource.");
    stranger.patch(path, "{\"title\":\"x\"}").fails(403, 29, "");
  }

  @ParameterizedTest
  @CsvSource({"abc,400", "0,404", "9223372036854775808,404", "7,404"})
  void anIdThatIsNoneNamesNothing(String id, int status) {
    api.get("/v1/collages/" + id).has(status);
    api.patch("/v1/collages/" + id, "{}").has(status);
    api.post("/v1/collages/" + id + "/undo", "")
        .has(status == 404 && id.equals("7") ? 409 : status);
  }

  @Test
  void aServiceThatIsAwayIsUnavailable() {
    edge.collages().script().failNext(ApiException.unavailable("x", null));
    for (int i = 0; i < 3; i++) {
      edge.collages().script().failNext(ApiException.unavailable("x", null));
    }
    api.get("/v1/collages/" + put().getId()).fails(503, 503, "not available");
  }

  @Test
  void tooManyAreRefused() {
    edge.collages()
        .script()
        .failNext(
            ApiException.exhausted(
                ErrorReason.ERROR_REASON_TOO_MANY_COLLAGES, "owner_id", owner, "secret"));
    api.post("/v1/collages", "{\"document\":" + DOCUMENT + "}")
        .fails(403, 403, "You own as many collages as an account can.");
  }
}
