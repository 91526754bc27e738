// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.corkboard.platform.error.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Base64TextTest {
  private static Base64Text text(String json) {
    Base64Text[] found = new Base64Text[1];
    JsonReader.object(json.getBytes(StandardCharsets.UTF_8), (name, in) -> found[0] = in.base64());
    found[0].check();
    return found[0];
  }

  private static byte[] decode(Base64Text text) {
    ByteString all = ByteString.EMPTY;
    for (int i = 0; i < text.chunks(); i++) {
      assertThat(text.chunk(i).size()).isBetween(1, 65_536);
      all = all.concat(text.chunk(i));
    }
    return all.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 65_534, 65_535, 65_536, 65_537, 131_070, 131_071, 1_000_000})
  void decodesChunkByChunk(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    String padded = Base64.getEncoder().encodeToString(bytes);
    String bare = Base64.getEncoder().withoutPadding().encodeToString(bytes);
    assertThat(decode(text("{\"n\u00e4me\":\"" + padded + "\",\"b\":\"AAAA\"}"))).hasSize(3);
    assertThat(decode(text("{\"a\" :\n \"" + padded + "\"}"))).isEqualTo(bytes);
    assertThat(decode(text("{\"a\":\"" + bare + "\"}"))).isEqualTo(bytes);
  }

  @Test
  void resolvesEscapes() {
    assertThat(decode(text("{\"a\":\"\\/\\u002b\\u0041\\u003D\"}")))
        .isEqualTo(Base64.getDecoder().decode("/+A="));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "=",
        "A",
        "A===",
        "AA=",
        "AAA==",
        "AAAA=",
        "AAAA==",
        "A=AA",
        "AA AA",
        "AA-A",
        "AA\\tA",
        "AA\\u00e4A",
        "AA\\u002dA",
        "AA\u00e4A"
      })
  void refusesEverythingElse(String data) {
    assertThatThrownBy(() -> text("{\"data\":\"" + data + "\"}"))
        .isInstanceOf(ApiException.class)
        .hasMessageStartingWith("does not match '^[a-zA-Z0-9+/=]+$'");
  }
}
