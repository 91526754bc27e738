// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pictures from upload to the bytes a browser gets. */
class MediaIT {
  private final EndToEnd suite = EndToEnd.get();
  private final Rest owner = suite.newAccount();
  private final String board = owner.createBoard("PUBLIC");

  private JsonNode images(byte[] picture) {
    String data = Base64.getEncoder().encodeToString(picture);
    return owner.post("/v5/pins", Rest.pin(board, data)).expect(201).json().at("/media/images");
  }

  @ParameterizedTest
  @CsvSource({"png", "jpeg", "gif"})
  void everyRenditionHasTheSizeItSays(String format) throws IOException {
    JsonNode images = images(Pictures.bytes(format, 1600, 1000, 3));
    assertThat(images.fieldNames())
        .toIterable()
        .contains("150x150", "400x300", "600x", "1200x", "originals");
    for (JsonNode image : images) {
      HttpResponse<byte[]> response = owner.bytes(image.get("url").textValue());
      assertThat(response.statusCode()).isEqualTo(200);
      BufferedImage decoded = ImageIO.read(new ByteArrayInputStream(response.body()));
      assertThat(decoded.getWidth()).isEqualTo(image.get("width").intValue());
      assertThat(decoded.getHeight()).isEqualTo(image.get("height").intValue());
    }
    assertThat(images.at("/150x150/width").intValue()).isEqualTo(150);
    assertThat(images.at("/400x300/height").intValue()).isEqualTo(300);
    assertThat(images.at("/600x/width").intValue()).isEqualTo(600);
    assertThat(images.at("/1200x/width").intValue()).isEqualTo(1200);
  }

  @Test
  void originalsAreTheVeryBytesSentWithTheTypeSniffed() {
    byte[] png = Pictures.bytes("png", 640, 480, 11);
    JsonNode images =
        owner
            .post(
                "/v5/pins",
                Rest.object(
                    o -> {
                      o.put("board_id", board);
                      o.putObject("media_source")
                          .put("source_type", "image_base64")
                          .put("content_type", "image/jpeg")
                          .put("data", Base64.getEncoder().encodeToString(png));
                    }))
            .expect(201)
            .json()
            .at("/media/images");
    HttpResponse<byte[]> response = owner.bytes(images.at("/originals/url").textValue());
    assertThat(response.body()).isEqualTo(png);
    assertThat(response.headers().firstValue("content-type")).contains("image/png");
  }

  @Test
  void mediaIsCacheableForeverAndNeedsNoToken() {
    String url = images(Pictures.bytes("png", 500, 400, 5)).at("/600x/url").textValue();
    Rest nobody = suite.anonymous();
    HttpResponse<byte[]> response = nobody.bytes(url);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("cache-control").orElse(""))
        .contains("immutable")
        .contains("public");
    String etag = response.headers().firstValue("etag").orElseThrow();
    HttpResponse<byte[]> again = nobody.bytes(url, "if-none-match", etag);
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
  }

  @Test
  void rangesAreServed() {
    String url = images(Pictures.bytes("png", 500, 400, 6)).at("/originals/url").textValue();
    byte[] whole = owner.bytes(url).body();
    HttpResponse<byte[]> part = owner.bytes(url, "range", "bytes=10-109");
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo(Arrays.copyOfRange(whole, 10, 110));
    assertThat(part.headers().firstValue("content-range")).contains("bytes 10-109/" + whole.length);
    HttpResponse<byte[]> tail = owner.bytes(url, "range", "bytes=-5");
    assertThat(tail.body()).isEqualTo(Arrays.copyOfRange(whole, whole.length - 5, whole.length));
    assertThat(owner.bytes(url, "range", "bytes=" + whole.length + "-").statusCode())
        .isEqualTo(416);
  }

  @Test
  void pinsThatShareAPictureOutliveEachOther() {
    byte[] picture = Pictures.bytes("png", 333, 222, 8);
    String data = Base64.getEncoder().encodeToString(picture);
    JsonNode first = owner.post("/v5/pins", Rest.pin(board, data)).expect(201).json();
    JsonNode second = owner.post("/v5/pins", Rest.pin(board, data)).expect(201).json();
    assertThat(first.at("/media/images/600x/url"))
        .isNotEqualTo(second.at("/media/images/600x/url"));
    owner.delete("/v5/pins/" + first.get("id").textValue()).expect(204);
    String url = second.at("/media/images/originals/url").textValue();
    assertThat(owner.bytes(url).body()).isEqualTo(picture);
  }

  @Test
  @DisplayName("P2 bytes that are no whole picture are refused and named")
  void brokenPicturesAreRefused() {
    byte[] png = Pictures.bytes("png", 200, 200, 9);
    byte[][] broken = {
      "<svg xmlns='http://www.w3.org/2000/svg'/>".getBytes(java.nio.charset.StandardCharsets.UTF_8),
      Arrays.copyOf(png, png.length / 2),
      new byte[] {1, 2, 3},
      hugeHeader(png)
    };
    for (byte[] bytes : broken) {
      owner
          .post("/v5/pins", Rest.pin(board, Base64.getEncoder().encodeToString(bytes)))
          .expect(400);
    }
    assertThat(owner.get("/v5/boards/" + board).json().get("pin_count").intValue()).isZero();
  }

  /** A PNG whose header promises 65,535 x 65,535 pixels, its checksum mended. */
  private static byte[] hugeHeader(byte[] png) {
    byte[] bomb = png.clone();
    for (int at : new int[] {18, 19, 22, 23}) bomb[at] = (byte) 0xFF;
    java.util.zip.CRC32 crc = new java.util.zip.CRC32();
    crc.update(bomb, 12, 17);
    for (int i = 0; i < 4; i++) bomb[29 + i] = (byte) (crc.getValue() >> (24 - 8 * i));
    return bomb;
  }

  @Test
  void unknownMediaIsNotFound() {
    suite.anonymous().get("/media/AAAAAAAAAAAAAAAAAAAAAA/600x").expect(404);
    suite.anonymous().get("/media/..%2f..%2fetc/passwd").expect(400);
    suite.anonymous().get("/media/AAAAAAAAAAAAAAAAAAAAAA/passwd").expect(404);
  }
}
