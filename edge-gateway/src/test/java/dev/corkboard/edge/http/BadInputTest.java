// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.board.v1.Board;
import dev.corkboard.edge.testing.Answer;
import dev.corkboard.edge.testing.Api;
import dev.corkboard.edge.testing.EdgeExtension;
import dev.corkboard.pin.v1.Pin;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever comes in, what goes out is an error of the contract that says what is wrong. */
class BadInputTest {
  private static final String SOURCE =
      "\"media_source\":{\"source_type\":\"image_url\",\"url\":\"https://x.example\"}";

  @RegisterExtension static final EdgeExtension edge = new EdgeExtension();

  private static String board;
  private static String pin;
  private Api api;

  @BeforeAll
  static void fill() {
    board = edge.boards().put(Board.newBuilder().setName("there").build()).getId();
    pin = edge.pins().put(Pin.newBuilder().setBoardId(board).build()).getId();
  }

  @BeforeEach
  void connect() {
    api = edge.api("7");
  }

  private static List<String[]> writes() {
    return List.of(
        new String[] {"POST", "/v5/boards"},
        new String[] {"PATCH", "/v5/boards/" + board},
        new String[] {"POST", "/v5/pins"},
        new String[] {"PATCH", "/v5/pins/" + pin},
        new String[] {"POST", "/v5/pins/" + pin + "/save"},
        new String[] {"POST", "/v1/collages"},
        new String[] {"POST", "/v1/collages/import"},
        new String[] {"PATCH", "/v1/collages/1"},
        new String[] {"POST", "/v1/collages/1/edits"},
        new String[] {"POST", "/v1/collages/1/publish"},
        new String[] {"PUT", "/v1/collages/1/members/2"});
  }

  private Answer send(String[] write, byte[] body) {
    return api.send(api.withBody(write[0], write[1], BodyPublishers.ofByteArray(body)));
  }

  static Stream<Arguments> brokenBodies() {
    return Stream.of(
        Arguments.of("", "body: is empty"),
        Arguments.of("   \n", "body: is empty"),
        Arguments.of("{", "at line 1, column 2"),
        Arguments.of("{\"name\":}", "at line 1, column 9"),
        Arguments.of("{\"name\":\"a\"", "is not valid JSON"),
        Arguments.of("{\"name\":\"a\" \"b\":1}", "is not valid JSON"),
        Arguments.of("{\n\"name\":\"a\",\n}", "at line 3"),
        Arguments.of("{'name':'a'}", "is not valid JSON"),
        Arguments.of("{\"name\":\"a\",\"name\":\"b\"}", "uplicate"),
        Arguments.of("{\"x\":{\"a\":1,\"a\":2}}", "uplicate"),
        Arguments.of("{\"x\":NaN}", "is not valid JSON"),
        Arguments.of("{\"x\":0123}", "is not valid JSON"),
        Arguments.of("{\"x\":1}{\"y\":2}", "goes on after the JSON object"),
        Arguments.of("{\"x\":1} garbage", "is not valid JSON"),
        Arguments.of("{\"x\":\"tab\there\"}", "is not valid JSON"),
        Arguments.of("{\"x\":\"\\q\"}", "is not valid JSON"),
        Arguments.of("{\"x\":" + "[".repeat(100_000) + "}", "is not valid JSON"),
        Arguments.of("{\"x\":" + "{\"a\":".repeat(17) + "1" + "}".repeat(18), "epth"),
        Arguments.of("{\"x\":" + "9".repeat(100_000) + "}", "is not valid JSON"),
        Arguments.of("{\"" + "n".repeat(300) + "\":1}", "ame"),
        Arguments.of("[]", "body: an array is not of type 'object'"),
        Arguments.of("\"text\"", "body: 'text' is not of type 'object'"),
        Arguments.of("null", "body: null is not of type 'object'"),
        Arguments.of("12", "body: 12 is not of type 'object'"),
        Arguments.of("true", "body: true is not of type 'object'"));
  }

  @ParameterizedTest
  @MethodSource("brokenBodies")
  void e2ABrokenBodyIsABadRequestThatSaysWhere(String body, String expected) {
    for (String[] write : writes()) {
      send(write, body.getBytes(StandardCharsets.UTF_8)).fails(400, 1, expected);
    }
  }

  @Test
  void e2ABodyThatIsNotUtf8IsABadRequest() {
    List<byte[]> bodies = new ArrayList<>();
    bodies.add("{\"name\":\"\u00e4\"}".getBytes(StandardCharsets.ISO_8859_1));
    bodies.add(new byte[] {'{', '"', (byte) 0xc0, (byte) 0xaf, '"', ':', '1', '}'});
    bodies.add(new byte[] {'{', '"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"', ':', '1', '}'});
    for (String[] write : writes()) {
      for (byte[] body : bodies) send(write, body).fails(400, 1, "body: is not valid UTF-8");
      send(write, "{\"name\":\"a\"}".getBytes(StandardCharsets.UTF_16LE)).fails(400, 1, "body: ");
      send(write, "{\"name\":\"a\"}".getBytes(StandardCharsets.UTF_16)).fails(400, 1, "body: ");
    }
  }

