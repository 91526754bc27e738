// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.collage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import dev.corkboard.collage.v1.Collage;
import dev.corkboard.collage.v1.CreateCollageRequest;
import dev.corkboard.collage.v1.Document;
import dev.corkboard.collage.v1.Picture;
import dev.corkboard.collage.v1.RemixPolicy;
import dev.corkboard.edge.document.DocumentPictures;
import dev.corkboard.edge.testing.Answer;
import dev.corkboard.edge.testing.Api;
import dev.corkboard.edge.testing.EdgeExtension;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ImportTest {
  private static final String PATH = "/v1/collages/import";

  @RegisterExtension static final EdgeExtension edge = new EdgeExtension();

  private final String owner = Long.toString(UUID.randomUUID().getMostSignificantBits() >>> 20);
  private final Api api = edge.api(owner);
  private final Pictured pictured = Pictured.any();
  private ObjectNode file;
  private int uploadsBefore;

  @BeforeEach
  void export() {
    pictured.in(edge.media());
    Collage collage = edge.collages().put("1", pictured.collage());
    String path = "/v1/collages/" + collage.getId() + "/export";
    file = (ObjectNode) edge.api("1").get(path).isOk().json();
    uploadsBefore = edge.media().uploads().size();
  }

  private static CreateCollageRequest created() {
    return edge.collages().script().lastRequest(CreateCollageRequest.class);
  }

  private List<ByteString> uploads() {
    List<ByteString> all = edge.media().uploads();
    return all.subList(uploadsBefore, all.size());
  }

  private Picture uploaded(int index) {
    String key = "uploadeduploaded%06d".formatted(uploadsBefore + 1 + index);
    return Picture.newBuilder().setAssetKey(key).build();
  }

  private static List<Picture> pictures(Document document) {
    List<Picture> pictures = new ArrayList<>();
    DocumentPictures.map(
        document,
        (path, picture) -> {
          pictures.add(picture);
          return picture;
        });
    return pictures;
  }

  private static JsonNode withoutPictures(JsonNode document) {
    JsonNode copy = document.deepCopy();
    for (JsonNode picture : copy.findValues("picture")) ((ObjectNode) picture).removeAll();
    return copy;
  }

  @Test
  void whatWasExportedIsMadeAnewWithPicturesOfTheCallersOwn() {
    Answer answer = api.post(PATH, file.toString()).has(201);
    assertThat(answer.field("owner_id")).isEqualTo(owner);
    assertThat(answer.field("title")).isEqualTo("T \"1\"");
    assertThat(answer.json().get("description").isNull()).isTrue();
    assertThat(created().getCollage().getAltText()).isEqualTo("\u00e4");
    assertThat(created().getCollage().getRemixPolicy()).isEqualTo(RemixPolicy.REMIX_POLICY_OWNER);
    assertThat(uploads())
        .containsExactly(
            ByteString.copyFrom(Pictured.bytes(25_000, pictured.first())),
            ByteString.copyFrom(Pictured.bytes(10_001, pictured.second())),
            ByteString.copyFrom(Pictured.bytes(4, pictured.mask())));
    assertThat(pictures(created().getCollage().getDocument()))
        .containsExactly(uploaded(0), uploaded(0), uploaded(1), uploaded(2));
    assertThat(withoutPictures(answer.json().get("document")))
        .isEqualTo(withoutPictures(file.get("document")));
  }

  @Test
  void theOrderOfPropertiesDoesNotMatterNorWhatIsNotKnown() {
    ObjectNode other = file.objectNode();
    other.put("x", 1).set("pictures", file.get("pictures"));
    other.setAll(file);
    ((ObjectNode) other.get("pictures").get(pictured.mask())).putObject("y").put("z", 1);
    api.post(PATH + "/", other.toString()).has(201);
    assertThat(uploads()).hasSize(3);
  }

  @Test
  void whatTheDocumentDoesNotShowIsNotUploaded() {
    ((ObjectNode) file.get("pictures"))
        .set(Pictured.key(), file.get("pictures").get(pictured.mask()));
    api.post(PATH, file.toString()).has(201);
    assertThat(uploads()).hasSize(3);
  }

  @Test
  void aRepeatIsKnownByItsBodyThoughItsPicturesAreUploadedAgain() {
    String key = UUID.randomUUID().toString();
    ByteString digest = digest(key);
    List<Picture> first = pictures(created().getCollage().getDocument());
    assertThat(created().getRequestId()).isEqualTo(key);
    assertThat(digest(key)).isEqualTo(digest).hasSize(32);
    assertThat(pictures(created().getCollage().getDocument())).doesNotContainAnyElementsOf(first);
    file.put("title", "Another");
    assertThat(digest(key)).isNotEqualTo(digest);
  }

  private ByteString digest(String key) {
    api.send(
            api.withBody("POST", PATH, BodyPublishers.ofString(file.toString()))
                .header("Idempotency-Key", key))
        .has(201);
    return created().getRequestDigest();
  }

  @Test
  void aLargeFileIsTaken() {
    byte[] large = Pictured.bytes(20 << 20, "large");
    ((ObjectNode) file.get("pictures").get(pictured.first())).put("data", large);
    api.post(PATH, file.toString()).has(201);
    assertThat(uploads().get(0)).isEqualTo(ByteString.copyFrom(large));
  }

  @Test
  void aPictureOfTooManyBytesIsNotUploadedNorAnythingElse() {
    byte[] large = Pictured.bytes((20 << 20) + 1, "large");
    ((ObjectNode) file.get("pictures").get(pictured.mask())).put("data", large);
    api.post(PATH, file.toString())
        .fails(
            400,
            1,
            "The image is over 20 MiB or over 50 megapixels. pictures."
                + pictured.mask()
                + ".data: 20971521 bytes, expected at most 20971520");
    assertThat(uploads()).isEmpty();
  }

  @Test
  void aFileOverTheLimitIsRefused() {
    api.send(api.withBody("POST", PATH, BodyPublishers.ofByteArray(new byte[(64 << 20) + 1])))
        .fails(413, 413, "The body is too large.");
  }

  @Test
  void whatIsNoPictureIsNamed() {
    ((ObjectNode) file.get("pictures").get(pictured.second())).put("data", "AAAA");
    api.post(PATH, file.toString())
        .fails(400, 235, "pictures." + pictured.second() + ".data: is no picture");
    assertThat(uploads()).hasSize(1);
  }

  @Test
  void picturesThatAreNotThereAreNamedWhereTheyAreShown() {
    file.putNull("pictures");
    String expected =
        "document.canvas.background.picture.asset_key: '%s' is not among 'pictures';"
            + " document.layers[0].content.picture.asset_key: '%s' is not among 'pictures';"
            + " document.layers[1].content.picture.asset_key: '%s' is not among 'pictures';"
            + " document.layers[1].content.clip.picture.asset_key: '%s' is not among 'pictures'";
    api.post(PATH, file.toString())
        .fails(
            400,
            1,
            expected.formatted(
                pictured.first(), pictured.first(), pictured.second(), pictured.mask()));
    assertThat(uploads()).isEmpty();
  }

  @Test
  void aPinIsNoPictureOfAFile() {
    String json = file.toString();
    String named = "\"picture\":{\"asset_key\":\"" + pictured.second() + "\"";
    assertThat(json).contains(named);
    api.post(PATH, json.replace(named, "\"picture\":{\"pin_id\":\"5\""))
        .fails(400, 1, "document.layers[1].content.picture.asset_key: '' is not among 'pictures'");
  }

  @Test
  void whatTheServiceFindsWrongIsNamedAsItWasSent() {
    file.remove("document");
    file.put("title", "t".repeat(101));
    String message = "title: must be at most 100 code points, got 101; document.canvas";
    api.post(PATH, file.toString()).fails(400, 1, message);
    assertThat(created().getCollage().hasDocument()).isFalse();
    assertThat(uploads()).isEmpty();
  }

  @Test
  void theNameOfTheRouteIsNoCollage() {
    api.get(PATH).fails(400, 1, "collage_id: ");
    api.patch(PATH, "{}").fails(400, 1, "collage_id: ");
    api.delete(PATH).fails(400, 1, "collage_id: ");
  }
}
