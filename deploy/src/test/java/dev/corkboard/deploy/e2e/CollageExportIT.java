// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.corkboard.deploy.e2e.Rest.Answer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A collage goes out as a file and comes in as another account's, with the same pixels. */
class CollageExportIT {
  private final EndToEnd suite = EndToEnd.get();
  private final Rest owner = suite.newAccount();
  private final Rest other = suite.newAccount();
  private final byte[] upload = Pictures.bytes("jpeg", 90, 60, 3);
  private final byte[] mask = Pictures.mask(30, 20, 5);
  private final String collage = create();

  private String uploaded(byte[] picture) {
    return owner.upload("/v1/uploads", picture).expect(201).json().get("asset_key").textValue();
  }

  private String create() {
    String pin = owner.createPin(owner.createBoard("SECRET"));
    String json =
        """
        {"title": "Out and in", "description": "All of it", "alt_text": "A", "remix_policy": "members",
         "document": {
           "canvas": {"width": 120, "height": 80, "background":
             {"type": "picture", "picture": {"asset_key": "%1$s"}}},
           "groups": [{"id": "g", "name": "G"}],
           "layers": [
             {"id": "pin", "placement":
               {"center_x": 40, "center_y": 30.5, "width": 50, "height": 33.3, "rotation": 12},
              "opacity": 0.7, "content": {"type": "image", "picture": {"pin_id": "%2$s"},
               "crop": {"x": 0.1, "y": 0.2, "width": 0.5, "height": 0.6}}},
             {"id": "cut", "group_id": "g", "blend_mode": "multiply", "placement":
               {"center_x": 80, "center_y": 50, "width": 60, "height": 40, "flip_vertical": true},
              "drop_shadow": {"offset_x": 2, "offset_y": 3, "blur": 1.5, "color": "#00000080"},
              "content": {"type": "cut_out", "picture": {"asset_key": "%1$s"}, "feather": 1,
               "clip": {"type": "mask", "picture": {"asset_key": "%3$s"}}}},
             {"id": "line", "locked": true, "placement":
               {"center_x": 60, "center_y": 40, "width": 100, "height": 60},
              "content": {"type": "stroke", "color": "#ff0000", "width": 3,
               "points": [{"x": 0, "y": 0}, {"x": 0.5, "y": 0.9}, {"x": 1, "y": 0.1}]}}]}}
        """
            .formatted(uploaded(upload), pin, uploaded(mask));
    return owner.post("/v1/collages", Rest.parse(json)).expect(201).id();
  }

  private Answer export() {
    return owner.get("/v1/collages/" + collage + "/export").expect(200);
  }

  private static byte[] drawing(Rest reader, String id) {
    HttpResponse<byte[]> drawn = reader.bytes("/v1/collages/" + id + "/render?format=png");
    assertThat(drawn.statusCode()).isEqualTo(200);
    return drawn.body();
  }

  /** What has to be the same wherever the collage is. */
  private static JsonNode withoutKeys(JsonNode document) {
    JsonNode copy = document.deepCopy();
    for (JsonNode picture : copy.findValues("picture")) {
      ((ObjectNode) picture).remove(List.of("asset_key", "image", "credit"));
    }
    return copy;
  }

  @Test
  void aFileHoldsTheVeryBytesThatWereTakenIn() throws IOException {
    Answer answer = export();
    assertThat(answer.response().headers().firstValue("content-disposition"))
        .contains("attachment; filename=\"collage-" + collage + ".json\"");
    JsonNode file = answer.json();
    JsonNode document = file.get("document");
    assertThat(file.get("pictures")).hasSize(3);
    assertThat(document.at("/layers/0/content/picture/credit/available").booleanValue()).isTrue();
    JsonNode cutOut = document.at("/layers/1/content");
    assertThat(bytes(file, cutOut.get("picture"))).isEqualTo(upload);
    assertThat(bytes(file, document.at("/canvas/background/picture"))).isEqualTo(upload);
    assertThat(bytes(file, cutOut.at("/clip/picture"))).isEqualTo(mask);
  }

  private static byte[] bytes(JsonNode file, JsonNode picture) throws IOException {
    String key = picture.get("asset_key").textValue();
    return file.get("pictures").get(key).get("data").binaryValue();
  }

  @Test
  void anotherAccountMakesTheSameCollageOfIt() {
    JsonNode file = export().json();
    JsonNode made = other.post("/v1/collages/import", file).expect(201).json();
    String id = made.get("id").textValue();
    assertThat(made.get("owner_id").textValue()).isEqualTo(other.account().id());
    for (String word : List.of("title", "description", "alt_text", "remix_policy")) {
      assertThat(made.get(word)).as(word).isEqualTo(file.get(word));
    }
    assertThat(withoutKeys(made.get("document"))).isEqualTo(withoutKeys(file.get("document")));
    assertThat(drawing(other, id)).isEqualTo(drawing(owner, collage));
    List<JsonNode> pictures = made.get("document").findValues("picture");
    assertThat(pictures).hasSize(4);
    for (JsonNode picture : pictures) {
      assertThat(picture.get("credit").isNull()).isTrue();
      assertThat(file.get("pictures").has(picture.get("asset_key").textValue())).isFalse();
    }
    owner.get("/v1/collages/" + id).expect(404);
  }

  @Test
  void aRepeatMakesNoOther() {
    JsonNode file = export().json();
    String key = UUID.randomUUID().toString();
    String first = other.postAsync("/v1/collages/import", file, key).join().expect(201).id();
    assertThat(other.postAsync("/v1/collages/import", file, key).join().expect(201).id())
        .isEqualTo(first);
    ((ObjectNode) file).put("title", "Another");
    other.postAsync("/v1/collages/import", file, key).join().expect(400, 1, "Idempotency-Key");
    assertThat(other.ids("/v1/collages", 250)).containsExactly(first);
  }
}
