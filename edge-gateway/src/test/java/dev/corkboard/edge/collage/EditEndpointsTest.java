// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.collage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corkboard.collage.v1.BatchUpdateCollageRequest;
import dev.corkboard.collage.v1.Collage;
import dev.corkboard.collage.v1.Operation;
import dev.corkboard.collage.v1.RestoreRevisionRequest;
import dev.corkboard.edge.testing.Answer;
import dev.corkboard.edge.testing.Api;
import dev.corkboard.edge.testing.Described;
import dev.corkboard.edge.testing.EdgeExtension;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.error.ApiException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EditEndpointsTest {
  private static final String REMOVE =
      "{\"base_revision\":0,\"operations\":[{\"type\":\"remove_layer\",\"layer_id\":\"a\"}]}";

  @RegisterExtension static final EdgeExtension edge = new EdgeExtension();

  private final Api api = edge.api("7");
  private String collage;

  @BeforeEach
  void make() {
    collage = "/v1/collages/" + edge.collages().put("7", Collage.getDefaultInstance()).getId();
  }

  private Answer edit(String operations) {
    return api.post(
        collage + "/edits", "{\"base_revision\":0,\"operations\":[" + operations + "]}");
  }

  private static Operation sent() {
    return edge.edits().script().lastRequest(BatchUpdateCollageRequest.class).getOperations(0);
  }

  @Test
  void anEditMakesARevisionAndIsKnownByItsKey() {
    String key = UUID.randomUUID().toString();
    Answer made =
        api.send(
                api.withBody("POST", collage + "/edits", BodyPublishers.ofString(REMOVE))
                    .header("Idempotency-Key", key))
            .has(201);
    Described.as("Edit", made.json());
    assertThat(made.text())
        .isEqualTo(
            "{\"revision\":1,\"actor_id\":\"7\",\"edited_at\":\"2026-09-21T14:13:20.456Z\","
                + "\"operations\":[{\"type\":\"remove_layer\",\"layer_id\":\"a\"}],"
                + "\"request_id\":\""
                + key
                + "\",\"undone_revision\":null,\"restored_revision\":null}");
  }

  @Test
  void pathsOfAMaskAreThoseOfTheContentThatIsThere() {
    edit("{\"type\":\"update_layer\",\"layer\":{\"id\":\"a\",\"content\":{\"type\":\"text\","
            + "\"color\":\"#112233\"}},\"update_mask\":[\"opacity\",\"content.color\"]}")
        .has(201);
    assertThat(sent().getUpdateLayer().getUpdateMask().getPathsList())
        .containsExactly("opacity", "text.color");
    assertThat(sent().getUpdateLayer().getLayer().getText().getColor()).isEqualTo("#112233");
    assertThat(sent().getUpdateLayer().getLayer().hasOpacity()).isFalse();
    edit("{\"type\":\"update_layer\",\"layer\":{\"id\":\"a\",\"content\":{\"type\":\"cut_out\","
            + "\"clip\":null}},\"update_mask\":[\"content.clip\"]}")
        .has(201);
    assertThat(sent().getUpdateLayer().getUpdateMask().getPathsList())
        .containsExactly("cut_out.polygon", "cut_out.path", "cut_out.mask");
    edit("{\"type\":\"update_layer\",\"layer\":{\"id\":\"a\"},\"update_mask\":"
            + "[\"name\",\"content.color\"]}")
        .fails(
            400,
            1,
            "operations[0].update_mask[1]: 'content.color' is no property of what is changed");
  }

  @Test
  void whatTheServiceFindsWrongIsNamedAsItWasSent() {
    edit("{\"type\":\"remove_layer\",\"layer_id\":\"a\"},{\"type\":\"add_layer\",\"layer\":"
            + "{\"id\":\"b\",\"placement\":{\"center_x\":1,\"center_y\":1}}}")
        .fails(400, 1, "operations[1].layer.placement.width: must be above 0");
  }

  @Test
  void aBaseAndOperationsOfAKnownKindAreNeeded() {
    api.post(collage + "/edits", "{\"operations\":[]}")
        .fails(400, 1, "base_revision: 'base_revision' is a required property");
    api.post(collage + "/edits", "{\"base_revision\":-1}")
        .fails(400, 1, "base_revision: -1 is less than the minimum of 0");
    edit("{}").fails(400, 1, "operations[0].type: 'type' is a required property");
    edit("{\"type\":5}").fails(400, 1, "operations[0].type: is not of type 'string'");
    edit("{\"type\":\"replace_document\"}")
        .fails(400, 1, "operations[0].type: 'replace_document' is not one of ['add_group', ");
    edit("7").fails(400, 1, "operations[0]: 7 is not of type 'object'");
    String one = "{\"type\":\"remove_layer\",\"layer_id\":\"a\"},";
    edit(one.repeat(200) + "7").fails(400, 1, "operations[200]: is one item too many");
  }

  @Test
  void aConflictNamesWhatAsItIsSent() {
    edge.edits()
        .script()
        .failNext(
            ApiException.aborted(
                ErrorReason.ERROR_REASON_EDIT_CONFLICT,
                "secret detail",
                Map.of("layer_id", "a", "property", "text.color", "revision", "7")));
    edit("{\"type\":\"remove_layer\",\"layer_id\":\"a\"}")
        .fails(409, 409, "layer a, property content.color, revision 7.");
  }

  @Test
  void anEditIsTakenBackAndARevisionRestored() {
    api.post(collage + "/undo", "").fails(409, 409, "There is no edit of yours left to take back.");
    api.post(collage + "/edits", REMOVE).has(201);
    JsonNode undone = api.post(collage + "/undo", "").has(201).json();
    assertThat(undone.get("undone_revision").intValue()).isEqualTo(1);
    JsonNode restored = api.post(collage + "/revisions/1/restore", "").has(201).json();
    assertThat(restored.get("restored_revision").intValue()).isEqualTo(1);
    assertThat(restored.get("undone_revision").isNull()).isTrue();
    String key = edge.edits().script().lastRequest(RestoreRevisionRequest.class).getRequestId();
    assertThat(restored.get("request_id").textValue()).isEqualTo(key).hasSize(36);
    api.post(collage + "/revisions/x/restore", "").fails(400, 1, "revision: 'x' is not an integer");
  }

  @Test
  void revisionsAreListed() {
    api.post(collage + "/edits", REMOVE).has(201);
    api.post(collage + "/undo", "").has(201);
    JsonNode page = api.get(collage + "/revisions?page_size=1").isOk().json();
    Described.as("Revision", page.at("/items/0"));
    assertThat(page.at("/items/0").toString())
        .isEqualTo(
            "{\"revision\":1,\"actor_id\":\"7\",\"edited_at\":\"2026-09-21T14:13:20.456Z\","
                + "\"operation_count\":1,\"undone_revision\":null,\"restored_revision\":null}");
    String next = collage + "/revisions?bookmark=" + page.get("bookmark").textValue();
    assertThat(api.get(next).json().at("/items/0/undone_revision").intValue()).isEqualTo(1);
  }

  @Test
  void aDocumentMayBeAsLargeAsEightMebibytesAndNoLarger() {
    String point = "{\"x\":0.1234567890123456,\"y\":-9.123456789012345},";
    String points = point.repeat(9_999) + "{\"x\":0,\"y\":1,\"pressure\":0.5}";
    String stroke =
        "{\"type\":\"add_layer\",\"layer\":{\"id\":\"s\",\"placement\":{\"center_x\":1,"
            + "\"center_y\":1,\"width\":1,\"height\":1},\"content\":{\"type\":\"stroke\","
            + "\"color\":\"#000000\",\"width\":1,\"points\":["
            + points
            + "]}}}";
    edit((stroke + ",").repeat(7) + stroke).has(201);
    assertThat(sent().getAddLayer().getLayer().getStroke().getPointsCount()).isEqualTo(10_000);
    edit((stroke + ",").repeat(18) + stroke).fails(413, 413, "The body is too large.");
  }
}
