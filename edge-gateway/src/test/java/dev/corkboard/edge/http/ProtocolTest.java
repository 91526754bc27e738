// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.board.v1.Board;
import dev.corkboard.edge.testing.Answer;
import dev.corkboard.edge.testing.Api;
import dev.corkboard.edge.testing.EdgeExtension;
import dev.corkboard.edge.testing.RawHttp;
import dev.corkboard.pin.v1.Pin;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProtocolTest {
  private static final int MIB = 1 << 20;

  @RegisterExtension static final EdgeExtension edge = new EdgeExtension();

  private Api api;
  private String board;
  private String pin;

  @BeforeEach
  void connect() {
    api = edge.api("7");
    board = edge.boards().put(Board.newBuilder().setName("b" + UUID.randomUUID()).build()).getId();
    pin = edge.pins().put(Pin.newBuilder().setBoardId(board).build()).getId();
  }

  @Test
  void t2AcceptsACharsetAndATypeWithoutABody() {
    for (String type : new String[] {"application/json; charset=utf-8", "application/json"}) {
      api.send(
              api.request("/v5/boards")
                  .header("Content-Type", type)
                  .POST(BodyPublishers.ofString("{\"name\":\"" + UUID.randomUUID() + "\"}")))
          .has(201);
    }
    api.send(api.request("/v5/boards/" + board).header("Content-Type", "application/json").GET())
        .isOk();
    api.send(api.request("/v5/boards/" + board).header("Content-Type", "application/json").DELETE())
        .has(204);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v5/boards?include_empty=false&include_archived=false",
        "/v5/boards?",
        "/v5/boards?ad_account_id=549755885175",
        "/v5/pins?x=%E4%B8&y&=&&"
      })
  void t3IgnoresUnknownParametersAndABareQuestionMark(String path) {
    api.get(path).isOk();
  }

  @Test
  void t6RoutesTrailingSlashesAndNeverRedirects() {
    api.get("/v5/boards/").isOk();
    api.get("/v5/boards/" + board + "/").isOk();
    api.get("/v5/boards/" + board + "/pins/").isOk();
    api.get("/v5/pins/").isOk();
    api.get("/v5/pins/" + pin + "/").isOk();
    api.get("/v5/pins/" + pin + "/?").isOk();
    api.post("/v5/pins/" + pin + "/save/", "{\"board_id\":\"" + board + "\"}").has(201);
    api.patch("/v5/boards/" + board + "/", "{}").isOk();
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/v5/boards/abc",
    "GET,/v5/boards/1",
    "GET,/v5/boards?page_size=0",
    "POST,/v5/boards",
    "PATCH,/v5/boards/1",
    "DELETE,/v5/boards/1",
    "GET,/v5/boards/1/pins",
    "POST,/v5/pins",
    "GET,/v5/pins",
    "GET,/v5/pins/abc",
    "PATCH,/v5/pins/1",
    "DELETE,/v5/pins/1",
    "POST,/v5/pins/1/save"
  })
  void t7ChecksTheTokenBeforeAnythingElse(String method, String path) {
    var body = method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString("not json");
    for (String token : new String[] {"", "Bearer", "Bearer x.y.z", "Basic YTpi"}) {
      var request = api.anonymous(path).method(method, body);
      if (!token.isEmpty()) request.header("Authorization", token);
      Answer answer = api.send(request);
      answer.fails(401, 2, "Authentication failed.");
      assertThat(answer.header("www-authenticate")).isEqualTo("Bearer");
    }
  }

  @Test
  void t7RefusesForgedAndExpiredTokens() {
    String expired =
        edge.tokens()
            .access(
                "7",
                dev.corkboard.platform.testing.TestTokens.ALL_SCOPES,
                java.time.Instant.now().minusSeconds(60));
    for (String token : new String[] {edge.tokens().forged("7"), expired}) {
      api.send(api.anonymous("/v5/boards").header("Authorization", "Bearer " + token).GET())
          .fails(401, 2, "Authentication failed.");
    }
  }

  @Test
  void t8LiteralSegmentsWin() {
    api.get("/v5/pins/analytics").fails(400, 1, "pin_ids: 'pin_ids' is a required property");
    api.get("/v5/boards/" + board + "/pins").isOk();
  }

  @Test
  void t10EchoesASaneRequestIdAndMakesItsOwnOtherwise() {
    Answer mine = api.send(api.request("/v5/boards").header("x-request-id", "abc-1").GET());
    assertThat(mine.header("x-request-id")).isEqualTo("abc-1");
    assertThat(edge.boards().script().lastCaller().requestId()).isEqualTo("abc-1");
    Answer fresh = api.send(api.request("/v5/boards").header("x-request-id", "a b\"c").GET());
    assertThat(fresh.header("x-request-id")).isEqualTo(fresh.header("x-pinterest-rid"));
  }

  @Test
  void theCallersOwnTokenGoesOnToTheServices() {
    api.get("/v5/boards").isOk();
    assertThat(edge.boards().script().lastCaller().accountId()).isEqualTo("7");
    assertThat(edge.boards().script().lastCaller().service()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/v5", "/v6/boards", "/v5/boardz", "/v5/boards/1/2/3"})
  void e3AnUnknownRouteIsNotFound(String path) {
    api.get(path).fails(404, 404, "There is no such route.");
  }

  @ParameterizedTest
  @CsvSource({
    "PUT,/v5/boards,'GET, POST'",
    "DELETE,/v5/pins,'GET, POST'",
    "POST,/v5/boards/1,'DELETE, GET, PATCH'",
    "GET,/v5/pins/1/save,POST",
    "OPTIONS,/v5/pins,'GET, POST'",
    "POST,/.well-known/jwks.json,GET",
    "PUT,/media/abcdefghijABCDEFGHIJ_-/600x,'GET, HEAD'"
  })
  void e4AWrongMethodIsNotAllowed(String method, String path, String allowed) {
    Answer answer = api.send(api.request(path).method(method, BodyPublishers.noBody()));
    answer.fails(405, 405, "does not support this method");
    assertThat(answer.header("allow")).isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource({"POST,/v5/boards,1", "PATCH,/v5/pins/1,1", "POST,/v5/pins,32"})
  void e5ABodyOverTheLimitIsTooLarge(String method, String path, int mib) {
    byte[] body = new byte[mib * MIB + 1];
    api.send(api.withBody(method, path, BodyPublishers.ofByteArray(body)))
        .fails(413, 413, "too large");
    api.send(
            api.withBody(
                method,
                path,
                BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(body))))
        .fails(413, 413, "too large");
  }

  @Test
  void e5ABodyAtTheLimitIsRead() {
    String json = "{\"name\":\"" + UUID.randomUUID() + "\"}";
    api.post("/v5/boards", json + " ".repeat(MIB - json.length())).has(201);
  }

  @Test
  void aCompressedBodyIsRead() throws IOException {
    String json = "{\"name\":\"" + UUID.randomUUID() + "\"}";
    send("/v5/boards", gzip(json.getBytes(StandardCharsets.UTF_8), 0)).has(201);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v5/boards", "/v5/pins"})
  void e5ABodyThatUnpacksOverTheLimitIsTooLarge(String path) throws IOException {
    send(path, gzip(new byte[0], 40)).fails(413, 413, "too large");
  }

  @Test
  void aBodyThatDoesNotUnpackIsBad() {
    send("/v5/boards", "not gzip".getBytes(StandardCharsets.UTF_8)).fails(400, 1, "body: ");
  }

  private Answer send(String path, byte[] gzipped) {
    return api.send(
        api.withBody("POST", path, BodyPublishers.ofByteArray(gzipped))
            .header("Content-Encoding", "gzip"));
  }

  private static byte[] gzip(byte[] bytes, int thenMiB) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
      for (int i = 0; i < thenMiB; i++)
        gzip.write(" ".repeat(MIB).getBytes(StandardCharsets.UTF_8));
    }
    return packed.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json; charset=utf-16",
        "application/json; charset=utf-9",
        "application/json; charset=\"\"",
        "application/json; charset=utf-8; charset=utf-16",
        "nonsense"
      })
  void aWrongContentTypeIsUnsupported(String type) {
    for (String path : new String[] {"/v5/boards", "/v5/pins"}) {
      api.send(
              api.request(path)
                  .header("Content-Type", type)
                  .POST(BodyPublishers.ofString("{\"name\":\"x\"}")))
          .fails(415, 415, "application/json");
    }
  }

  @Test
  void e1EvenWhatIsNoHttpGetsTheContractsError() throws IOException {
    String answer = RawHttp.exchange(edge.edge().port(), "GET /v5/boards NONSENSE\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 400").contains("x-pinterest-rid: ", "\"code\":1");
  }

  @Test
  void e1HeadersOverTheLimitGetTheContractsError() throws IOException {
    String request = "GET /v5/boards HTTP/1.1\r\nhost: x\r\nx: " + "y".repeat(20_000) + "\r\n\r\n";
    String answer = RawHttp.exchange(edge.edge().port(), request);
    assertThat(answer).startsWith("HTTP/1.1 431").contains("x-pinterest-rid: ", "\"code\":431");
  }

  @Test
  void speaksHttp2WithoutTls() throws Exception {
    var client =
        java.net.http.HttpClient.newBuilder()
            .version(java.net.http.HttpClient.Version.HTTP_2)
            .build();
    var answer =
        client.send(
            api.request("/v5/boards").GET().build(),
            java.net.http.HttpResponse.BodyHandlers.ofString());
    assertThat(answer.version()).isEqualTo(java.net.http.HttpClient.Version.HTTP_2);
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @Test
  void noOriginIsLetInUnasked() {
    Answer answer =
        api.send(api.request("/v5/boards").header("Origin", "https://evil.example").GET());
    assertThat(answer.header("access-control-allow-origin")).isEmpty();
  }

  @Test
  void healthIsPublic() {
    api.send(api.anonymous("/healthz").GET()).isOk();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v5/boards/1%0A", "/v5/boards?bookmark=%00", "/v5/boards/%"})
  void aPathThatIsMalformedIsABadRequest(String path) throws IOException {
    String request = "GET " + path + " HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
    assertThat(RawHttp.exchange(edge.edge().port(), request))
        .startsWith("HTTP/1.1 400")
        .contains("\"code\":1", "x-pinterest-rid: ");
  }
}
