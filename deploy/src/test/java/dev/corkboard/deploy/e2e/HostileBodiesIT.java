// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** JSON, ids and parameters made to break something, on every write and listing of the contract. */
class HostileBodiesIT {
  private static final Logger log = LoggerFactory.getLogger(HostileBodiesIT.class);
  private static final String DIGITS = "9".repeat(400);

  private final EndToEnd suite = EndToEnd.get();
  private final Rest owner = suite.newAccount();
  private String board;
  private String pin;
  private Memory memory;
  private int asked;

  @BeforeEach
  void fill() {
    board = owner.createBoard("PUBLIC");
    pin = owner.createPin(board);
    memory = new Memory();
  }

  private List<String[]> writes() {
    return List.of(
        new String[] {"POST", "/v5/boards"},
        new String[] {"PATCH", "/v5/boards/" + board},
        new String[] {"POST", "/v5/pins"},
        new String[] {"PATCH", "/v5/pins/" + pin},
        new String[] {"POST", "/v5/pins/" + pin + "/save"});
  }

  private Rest.Answer send(String[] write, byte[] body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(suite.edge() + write[1]))
            .header("authorization", "Bearer " + owner.account().token())
            .header("content-type", "application/json")
            .method(write[0], BodyPublishers.ofByteArray(body));
    if (headers.length > 0) request.headers(headers);
    asked++;
    return owner.send(request.build());
  }

  private static void assertRefused(String what, Rest.Answer answer) {
    assertThat(answer.status()).as("%s: %s", what, answer.text()).isBetween(400, 499);
    answer.expect(answer.status());
    assertThat(answer.json().fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("code", "message");
    assertThat(answer.json().get("message").textValue()).as(what).isNotBlank().hasSizeLessThan(600);
  }

  private void assertNothingChanged() {
    assertThat(owner.ids("/v5/boards", 25)).containsExactly(board);
    assertThat(owner.ids("/v5/pins", 25)).containsExactly(pin);
    var count = owner.get("/v5/boards/" + board).expect(200).json().get("pin_count");
    assertThat(count.intValue()).isEqualTo(1);
    owner.createBoard("PUBLIC");
  }

  private static Map<String, byte[]> bodies() {
    Map<String, byte[]> bodies = new LinkedHashMap<>();
    for (String text :
        new String[] {
          "",
          " ",
          "\u0000",
          "{",
          "}",
          "[]",
          "null",
          "true",
          "\"x\"",
          "{}{}",
          "{} x",
          "{}\u0000",
          "{,}",
          "{\"name\"}",
          "{\"name\":}",
          "{name:\"x\"}",
          "{'name':'x'}",
          "{\"name\":\"x\",}",
          "{\"name\":\"x\"/**/}",
          "{\"name\":\"a\",\"name\":\"b\"}",
          "{\"n\\u0061me\":\"a\",\"name\":\"b\"}",
          "{\"x\":{\"a\":1,\"a\":2}}",
          "{\"name\":NaN}",
          "{\"name\":Infinity}",
          "{\"name\":-Infinity}",
          "{\"name\":+1}",
          "{\"name\":01}",
          "{\"name\":.5}",
          "{\"name\":1.}",
          "{\"name\":0x1}",
          "{\"x\":" + DIGITS + "}",
          "{\"x\":-" + DIGITS + "}",
          "{\"x\":0." + DIGITS + "}",
          "{\"x\":1e" + DIGITS + "}",
          "{\"name\":\"tab\there\"}",
          "{\"name\":\"nul\u0000here\"}",
          "{\"name\":\"line\nhere\"}",
          "{\"name\":\"\\x41\"}",
          "{\"name\":\"\\u12\"}",
          "{\"name\":\"open",
          "\ufeff{\"name\":[]}"
        }) {
      bodies.put(text.length() > 60 ? text.substring(0, 60) : text, text.getBytes(UTF_8));
    }
    for (String open : new String[] {"[", "{\"a\":", "[{\"a\":"}) {
      bodies.put("10,000 deep " + open, ("{\"x\":" + open.repeat(10_000)).getBytes(UTF_8));
    }
    String closed = "{\"x\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";
    bodies.put("10,000 deep and closed", closed.getBytes(UTF_8));
    bodies.put("100,000 numbers", ("{\"x\":[" + "1,".repeat(100_000) + "1]}").getBytes(UTF_8));
    bodies.put("100,000 objects", ("{\"x\":[" + "{},".repeat(100_000) + "1]}").getBytes(UTF_8));
    bodies.put("a name without end", ("{\"" + "n".repeat(500_000) + "\":1}").getBytes(UTF_8));
    bodies.put("Latin-1", "{\"name\":\"\u00e4\"}".getBytes(ISO_8859_1));
    bodies.put("UTF-16", "{\"name\":\"a\"}".getBytes(UTF_16));
    bodies.put("UTF-16LE", "{\"name\":\"a\"}".getBytes(UTF_16LE));
    int[][] broken = {
      {0xc0, 0xaf},
      {0xed, 0xa0, 0x80},
      {0xf8, 0x88, 0x80, 0x80, 0x80},
      {0xf4, 0x90, 0x80, 0x80},
      {0xe2, 0x82},
      {0xff},
      {0x80}
    };
    for (int[] bytes : broken) {
      byte[] body = "{\"name\":\"    \"}".getBytes(UTF_8);
      for (int i = 0; i < Math.min(4, bytes.length); i++) body[9 + i] = (byte) bytes[i];
      bodies.put("bytes " + Arrays.toString(bytes), body);
    }
    return bodies;
  }

  @Test
  void noBrokenBodyIsTakenIn() {
    Map<String, byte[]> bodies = bodies();
    for (String[] write : writes()) {
      bodies.forEach(
          (what, body) -> assertRefused(write[0] + write[1] + " " + what, send(write, body)));
    }
    assertNothingChanged();
    log.info(
        "bodies {}, {} requests: accepted 0, 5xx 0, memory {} MiB",
        bodies.size(),
        asked,
        memory.growth());
  }

  @Test
  void noBodyOverTheLimitAndNoOtherTypeIsTakenIn() {
    int over = 0;
    for (String[] write : writes()) {
      int mib = write[1].equals("/v5/pins") ? 32 : 1;
      send(write, new byte[(mib << 20) + 1]).expect(413);
      over++;
    }
    int types = 0;
    for (String type :
        new String[] {
          "text/plain",
          "text/html",
          "application/xml",
          "application/x-www-form-urlencoded",
          "multipart/form-data; boundary=x",
          "application/json; charset=utf-16",
          "application/json; charset=\"",
          "application/jsonp",
          "*/*",
          "image/png",
          "a",
          ";",
          "/"
        }) {
      for (String[] write : writes()) {
        owner
            .send(
                HttpRequest.newBuilder(URI.create(suite.edge() + write[1]))
                    .header("authorization", "Bearer " + owner.account().token())
                    .header("content-type", type)
                    .method(write[0], BodyPublishers.ofString("{\"name\":\"x\"}"))
                    .build())
            .expect(415);
      }
      types++;
    }
    for (String encoding : new String[] {"gzip", "deflate", "br", "gzip, gzip", "x"}) {
      for (String[] write : writes()) {
        assertRefused(
            encoding, send(write, "{\"name\":[]}".getBytes(UTF_8), "content-encoding", encoding));
      }
    }
    assertNothingChanged();
    log.info(
        "bodies over the limit {}, types {}: accepted 0, 5xx 0, memory {} MiB",
        over,
        types,
        memory.growth());
  }

  /** The fields that a write takes. */
  private static List<String> fields(String[] write) {
    boolean pins = write[1].startsWith("/v5/pins");
    if (!pins) return List.of("name", "description", "privacy");
    List<String> fields = new ArrayList<>(List.of("board_id", "board_section_id"));
    if (write[1].endsWith("/save")) return fields;
    fields.addAll(List.of("title", "description", "alt_text", "link"));
    if (write[0].equals("POST")) {
      fields.addAll(List.of("parent_pin_id", "dominant_color", "media_source"));
    }
    return fields;
  }

  /** What a body must have for the field to be the first thing wrong with it. */
  private String needed(String[] write, String field) {
    String name = "\"name\":\"x\",";
    String into = "\"board_id\":\"" + board + "\",";
    String source =
        "\"media_source\":{\"source_type\":\"image_url\",\"url\":\"https://127.0.0.1/x\"},";
    return switch (write[0] + write[1]) {
      case "POST/v5/boards" -> field.equals("name") ? "" : name;
      case "POST/v5/pins" ->
          (field.equals("board_id") ? "" : into) + (field.equals("media_source") ? "" : source);
      default -> "";
    };
  }

  @Test
  void noValueOfAWrongKindIsTakenIn() {
    List<String> values =
        new ArrayList<>(
            List.of("1", "-1", "1.5", "1e9", "true", "[]", "{}", "[\"a\"]", "{\"a\":\"b\"}"));
    for (String text :
        new String[] {
          "\\ud800",
          "\\udc00\\ud800",
          "a\\ud83d",
          "a\\u0000b",
          "\\u0001",
          "\\u001b[31m",
          "x".repeat(70_000)
        }) {
      values.add('"' + text + '"');
    }
    int fields = 0;
    for (String[] write : writes()) {
      for (String field : fields(write)) {
        fields++;
        for (String value : values) {
          String needed = needed(write, field);
          String body = "{" + needed + "\"" + field + "\":" + value + "}";
          Rest.Answer answer = send(write, body.getBytes(UTF_8));
          assertRefused(
              write[1] + " " + field + " " + value.substring(0, Math.min(40, value.length())),
              answer);
          assertThat(answer.json().get("message").textValue()).containsAnyOf(field, "body: ");
        }
      }
    }
    assertNothingChanged();
    log.info(
        "fields {} x values {}, {} requests: accepted 0, 5xx 0, memory {} MiB",
        fields,
        values.size(),
        asked,
        memory.growth());
  }

  @Test
  void noIdThatIsNoneNamesAnything() {
    String[] ids = {
      "0",
      "-1",
      "+" + board,
      "0" + board,
      "00" + board,
      board + "0000",
      "9223372036854775807",
      "9223372036854775808",
      "18446744073709551616",
      DIGITS,
      board + ".0",
      "1e3",
      "0x7b",
      "abc",
      "%20" + board,
      board + "%20",
      board + "%00",
      "%D9%A1%D9%A2",
      "%EF%BC%91",
      "%F0%9F%93%8C",
      "..%2f" + board,
      "%252e",
      board + "%0a",
      "NaN",
      "null",
      "*",
      "'%20OR%201=1--",
      "%FF%FE"
    };
    for (String id : ids) {
      for (String path : new String[] {"/v5/boards/", "/v5/pins/"}) {
        for (String method : new String[] {"GET", "DELETE"}) {
          assertRefused(id, owner.send(method, path + id, ""));
        }
        assertRefused(id, owner.send("PATCH", path + id, "{}"));
      }
      assertRefused(id, owner.get("/v5/boards/" + id + "/pins"));
      assertRefused(
          id, owner.send("POST", "/v5/pins/" + id + "/save", "{\"board_id\":\"" + board + "\"}"));
      assertRefused(id, owner.get("/media/" + id + "/600x"));
    }
    assertNothingChanged();
    log.info("ids {}: found 0, 5xx 0", ids.length);
  }
}
