// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.canary;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.corkboard.platform.testing.Signals;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** What a person does with all that can be written, each text a canary; and what goes wrong. */
final class Journey {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Calls calls;
  private final Canaries canaries;
  private final Canaries secrets;
  private final String token;
  private String board;
  private String pin;
  private String collage;

  Journey(Calls calls, Canaries canaries, Canaries secrets, String token) {
    this.calls = calls;
    this.canaries = canaries;
    this.secrets = secrets;
    this.token = token;
  }

  private JsonNode as(int status, String method, String path, Object body) {
    try {
      String json = body == null ? null : JSON.writeValueAsString(body);
      return calls.as(token, status, method, path, json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the name the account now has. */
  String run() {
    String username = canaries.plant("username");
    as(200, "PATCH", "/v5/user_account", Map.of("username", username, "about", text("about")));
    as(200, "GET", "/v5/user_account", null);
    board =
        as(201, "POST", "/v5/boards", Map.of("name", text("board"), "description", text("of it")))
            .get("id")
            .textValue();
    as(200, "PATCH", "/v5/boards/" + board, Map.of("description", text("new description")));
    String section =
        as(201, "POST", "/v5/boards/" + board + "/sections", Map.of("name", text("section")))
            .get("id")
            .textValue();
    as(
        200,
        "PATCH",
        "/v5/boards/" + board + "/sections/" + section,
        Map.of("name", text("section's new name")));
    pin = createPin();
    createPin();
    as(
        200,
        "PATCH",
        "/v5/pins/" + pin,
        Map.of("title", text("new title"), "description", text("new description of a Pin")));
    as(201, "POST", "/v5/pins/" + pin + "/save", Map.of("board_id", board));
    picture();
    as(200, "GET", "/v5/search/pins?query=" + canaries.plant("words"), null);
    as(200, "GET", "/v5/search/boards?query=" + canaries.plant("words for boards"), null);
    String pages = "/v5/boards/" + board + "/pins?page_size=1";
    String bookmark = as(200, "GET", pages, null).get("bookmark").textValue();
    as(200, "GET", pages + "&bookmark=" + secrets.add("bookmark", bookmark), null);
    as(400, "GET", pages + "&bookmark=" + canaries.plant("bad bookmark"), null);
    JsonNode upload = as(201, "POST", "/v5/media", Map.of("media_type", "video"));
    secrets.add("upload key", upload.at("/upload_parameters/key").textValue());
    as(404, "POST", "/v5/user_account/following/" + canaries.plant("nobody"), Map.of());
    collages();
    return username;
  }

  private String text(String name) {
    return "words and " + canaries.plant(name);
  }

  private Map<String, Object> pinBody(Map<String, String> source) {
    return Map.of(
        "board_id",
        board,
        "title",
        text("title"),
        "description",
        text("description"),
        "alt_text",
        text("alt text"),
        "link",
        "https://site.example/" + canaries.plant("link"),
        "media_source",
        source);
  }

  private String createPin() {
    String source = "https://" + canaries.plant("host") + ".invalid/" + canaries.plant("url");
    as(
        400,
        "POST",
        "/v5/pins",
        pinBody(Map.of("source_type", "image_url", "url", source + "?k=" + canaries.plant("k"))));
    return as(
            201,
            "POST",
            "/v5/pins",
            pinBody(
                Map.of("source_type", "image_base64", "content_type", "image/png", "data", png())))
        .get("id")
        .textValue();
  }

  private static String png() {
    BufferedImage image = new BufferedImage(320, 200, BufferedImage.TYPE_INT_RGB);
    try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      ImageIO.write(image, "png", out);
      return Base64.getEncoder().encodeToString(out.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The address of a picture lets whoever has it see the picture. */
  private void picture() {
    String url = as(200, "GET", "/v5/pins/" + pin, null).at("/media/images/600x/url").textValue();
    String path = URI.create(url).getPath();
    secrets.add("asset key", Path.of(path).getName(1).toString());
    assertThat(calls.send("GET", path, null).statusCode()).isEqualTo(200);
  }

  private void collages() {
    Map<String, Object> layer =
        Map.of(
            "id", "words",
            "placement", Map.of("center_x", 200, "center_y", 150, "width", 200, "height", 80),
            "content",
                Map.of(
                    "type",
                    "text",
                    "text",
                    text("layer"),
                    "font_size",
                    20,
                    "font_family",
                    "Noto Sans",
                    "color",
                    "#112233"));
    Map<String, Object> document =
        Map.of("canvas", Map.of("width", 400, "height", 300), "layers", java.util.List.of(layer));
    JsonNode made =
        calls.as(
            token,
            201,
            "POST",
            "/v1/collages",
            json(Map.of("title", text("collage"), "document", document)));
    collage = made.get("id").textValue();
    as(200, "GET", "/v1/collages/" + collage + "/render", null);
    as(200, "GET", "/v1/collages/" + collage + "/export", null);
    as(200, "POST", "/v1/collages/" + collage + "/publish", Map.of("board_id", board));
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One page twice, under names: with an empty cache, and from it. */
  void pages(String redis) throws IOException {
    URI address = URI.create(redis);
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket.getOutputStream().write("FLUSHALL\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(socket.getInputStream().read()).isEqualTo('+');
    }
    for (String id : new String[] {"cold-page", "warm-page"}) {
      assertThat(
              calls
                  .send(
                      "GET",
                      "/v5/boards/" + board + "/pins",
                      null,
                      "authorization",
                      "Bearer " + token,
                      "x-request-id",
                      id)
                  .statusCode())
          .isEqualTo(200);
    }
  }

  /** Bytes that are not quite HTTP. */
  void malformed(String edge) throws IOException {
    URI uri = URI.create(edge);
    for (String head :
        new String[] {
          "GET /v5/boards?x="
              + canaries.plant("raw query")
              + " HTTP/1.1\r\nHost: x\r\n"
              + "Authorization: Bearer "
              + canaries.plant("folded")
              + "\r\n more\r\n",
          "GET /" + canaries.plant("path with CR") + "\r/x HTTP/1.1\r\nHost: x\r\n",
          "BREW /" + canaries.plant("method") + " HTTP/1.1\r\nHost: x\r\n",
          "GET / HTTP/1.1\r\nHost: x\r\nX-Long: "
              + canaries.plant("long")
              + "y".repeat(40_000)
              + "\r\n",
          "GET / HTTP/1.1\r\nHost: x\r\nbad header " + canaries.plant("no colon") + "\r\n"
        }) {
      try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
        socket.setSoTimeout(10_000);
        socket.getOutputStream().write((head + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        assertThat(socket.getInputStream().read()).isNotZero();
      }
    }
  }

  /** The same kinds of requests while a store does not answer; some fail, none is waited for. */
  void whileFrozen(long pid) {
    Signals.freeze(pid);
    try {
      Stream.<Runnable>of(
              () -> any("POST", "/v5/boards", Map.of("name", text("frozen board"))),
              () -> any("PATCH", "/v5/pins/" + pin, Map.of("title", text("frozen title"))),
              () -> any("GET", "/v5/search/pins?query=" + canaries.plant("frozen words"), null),
              () -> any("PATCH", "/v5/user_account", Map.of("about", text("frozen about"))),
              () -> any("PATCH", "/v1/collages/" + collage, Map.of("title", text("frozen"))),
              () ->
                  calls.form(
                      "/oauth/sign-in",
                      Map.of(
                          "query", "client_id=1",
                          "username", canaries.plant("frozen username"),
                          "password", canaries.plant("frozen password"))))
          .parallel()
          .forEach(Runnable::run);
    } finally {
      Signals.thaw(pid);
    }
  }

  private void any(String method, String path, Map<String, String> body) {
    calls.send(
        method,
        path,
        body == null ? null : json(body),
        "authorization",
        "Bearer " + token,
        "content-type",
        "application/json");
  }
}
