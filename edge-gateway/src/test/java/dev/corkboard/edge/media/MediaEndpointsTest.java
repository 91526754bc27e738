// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.edge.testing.Answer;
import dev.corkboard.edge.testing.Api;
import dev.corkboard.edge.testing.EdgeExtension;
import dev.corkboard.edge.testing.FakeMedia;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaEndpointsTest {
  private static final String KEY = "abcdefghijABCDEFGHIJ_-";
  private static final String PATH = "/media/" + KEY + "/600x";
  private static final byte[] BYTES = new byte[1_000_003];

  @RegisterExtension static final EdgeExtension edge = new EdgeExtension();

  private Api api;

  @BeforeAll
  static void store() {
    new Random(1).nextBytes(BYTES);
    edge.media().put(KEY, "600x", BYTES);
  }

  @BeforeEach
  void connect() {
    api = edge.api("7");
  }

  private static String etag() {
    return '"' + FakeMedia.etag(BYTES) + '"';
  }

  private Answer get(String... headers) {
    var request = api.anonymous(PATH).GET();
    return api.send(headers.length == 0 ? request : request.headers(headers));
  }

  @Test
  void servesThePictureToWhoeverKnowsTheKey() {
    Answer answer = get().isOk();
    assertThat(Arrays.equals(answer.bytes(), BYTES)).isTrue();
    assertThat(answer.header("content-type")).isEqualTo("image/png");
    assertThat(answer.header("content-length")).isEqualTo("1000003");
    assertThat(answer.header("etag")).isEqualTo(etag());
    assertThat(answer.header("cache-control")).isEqualTo("public, max-age=31536000, immutable");
    assertThat(answer.header("accept-ranges")).isEqualTo("bytes");
    assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
    assertThat(answer.header("content-security-policy")).contains("default-src 'none'");
  }

  @Test
  void headSaysTheSameWithoutTheBytes() {
    Answer answer =
        api.send(
                api.anonymous(PATH)
                    .method("HEAD", java.net.http.HttpRequest.BodyPublishers.noBody()))
            .isOk();
    assertThat(answer.bytes()).isEmpty();
    assertThat(answer.header("content-length")).isEqualTo("1000003");
    assertThat(answer.header("etag")).isEqualTo(etag());
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-0,0,1",
    "bytes=10-19,10,20",
    "bytes=1000000-,1000000,1000003",
    "bytes=-3,1000000,1000003",
    "bytes=5-9999999,5,1000003"
  })
  void servesAPart(String range, int from, int to) {
    Answer answer = get("Range", range).has(206);
    assertThat(answer.bytes()).isEqualTo(Arrays.copyOfRange(BYTES, from, to));
    assertThat(answer.header("content-range"))
        .isEqualTo("bytes " + from + "-" + (to - 1) + "/1000003");
    assertThat(answer.header("content-length")).isEqualTo(Integer.toString(to - from));
  }

  @Test
  void saysHowLongThePictureIsWhenThePartLiesBeyond() {
    Answer answer = get("Range", "bytes=1000003-");
    answer.fails(416, 416, "");
    assertThat(answer.header("content-range")).isEqualTo("bytes */1000003");
  }

  @Test
  void servesThePartOnlyOfTheVersionAskedFor() {
    get("Range", "bytes=0-9", "If-Range", etag()).has(206);
    get("Range", "bytes=0-9", "If-Range", "\"other\"").has(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s", "W/%s", "\"x\", %s", "*"})
  void doesNotSendWhatTheClientHas(String header) {
    Answer answer = get("If-None-Match", header.formatted(etag())).has(304);
    assertThat(answer.bytes()).isEmpty();
    assertThat(answer.header("etag")).isEqualTo(etag());
    assertThat(answer.header("cache-control")).contains("immutable");
  }

  @Test
  void sendsWhatTheClientDoesNotHave() {
    get("If-None-Match", "\"other\"").isOk();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/media/abcdefghijABCDEFGHIJ_-/9000x",
        "/media/unknownunknownunknown1/600x",
        "/media/short/600x",
        "/media/abcdefghijABCDEFGHIJ_-/600X"
      })
  void whatIsNotThereIsNotFound(String path) {
    api.send(api.anonymous(path).GET()).fails(404, 404, "");
  }

  @Test
  void aPathThatClimbsIsRefused() {
    api.send(api.anonymous("/media/abcdefghijABCDEFGHIJ_-/..%2f..%2fetc").GET())
        .fails(400, 1, "malformed");
  }
}