  static Stream<Arguments> wrongTypes() {
    String[] values = {"1", "1.5", "true", "[]", "{}", "[\"a\"]"};
    Stream.Builder<Arguments> cases = Stream.builder();
    for (String value : values) {
      for (String field : List.of("name", "description", "privacy")) {
        cases.add(Arguments.of("POST", "/v5/boards", field, value, "\"x\":1"));
        cases.add(Arguments.of("PATCH", "/v5/boards/:board", field, value, "\"x\":1"));
      }
      for (String field :
          List.of(
              "board_id",
              "board_section_id",
              "parent_pin_id",
              "title",
              "description",
              "alt_text",
              "link",
              "dominant_color")) {
        cases.add(Arguments.of("POST", "/v5/pins", field, value, SOURCE));
      }
      for (String field :
          List.of("board_id", "board_section_id", "title", "description", "alt_text", "link")) {
        cases.add(Arguments.of("PATCH", "/v5/pins/:pin", field, value, "\"x\":1"));
      }
      cases.add(Arguments.of("POST", "/v5/pins/:pin/save", "board_id", value, "\"x\":1"));
      cases.add(Arguments.of("POST", "/v5/pins/:pin/save", "board_section_id", value, "\"x\":1"));
    }
    return cases.build();
  }

  @ParameterizedTest
  @MethodSource("wrongTypes")
  void e2AWrongTypeIsABadRequestThatNamesTheField(
      String method, String path, String field, String value, String rest) {
    String body = "{" + rest + ",\"" + field + "\":" + value + "}";
    String there = path.replace(":board", board).replace(":pin", pin);
    send(new String[] {method, there}, body.getBytes(StandardCharsets.UTF_8))
        .fails(400, 1, field + ": ")
        .fails(400, 1, " is not of type 'string'");
  }

  static Stream<Arguments> wrongTypesInSources() {
    return Stream.of(
        Arguments.of("5", "media_source: 5 is not of type 'object'"),
        Arguments.of("[]", "media_source: an array is not of type 'object'"),
        Arguments.of("{\"source_type\":7}", "media_source.source_type: 7 is not of type 'string'"),
        Arguments.of(
            "{\"source_type\":\"image_url\",\"url\":null}",
            "media_source.url: null is not of type 'string'"),
        Arguments.of(
            "{\"source_type\":\"image_base64\",\"content_type\":\"image/png\",\"data\":[]}",
            "media_source.data: an array is not of type 'string'"),
        Arguments.of(
            "{\"source_type\":\"multiple_image_urls\",\"items\":{}}",
            "media_source.items: an object is not of type 'array'"),
        Arguments.of(
            "{\"source_type\":\"multiple_image_urls\",\"items\":[1,2]}",
            "media_source.items[0]: 1 is not of type 'object'"),
        Arguments.of(
            "{\"source_type\":\"multiple_image_urls\",\"items\":[{\"url\":\"u\"},{\"url\":4}]}",
            "media_source.items[1].url: 4 is not of type 'string'"),
        Arguments.of(
            "{\"source_type\":\"multiple_image_urls\",\"index\":-1,\"items\":[]}",
            "media_source.index: -1 is less than the minimum of 0"),
        Arguments.of(
            "{\"source_type\":\"multiple_image_urls\",\"index\":99999999999,\"items\":[]}",
            "media_source.index: 99999999999 is too large"),
        Arguments.of(
            "{\"source_type\":\"multiple_image_urls\",\"index\":1.5,\"items\":[]}",
            "media_source.index: 1.5 is not of type 'integer'"),
        Arguments.of(
            "{\"source_type\":\"video_id\",\"media_id\":\"abc\"}",
            "media_source.media_id: 'abc' does not match '^\\\\d+$'"));
  }

  @ParameterizedTest
  @MethodSource("wrongTypesInSources")
  void e2AWrongTypeInAMediaSourceNamesItsPlace(String source, String expected) {
    api.post("/v5/pins", "{\"board_id\":\"1\",\"media_source\":" + source + "}")
        .fails(400, 1, expected);
  }

