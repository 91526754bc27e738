// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corkboard.platform.error.ApiException;
import io.grpc.Status.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ViolationsTest {
  @Test
  void countsCodePointsNotChars() {
    assertThatCode(() -> new Violations().text("t", "📌".repeat(100), 100).throwIfAny())
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> new Violations().text("t", "📌".repeat(101), 100).throwIfAny())
        .hasMessage("t: must be at most 100 code points, got 101");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u0000", "a\u0007b", "\u001b[31m", "\u0085", "\ud800", "x\udc00"})
  void refusesControlCharactersAndBrokenSurrogates(String bad) {
    assertThat(new Violations().text("t", bad, 100).isEmpty()).isFalse();
  }

  @Test
  void keepsLineBreaksAndTabs() {
    assertThat(new Violations().text("t", "a\tb\r\nc", 100).isEmpty()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "9223372036854775807", "00", "99999999999999999999"})
  void digitsAreIds(String id) {
    assertThat(new Violations().id("f", id).isEmpty()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1.0", "abc", "１", "1 ", "0x1"})
  void anythingElseIsNot(String id) {
    assertThat(new Violations().id("f", id).isEmpty()).isFalse();
  }

  @Test
  void idsOver63BitsNameNothing() {
    assertThat(Ids.parse("9223372036854775807")).hasValue(Long.MAX_VALUE);
    assertThat(Ids.parse("9223372036854775808")).isEmpty();
    assertThat(Ids.parse("0")).isEmpty();
    assertThat(Ids.parse("007")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "1-1-1-1-1", "123e4567-e89b-12d3-a456-42661417400", "{}"})
  void refusesRequestIdsThatAreNoUuids(String id) {
    assertThat(new Violations().requestId(id).isEmpty()).isFalse();
  }

  @Test
  void namesEveryFieldAtOnce() {
    assertThatThrownBy(
            () -> new Violations().required("a", "").id("b", "x").pageSize(-1).throwIfAny())
        .isInstanceOfSatisfying(
            ApiException.class,
            e -> {
              assertThat(e.code()).isEqualTo(Code.INVALID_ARGUMENT);
              assertThat(e.violations())
                  .extracting(ApiException.Violation::field)
                  .containsExactly("a", "b", "page_size");
            });
  }

  @Test
  void foreignValuesInMessagesAreClippedAndClean() {
    assertThat(Violations.clip("a\u0000b".repeat(100))).hasSize(43).doesNotContain("\u0000");
  }
}
