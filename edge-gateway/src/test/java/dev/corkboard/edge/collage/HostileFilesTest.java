// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.collage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.edge.testing.Api;
import dev.corkboard.edge.testing.EdgeExtension;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that are none, or only look like one: refused, and nothing is uploaded. */
class HostileFilesTest {
  private static final String FORMAT = "\"format\":\"corkboard-collage\"";
  private static final String VERSION = "\"version\":1";
  private static final String CANVAS = "{\"canvas\":{\"width\":9,\"height\":9}}";
  private static final String KEY = "abcdefghijABCDEFGHIJ_-";
  private static final String DATA = "pictures." + KEY + ".data";

  @RegisterExtension static final EdgeExtension edge = new EdgeExtension();

  private final Api api = edge.api("7");

  private static String file(String... properties) {
    return "{" + String.join(",", properties) + "}";
  }

  private static String files(String document, String pictures) {
    return file(FORMAT, VERSION, "\"document\":" + document, "\"pictures\":" + pictures);
  }

  private static String picture(String key, String data) {
    return "\"" + key + "\":{\"content_type\":\"image/png\",\"data\":" + data + "}";
  }

  /** A file with one picture, whose value this is. */
  private static String one(String picture) {
    return files(CANVAS, "{\"" + KEY + "\":" + picture + "}");
  }

  private static String base64(String data) {
    return files(CANVAS, "{" + picture(KEY, "\"" + data + "\"") + "}");
  }

  static Stream<Arguments> files() {
    String only = " is not 1, the only version that is known";
    return Stream.of(
        Arguments.of(file(), "format: 'format' is a required property"),
        Arguments.of(file(FORMAT), "version: 'version' is a required property"),
        Arguments.of(file(VERSION), "format: 'format' is a required property"),
        Arguments.of(
            file("\"format\":\"corkboard\"", VERSION),
            "format: 'corkboard' is not one of ['corkboard-collage']"),
        Arguments.of(file("\"format\":1", VERSION), "format: 1 is not of type 'string'"),
        Arguments.of(file("\"format\":null", VERSION), "format: null is not of type 'string'"),
        Arguments.of(file("\"format\":[]", VERSION), "format: an array is not of type 'string'"),
        Arguments.of(file(FORMAT, "\"version\":2"), "version:" + only),
        Arguments.of(file(FORMAT, "\"version\":0"), "version:" + only),
        Arguments.of(file("\"document\":5", FORMAT, "\"version\":2"), "version:" + only),
        Arguments.of(file(FORMAT, "\"version\":-1"), "version: -1 is less than the minimum of 0"),
        Arguments.of(file(FORMAT, "\"version\":1.0"), "version: 1.0 is not of type 'integer'"),
        Arguments.of(file(FORMAT, "\"version\":\"1\""), "version: '1' is not of type 'integer'"),
        Arguments.of(file(FORMAT, "\"version\":null"), "version: null is not of type 'integer'"),
        Arguments.of(
            file(FORMAT, "\"version\":" + "9".repeat(19)), "9999999999999999999 is too large"),
        Arguments.of(file(FORMAT, "\"version\":" + "9".repeat(33)), "body: is not valid JSON"),
        Arguments.of(file(FORMAT, FORMAT, VERSION), "body: is not valid JSON: Duplicate"),
        Arguments.of(files("[]", "{}"), "document: an array is not of type 'object'"),
        Arguments.of(files("{\"canvas\":1}", "{}"), "document.canvas: 1 is not of type 'object'"),
        Arguments.of(files("{\"canvas\":{\"width\":1e400}}", "{}"), "document.canvas.width: "),
        Arguments.of(files("{\"layers\":[{\"opacity\":1e999}]}", "{}"), "is too large"),
        Arguments.of(
            files("{\"layers\":[" + "{},".repeat(200) + "{}]}", "{}"),
            "document.layers[200]: is one item too many"),
        Arguments.of(files(CANVAS, "[]"), "pictures: an array is not of type 'object'"),
        Arguments.of(files(CANVAS, "\"\""), "pictures: '' is not of type 'object'"),
        Arguments.of(
            files(CANVAS, "{\"x\":{\"content_type\":\"image/png\",\"data\":\"AAAA\"}}"),
            "pictures: 'x' is not an asset key"),
        Arguments.of(
            files(CANVAS, "{" + picture(KEY, "\"A\"") + "," + picture(KEY, "\"A\"") + "}"),
            "body: is not valid JSON: Duplicate"),
        Arguments.of(one("null"), "pictures." + KEY + ": null is not of type 'object'"),
        Arguments.of(one("\"AAAA\""), "pictures." + KEY + ": 'AAAA' is not of type 'object'"),
        Arguments.of(one("{\"data\":\"AAAA\"}"), "'content_type' is a required property"),
        Arguments.of(
            one("{\"content_type\":\"image/svg+xml\",\"data\":\"AAAA\"}"),
            ".content_type: 'image/svg+xml' is not one of ['image/gif', 'image/jpeg',"),
        Arguments.of(one("{\"content_type\":7}"), ".content_type: 7 is not of type 'string'"),
        Arguments.of(
            one("{\"content_type\":\"image/png\"}"), DATA + ": 'data' is a required property"),
        Arguments.of(
            one("{\"content_type\":\"image/png\",\"data\":null}"),
            DATA + ": 'data' is a required property"),
        Arguments.of(
            one("{\"content_type\":\"image/png\",\"data\":12}"),
            DATA + ": 12 is not of type 'string'"),
        Arguments.of(
            one("{\"content_type\":\"image/png\",\"data\":[\"AAAA\"]}"),
            DATA + ": an array is not of type 'string'"),
        Arguments.of(base64(""), DATA + ": does not match"),
        Arguments.of(base64("A"), DATA + ": does not match"),
        Arguments.of(base64("AAA=A"), DATA + ": does not match"),
        Arguments.of(base64("AA AA"), DATA + ": does not match"),
        Arguments.of(base64("AA-_"), DATA + ": does not match"),
        Arguments.of(base64("AA\\n"), DATA + ": does not match"),
        Arguments.of(base64("data:image/png;base64,AAAA"), DATA + ": does not match"),
        Arguments.of(base64("\\u00e4AAA"), DATA + ": does not match"),
        Arguments.of(base64("A".repeat(2_000_001)), DATA + ": does not match"));
  }

  @ParameterizedTest
  @MethodSource("files")
  void whatIsWrongIsNamed(String file, String expected) {
    int before = edge.media().uploads().size();
    api.post("/v1/collages/import", file).fails(400, 1, expected);
    assertThat(edge.media().uploads()).hasSize(before);
  }

  @Test
  void thereAreOnlySoManyPictures() {
    api.post("/v1/collages/import", files(CANVAS, many(500))).has(201);
    api.post("/v1/collages/import", files(CANVAS, many(501)))
        .fails(400, 1, "pictures: has one property too many, constraint: maxProperties=500");
  }

  private static String many(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> picture("key%019d".formatted(i), "\"AAAA\""))
        .collect(Collectors.joining(",", "{", "}"));
  }
}
