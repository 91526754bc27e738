// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.corkboard.edge.testing.Answer;
import dev.corkboard.edge.testing.Api;
import dev.corkboard.edge.testing.Described;
import dev.corkboard.edge.testing.EdgeExtension;
import dev.corkboard.edge.testing.RawHttp;
import dev.corkboard.platform.testing.TestTokens;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UploadEndpointsTest {
  private static final int LIMIT = 20 << 20;

  @RegisterExtension static final EdgeExtension edge = new EdgeExtension();

  private final Api api = edge.api("7");

  private static byte[] picture(int size) {
    byte[] bytes = new byte[size];
    System.arraycopy("IMG".getBytes(StandardCharsets.US_ASCII), 0, bytes, 0, 3);
    return bytes;
  }

  private Answer upload(String type, BodyPublisher body) {
    return api.send(api.request("/v1/uploads").header("Content-Type", type).POST(body));
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 300_000, LIMIT})
  void answersWithWhatIsStored(int size) {
    byte[] bytes = picture(size);
    Answer answer = upload("image/png", BodyPublishers.ofByteArray(bytes)).has(201);
    int last = edge.media().uploads().size();
    assertThat(edge.media().uploads().get(last - 1)).isEqualTo(ByteString.copyFrom(bytes));
    String key = String.format("uploadeduploaded%06d", last);
    Described.as("StoredImage", answer.json());
    assertThat(answer.text())
        .isEqualTo(
            "{\"asset_key\":\""
                + key
                + "\",\"content_type\":\"image/png\",\"width\":30,\"height\":40,\"size_bytes\":"
                + size
                + ",\"dominant_color\":null,\"images\":{\"originals\":{\"width\":30,\"height\":40,"
                + "\"url\":\"https://pins.example/media/"
                + key
                + "/originals\"}}}");
  }

  @Test
  void tooManyBytesAreTooLarge() {
    byte[] bytes = picture(LIMIT + 1);
    upload("image/png", BodyPublishers.ofByteArray(bytes)).fails(413, 413, "too large");
    upload("image/png", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes)))
        .fails(413, 413, "too large");
  }

  @Test
  void whatIsNoPictureIsAFaultOfTheBody() {
    upload("image/jpeg", BodyPublishers.ofString("words"))
        .fails(
            400, 235, "Sorry, this image is broken. Please try another one. body: is no picture");
    upload("image/jpeg", BodyPublishers.noBody()).fails(400, 235, "body: is no picture");
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "video/mp4", "multipart/form-data; boundary=x", "x"})
  void otherTypesAreNotTaken(String type) {
    upload(type, BodyPublishers.ofByteArray(picture(9)))
        .fails(415, 415, "The body must be an image, and not packed.");
  }

  @Test
  void aPackedPictureIsNotTaken() {
    api.send(
            api.request("/v1/uploads")
                .header("Content-Type", "image/png")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(picture(9))))
        .fails(415, 415, "not packed");
  }

  @Test
  void bytesArePassedOnAsTheyComeAndAClientThatLeavesEndsTheCall() throws IOException {
    long before = edge.media().received();
    int cut = edge.media().cancelled();
    String head =
        "POST /v1/uploads HTTP/1.1\r\nhost: x\r\ncontent-type: image/png\r\nauthorization: Bearer "
            + api.token(TestTokens.ALL_SCOPES)
            + "\r\ncontent-length: 1000000\r\n\r\n";
    try (Socket socket = RawHttp.begin(edge.edge().port(), head + "IMG" + "x".repeat(100_000))) {
      await().until(() -> edge.media().received() - before >= 100_003);
    }
    await().until(() -> edge.media().cancelled() == cut + 1);
  }
}
