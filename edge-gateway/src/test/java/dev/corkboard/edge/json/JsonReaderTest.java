// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.error.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonReaderTest {
  private static void read(String json, JsonReader.Property property) {
    JsonReader.object(json.getBytes(StandardCharsets.UTF_8), property);
  }

  @Test
  void skipsWhatNobodyTakes() {
    Map<String, String> taken = new HashMap<>();
    read(
        "{\"x\":{\"name\":\"inner\",\"y\":[{}]},\"name\":\"outer\",\"z\":[[[]]],\"w\":1e400}",
        (name, in) -> {
          if (name.equals("name")) taken.put(name, in.string());
        });
    assertThat(taken).containsExactly(Map.entry("name", "outer"));
  }

  @Test
  void aFloodOfValuesIsRefusedBeforeItIsKept() {
    String flood = "{\"a\":[" + "{},".repeat(1_000_000) + "{}]}";
    int[] read = new int[1];
    assertThatThrownBy(
            () -> read(flood, (name, in) -> in.objects(() -> read[0]++, (leaf, item) -> {})))
        .isInstanceOf(ApiException.class);
    assertThat(read[0]).isLessThan(10_000);
  }

  @Test
  void anEndlessTextIsRefusedByName() {
    assertThatThrownBy(
            () -> read("{\"title\":\"" + "x".repeat(5_000_000) + "\"}", (name, in) -> in.string()))
        .isInstanceOf(ApiException.class)
        .satisfies(
            e -> assertThat(((ApiException) e).violations().get(0).field()).isEqualTo("title"));
  }

  @Test
  void tellsNullFromMissing() {
    List<String> seen = new ArrayList<>();
    read(
        "{\"a\":null,\"b\":\"\"}",
        (name, in) -> seen.add(name + in.isNull() + in.nullableString()));
    assertThat(seen).containsExactly("atrue", "bfalse");
  }

  @Test
  void readsTextOutsideTheBasicPlane() {
    read(
        "{\"a\":\"\uD83D\uDCCC\\ud83d\\udccc\"}",
        (name, in) -> assertThat(in.string()).isEqualTo("\uD83D\uDCCC\uD83D\uDCCC"));
  }

  @Test
  void namesThePlaceInsideArrays() {
    assertThatThrownBy(
            () ->
                read(
                    "{\"a\":{\"items\":[{},{\"b\":true}]}}",
                    (name, in) ->
                        in.object(
                            (inner, object) ->
                                object.objects(() -> {}, (leaf, item) -> item.string()))))
        .isInstanceOf(ApiException.class)
        .hasMessage("true is not of type 'string'")
        .satisfies(
            e ->
                assertThat(((ApiException) e).violations().get(0).field())
                    .isEqualTo("a.items[1].b"));
  }

  @Test
  void anIdIsAStringOfDigits() {
    read(
        "{\"a\":\"9223372036854775807\"}",
        (name, in) ->
            assertThat(in.id(ErrorReason.ERROR_REASON_PIN_NOT_FOUND))
                .isEqualTo("9223372036854775807"));
    assertThatThrownBy(
            () ->
                read(
                    "{\"a\":\"9223372036854775808\"}",
                    (name, in) -> in.id(ErrorReason.ERROR_REASON_PIN_NOT_FOUND)))
        .satisfies(
            e ->
                assertThat(((ApiException) e).reason())
                    .isEqualTo(ErrorReason.ERROR_REASON_PIN_NOT_FOUND));
  }

  @Test
  void anEchoIsShortPrintableAndValid() {
    assertThat(Echo.of("a\nb\u0000\uD800")).isEqualTo("a?b??");
    assertThat(Echo.of("\uD83D\uDCCC".repeat(100))).isEqualTo("\uD83D\uDCCC".repeat(60) + "...");
    assertThat(Echo.quoted("x")).isEqualTo("'x'");
  }
}