  @Test
  void wrongTypesOfBoardsOwnFieldsAreNamed() {
    api.post("/v5/boards", "{\"name\":\"a\",\"is_ads_only\":\"yes\"}")
        .fails(400, 1, "is_ads_only: 'yes' is not of type 'boolean'");
    api.post("/v5/boards", "{\"name\":\"a\",\"privacy\":\"HIDDEN\"}")
        .fails(400, 1, "privacy: 'HIDDEN' is not one of ['PROTECTED', 'PUBLIC', 'SECRET']");
    api.post("/v5/boards", "{\"description\":\"a\"}")
        .fails(400, 1, "name: 'name' is a required property");
    api.post("/v5/boards", "{\"name\":null}").fails(400, 1, "name: null is not of type 'string'");
    api.post("/v5/boards", "{\"name\":\"\"}").fails(400, 1, "name: is required");
    api.post("/v5/boards", "{\"name\":\"" + "\uD83D\uDCCC".repeat(181) + "\"}")
        .fails(400, 1, "name: must be at most 180 code points, got 181");
  }

  @Test
  void textWithControlCharactersOrHalfSurrogatesIsRefused() {
    api.post("/v5/boards", "{\"name\":\"a\\u0000b\"}")
        .fails(400, 1, "name: must not hold the control character U+0000");
    for (String half : List.of("\\ud800", "\\udc00x", "\\ud83d", "a\\ud83d\\ud83d")) {
      api.post("/v5/boards", "{\"name\":\"" + half + "\"}")
          .fails(400, 1, "name: must not hold half a surrogate pair");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "0|0 is less than the minimum of 1",
        "-1|-1 is less than the minimum of 1",
        "251|251 is greater than the maximum of 250",
        "99999999999999999999|is greater than the maximum of 250",
        "-99999999999999999999|is less than the minimum of 1",
        "abc|'abc' is not of type 'integer'",
        "2.5|'2.5' is not of type 'integer'",
        "%2B5|'+5' is not of type 'integer'",
        "%D9%A2%D9%A5|is not of type 'integer'",
        "~~|'' is not of type 'integer'"
      })
  void p14RefusesAPageSizeThatIsNone(String size, String expected) {
    for (String path : List.of("/v5/boards", "/v5/pins", "/v5/boards/" + board + "/pins")) {
      api.get(path + "?page_size=" + size).fails(400, 1, "page_size: ").fails(400, 1, expected);
    }
  }

  @Test
  void p14AcceptsThePageSizesAtTheLimits() {
    for (String path : List.of("/v5/boards", "/v5/pins", "/v5/boards/" + board + "/pins")) {
      api.get(path + "?page_size=1").isOk();
      api.get(path + "?page_size=250").isOk();
    }
  }

  @Test
  void p14AForeignBookmarkIsABadRequest() {
    for (String path : List.of("/v5/boards", "/v5/pins", "/v5/boards/" + board + "/pins")) {
      api.get(path + "?bookmark=forged").fails(400, 1, "bookmark: ");
      api.get(path + "?bookmark=%FF").fails(400, 1, "bookmark: ");
    }
  }

  @ParameterizedTest
  @CsvSource({"boards/abc", "boards/-1", "boards/%D9%A1", "pins/abc", "pins/1.0"})
  void anIdThatIsNotDigitsIsABadRequest(String path) {
    for (String method : List.of("GET", "DELETE")) {
      api.send(api.request("/v5/" + path).method(method, BodyPublishers.noBody()))
          .fails(400, 1, "does not match '^\\\\d+$'");
    }
    api.patch("/v5/" + path, "{}").fails(400, 1, "does not match '^\\\\d+$'");
  }

  @ParameterizedTest
  @CsvSource({
    "boards/9223372036854775808,40",
    "boards/99999999999999999999999999999999999999999999999999,40",
    "boards/0,40",
    "boards/007,40",
    "boards/9223372036854775808/pins,40",
    "pins/9223372036854775808,50",
    "pins/00,50"
  })
  void digitsThatNoIdCanBeAreNotFound(String path, int code) {
    api.get("/v5/" + path).fails(404, code, "not found.");
  }

  @Test
  void digitsInABodyThatNoIdCanBeAreNotFound() {
    String huge = "9".repeat(60);
    api.post("/v5/pins/" + pin + "/save", "{\"board_id\":\"" + huge + "\"}")
        .fails(404, 40, "Board not found.");
    api.post(
            "/v5/pins", "{" + SOURCE + ",\"board_id\":\"1\",\"board_section_id\":\"" + huge + "\"}")
        .fails(404, 2031, "Sorry! We couldn't find this board section.");
  }

  @Test
  void anEchoedValueIsShortAndPrintable() {
    Answer answer =
        api.get("/v5/boards?privacy=" + "%0Ax".repeat(2_000)).fails(400, 1, "privacy: ");
    assertThat(answer.json().get("message").textValue()).hasSizeLessThan(300).doesNotContain("\n");
  }

  @Test
  void anIdempotencyKeyHasALimit() {
    api.send(
            api.withBody("POST", "/v5/boards", BodyPublishers.ofString("{\"name\":\"k\"}"))
                .header("Idempotency-Key", "k".repeat(256)))
        .fails(400, 1, "Idempotency-Key: must be at most 255 characters, got 256");
  }
}
