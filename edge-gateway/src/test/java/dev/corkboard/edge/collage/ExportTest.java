// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.collage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corkboard.collage.v1.Collage;
import dev.corkboard.collage.v1.Document;
import dev.corkboard.collage.v1.GetCollageRequest;
import dev.corkboard.edge.testing.Answer;
import dev.corkboard.edge.testing.Api;
import dev.corkboard.edge.testing.Described;
import dev.corkboard.edge.testing.EdgeExtension;
import dev.corkboard.edge.testing.RawHttp;
import dev.corkboard.media.v1.Image;
import dev.corkboard.platform.testing.TestTokens;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExportTest {
  /** More than the buffers in between hold. */
  private static final int MANY = 64;

  @RegisterExtension static final EdgeExtension edge = new EdgeExtension();

  private final String owner = Long.toString(UUID.randomUUID().getMostSignificantBits() >>> 20);
  private final Api api = edge.api(owner);

  private String path(Collage collage) {
    return "/v1/collages/" + edge.collages().put(owner, collage).getId() + "/export";
  }

  @Test
  void aFileHoldsAllThatTheCollageShows() throws IOException {
    Pictured pictured = Pictured.any().in(edge.media());
    int before = edge.media().reads();
    String path = path(pictured.collage());
    Answer answer = api.get(path).isOk();
    assertThat(answer.header("content-type")).isEqualTo("application/json");
    assertThat(answer.header("content-disposition"))
        .matches("attachment; filename=\"collage-[0-9]+\\.json\"");
    JsonNode file = answer.json();
    Described.as("CollageFile", file);
    assertThat(file.fieldNames())
        .toIterable()
        .containsExactly(
            "format",
            "version",
            "title",
            "description",
            "alt_text",
            "remix_policy",
            "document",
            "pictures");
    assertThat(file.get("title").textValue()).isEqualTo("T \"1\"");
    assertThat(file.get("description").isNull()).isTrue();
    assertThat(file.get("remix_policy").textValue()).isEqualTo("owner");
    JsonNode read = api.get(path.replace("/export", "")).json().get("document");
    assertThat(file.get("document")).isEqualTo(read);
    assertThat(read.at("/layers/0/content/picture/credit/pin_id").textValue()).isEqualTo("5");
    assertThat(file.get("pictures").fieldNames())
        .toIterable()
        .containsExactly(pictured.first(), pictured.second(), pictured.mask());
    assertThat(edge.media().reads() - before).isEqualTo(3);
    for (String key : new String[] {pictured.first(), pictured.second(), pictured.mask()}) {
      JsonNode picture = file.get("pictures").get(key);
      assertThat(picture.get("content_type").textValue()).isEqualTo("image/png");
      int size = key.equals(pictured.first()) ? 25_000 : key.equals(pictured.mask()) ? 4 : 10_001;
      assertThat(picture.get("data").binaryValue()).isEqualTo(Pictured.bytes(size, key));
    }
  }

  @Test
  void aCollageWithoutPicturesIsAFileWithout() {
    JsonNode file = api.get(path(Collage.getDefaultInstance())).isOk().json();
    Described.as("CollageFile", file);
    assertThat(file.get("pictures")).isEmpty();
  }

  @Test
  void aRevisionIsExportedAsItIsRead() {
    String path = path(Collage.getDefaultInstance());
    api.get(path + "/?revision=0").isOk();
    assertThat(edge.collages().script().lastRequest(GetCollageRequest.class).hasRevision())
        .isTrue();
    api.get(path + "?revision=5").fails(404, 404, "Revision not found.");
    api.get(path + "?revision=x").fails(400, 1, "revision: ");
    edge.api("123456").get(path).fails(404, 404, "Collage not found.");
  }

  @ParameterizedTest
  @CsvSource({"abc,400", "import,400", "0,404", "7,404"})
  void anIdThatIsNoneNamesNothing(String id, int status) {
    api.get("/v1/collages/" + id + "/export").has(status);
  }

  @Test
  void theFirstPictureIsWaitedFor() {
    Pictured away = Pictured.any();
    api.get(path(away.collage())).fails(404, 404, "Media upload not found");
  }

  @Test
  void aFileThatCannotBeWholeBreaksOff() {
    Pictured halfAway = Pictured.any();
    edge.media().put(halfAway.first(), "originals", Pictured.bytes(25_000, "x"));
    String path = path(halfAway.collage());
    assertThatThrownBy(() -> api.get(path)).isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void aClientThatDoesNotReadHoldsThePicturesUp() throws IOException {
    Document.Builder document = Document.newBuilder();
    byte[] large = Pictured.bytes(1 << 20, "large");
    for (int i = 0; i < MANY; i++) {
      String key = Pictured.key();
      edge.media().put(key, "originals", large);
      document
          .addLayersBuilder()
          .getImageBuilder()
          .getPictureBuilder()
          .setImage(Image.newBuilder().setAssetKey(key));
    }
    String path = path(Collage.newBuilder().setDocument(document).build());
    int before = edge.media().reads();
    String request =
        "GET "
            + path
            + " HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: Bearer "
            + api.token(TestTokens.ALL_SCOPES)
            + "\r\n\r\n";
    try (Socket socket = RawHttp.begin(edge.edge().port(), request)) {
      await().until(() -> edge.media().reads() > before);
      int[] last = {-1};
      await()
          .until(
              () -> {
                int reads = edge.media().reads();
                boolean held = reads == last[0];
                last[0] = reads;
                return held;
              });
      assertThat(last[0] - before).isLessThan(MANY);
      long sent = socket.getInputStream().transferTo(OutputStream.nullOutputStream());
      assertThat(sent).isGreaterThan(MANY * (1L << 20) / 3 * 4);
    }
    assertThat(edge.media().reads() - before).isEqualTo(MANY);
  }
}
