// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.collage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corkboard.collage.v1.Collage;
import dev.corkboard.collage.v1.PublishCollageRequest;
import dev.corkboard.collage.v1.RemixCollageRequest;
import dev.corkboard.edge.testing.Api;
import dev.corkboard.edge.testing.Described;
import dev.corkboard.edge.testing.EdgeExtension;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PublishingEndpointsTest {
  @RegisterExtension static final EdgeExtension edge = new EdgeExtension();

  private final Api api = edge.api("7");
  private final Api other = edge.api("8");
  private String id;
  private String path;

  @BeforeEach
  void make() {
    id = edge.collages().put("7", Collage.newBuilder().setRevision(4).build()).getId();
    path = "/v1/collages/" + id;
  }

  @Test
  void aCollageBecomesAPinAndADraftAgain() {
    JsonNode published =
        api.post(
                path + "/publish",
                "{\"board_id\":\"1000\",\"board_section_id\":\"5\",\"link\":null,\"revision\":4}")
            .isOk()
            .json();
    Described.as("Collage", published);
    assertThat(published.get("state").textValue()).isEqualTo("published");
    assertThat(published.get("publication").toString())
        .isEqualTo(
            "{\"pin_id\":\"55"
                + id
                + "\",\"revision\":4,\"published_at\":\"2026-09-21T14:13:20.789Z\"}");
    PublishCollageRequest sent =
        edge.publishing().script().lastRequest(PublishCollageRequest.class);
    assertThat(sent.getBoardId() + " " + sent.getSectionId() + " " + sent.getRevision())
        .isEqualTo("1000 5 4");
    assertThat(other.get(path).isOk().json().get("role").isNull()).isTrue();
    api.delete(path).fails(409, 409, "The collage is published; unpublish it first.");
    api.post(path + "/publish", "{}").isOk();
    assertThat(edge.publishing().script().lastRequest(PublishCollageRequest.class).hasRevision())
        .isFalse();
    JsonNode draft = api.post(path + "/unpublish", "").isOk().json();
    assertThat(draft.get("publication").isNull()).isTrue();
    other.get(path).fails(404, 404, "Collage not found.");
  }

  @Test
  void theFirstTimeABoardIsNeeded() {
    api.post(path + "/publish", "{}").fails(400, 1, "board_id: is required");
    api.post(path + "/publish", "{\"board_id\":\"x\"}")
        .fails(400, 1, "board_id: 'x' does not match");
    api.post(path + "/publish", "{\"board_id\":\"0\"}").fails(404, 40, "Board not found.");
    api.post(path + "/publish", "{\"revision\":\"4\"}")
        .fails(400, 1, "revision: '4' is not of type 'integer'");
  }

  @Test
  void whoSeesItMayRemixItUnlessItsOwnerSaysNo() {
    api.post(path + "/publish", "{\"board_id\":\"1000\"}").isOk();
    String key = UUID.randomUUID().toString();
    JsonNode remix =
        other
            .send(
                other
                    .withBody("POST", path + "/remix", BodyPublishers.noBody())
                    .header("Idempotency-Key", key))
            .has(201)
            .json();
    assertThat(remix.at("/remix_of/collage_id").textValue()).isEqualTo(id);
    assertThat(remix.get("owner_id").textValue()).isEqualTo("8");
    assertThat(edge.publishing().script().lastRequest(RemixCollageRequest.class).getRequestId())
        .isEqualTo(key);
    JsonNode remixes = api.get(path + "/remixes?page_size=5").isOk().json();
    assertThat(remixes.get("items").findValuesAsText("id"))
        .containsExactly(remix.get("id").textValue());
    assertThat(remixes.at("/items/0").has("document")).isFalse();
    api.patch(path, "{\"remix_policy\":\"owner\"}").isOk();
    other.post(path + "/remix", "").fails(403, 403, "This collage may not be remixed by you.");
  }

  @Test
  void aPinTellsWhereItIsUsed() {
    api.post(path + "/publish", "{\"board_id\":\"1000\"}").isOk();
    JsonNode page = api.get("/v1/pins/55" + id + "/collages").isOk().json();
    assertThat(page.get("items").findValuesAsText("id")).containsExactly(id);
    assertThat(page.get("bookmark").isNull()).isTrue();
    api.get("/v1/pins/x/collages").fails(400, 1, "pin_id: 'x' does not match");
    api.get("/v1/pins/0/collages").fails(404, 50, "Pin not found.");
    api.get("/v1/pins/5/collages?page_size=0").fails(400, 1, "page_size: ");
  }
}
