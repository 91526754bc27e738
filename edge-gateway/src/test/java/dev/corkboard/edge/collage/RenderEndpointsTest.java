// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.collage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.corkboard.collage.v1.RenderFormat;
import dev.corkboard.collage.v1.RenderSize;
import dev.corkboard.edge.testing.Answer;
import dev.corkboard.edge.testing.Api;
import dev.corkboard.edge.testing.EdgeExtension;
import dev.corkboard.edge.testing.FakeRendering;
import dev.corkboard.edge.testing.RawHttp;
import dev.corkboard.platform.testing.TestTokens;
import java.io.IOException;
import java.net.Socket;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RenderEndpointsTest {
  private static final byte[] BYTES = new byte[1_000_003];

  /** More than the buffers in between hold. */
  private static final int LARGE = 64 << 20;

  @RegisterExtension static final EdgeExtension edge = new EdgeExtension();

  private final Api api = edge.api("7");

  @BeforeAll
  static void draw() {
    new Random(1).nextBytes(BYTES);
    edge.rendering().put("5", BYTES);
  }

  @ParameterizedTest
  @CsvSource({
    "'',image/png,UNSPECIFIED,UNSPECIFIED",
    "?format=png&size=1x,image/png,PNG,1X",
    "?format=jpeg&size=2x,image/jpeg,JPEG,2X",
    "?format=svg&size=thumbnail,image/svg+xml,SVG,THUMBNAIL"
  })
  void drawsAsAsked(String query, String type, String format, String size) {
    Answer drawing = api.get("/v1/collages/5/render" + query).isOk();
    assertThat(drawing.bytes()).isEqualTo(BYTES);
    assertThat(drawing.header("content-type")).isEqualTo(type);
    assertThat(drawing.header("content-length")).isEqualTo("1000003");
    assertThat(drawing.header("etag")).isEqualTo(FakeRendering.etag(BYTES));
    assertThat(drawing.header("cache-control")).isEqualTo("private, no-cache");
    assertThat(drawing.header("x-collage-revision")).isEqualTo("3");
    assertThat(drawing.header("x-content-type-options")).isEqualTo("nosniff");
    assertThat(drawing.header("content-security-policy"))
        .startsWith("default-src 'none';")
        .endsWith("sandbox");
    assertThat(edge.rendering().lastRequest().getFormat())
        .isEqualTo(RenderFormat.valueOf("RENDER_FORMAT_" + format));
    assertThat(edge.rendering().lastRequest().getSize())
        .isEqualTo(RenderSize.valueOf("RENDER_SIZE_" + size));
  }

  @ParameterizedTest
  @ValueSource(strings = {"render", "replay"})
  void whatTheClientHasIsNotSentAgain(String what) {
    for (String known :
        new String[] {FakeRendering.etag(BYTES), "\"x\", " + FakeRendering.etag(BYTES), "*"}) {
      Answer answer =
          api.send(api.request("/v1/collages/5/" + what).header("If-None-Match", known).GET());
      assertThat(answer.has(304).bytes()).isEmpty();
      assertThat(answer.header("etag")).isEqualTo(FakeRendering.etag(BYTES));
    }
    api.send(api.request("/v1/collages/5/" + what).header("If-None-Match", "\"x\"").GET()).isOk();
  }

  @Test
  void theMakingIsAnAnimation() {
    Answer replay = api.get("/v1/collages/5/replay").isOk();
    assertThat(replay.header("content-type")).isEqualTo("image/gif");
    assertThat(replay.bytes()).isEqualTo(BYTES);
  }

  @Test
  void whatIsNotThereIsNotDrawn() {
    api.get("/v1/collages/6/render").fails(404, 404, "Collage not found.");
    api.get("/v1/collages/6/replay").fails(404, 404, "Collage not found.");
    api.get("/v1/collages/5/render?format=gif")
        .fails(400, 1, "format: 'gif' is not one of ['jpeg', 'png', 'svg']");
    api.get("/v1/collages/5/render?size=3x")
        .fails(400, 1, "size: '3x' is not one of ['1x', '2x', 'thumbnail']");
    api.get("/v1/collages/5/render?revision=x").fails(400, 1, "revision: ");
  }

  @Test
  void aClientThatDoesNotReadHoldsTheDrawingUp() throws IOException {
    byte[] large = new byte[LARGE];
    edge.rendering().put("9", large);
    int before = edge.rendering().chunks();
    try (Socket socket = RawHttp.begin(edge.edge().port(), request("9"))) {
      await().until(() -> edge.rendering().chunks() > before);
      int[] last = {-1};
      await()
          .until(
              () -> {
                int sent = edge.rendering().chunks();
                boolean held = sent == last[0];
                last[0] = sent;
                return held;
              });
      assertThat(last[0] - before).isLessThan(LARGE / (64 << 10));
      assertThat(socket.getInputStream().readNBytes(LARGE)).hasSize(LARGE);
    }
  }

  private String request(String id) {
    return "GET /v1/collages/%s/render HTTP/1.1\r\nhost: x\r\nauthorization: Bearer %s\r\n\r\n"
        .formatted(id, api.token(TestTokens.ALL_SCOPES));
  }

  @Test
  void nothingIsDrawnForWhoLeft() throws IOException {
    int before = edge.rendering().abandoned();
    try (Socket socket = RawHttp.begin(edge.edge().port(), request(FakeRendering.ENDLESS))) {
      await()
          .until(
              () ->
                  edge.rendering().lastRequest() != null
                      && edge.rendering()
                          .lastRequest()
                          .getCollageId()
                          .equals(FakeRendering.ENDLESS));
      assertThat(edge.rendering().abandoned()).isEqualTo(before);
      assertThat(socket.isConnected()).isTrue();
    }
    await().until(() -> edge.rendering().abandoned() > before);
  }
}
