// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrderKeysTest {
  private static final String LONGEST = "z".repeat(OrderKeys.MAX_LENGTH);

  @ParameterizedTest
  @ValueSource(strings = {"1", "z", "V001", "00001", "aZ9"})
  void knowsKeys(String key) {
    assertThat(OrderKeys.isKey(key)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "V0", "a-b", "ä", " "})
  void knowsWhatIsNone(String text) {
    assertThat(OrderKeys.isKey(text)).isFalse();
    assertThat(OrderKeys.isKey("1".repeat(65))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "1,2",
    "1,3",
    "A,z",
    "1,11",
    "01,1",
    "V,V001",
    "V,V1",
    "z,zz",
    "0001,001",
    "a,a0000001",
    "zy,zz"
  })
  void findsAKeyBetween(String below, String above) {
    String key = OrderKeys.between(below, above).orElseThrow();
    assertThat(key).isGreaterThan(below).isLessThan(above);
    assertThat(OrderKeys.isKey(key)).isTrue();
  }

  @Test
  void betweenNeedsAnOrder() {
    assertThatThrownBy(() -> OrderKeys.between("b", "a"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> OrderKeys.between("a", "a"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void millionsOfKeysFitAtEitherEnd() {
    assertThat(furthest(key -> OrderKeys.after(key).orElseThrow(), 20_000)).hasSizeLessThan(5);
    assertThat(furthest(key -> OrderKeys.before(key).orElseThrow(), 20_000)).hasSizeLessThan(5);
  }

  private static String furthest(UnaryOperator<String> next, int times) {
    String key = next.apply("");
    boolean rises = next.apply(key).compareTo(key) > 0;
    for (int i = 0; i < times; i++) {
      String following = next.apply(key);
      assertThat(following.compareTo(key) > 0).isEqualTo(rises);
      assertThat(OrderKeys.isKey(following)).isTrue();
      key = following;
    }
    return key;
  }

  @ParameterizedTest
  @ValueSource(strings = {"zzzz", "zzzzV", "0001", "0000V", "00000001", "zzzzzzzz", "1", "zzz"})
  void goesOnBeyondTheDigitsItCounts(String key) {
    String above = OrderKeys.after(key).orElseThrow();
    String below = OrderKeys.before(key).orElseThrow();
    assertThat(above).isGreaterThan(key);
    assertThat(below).isLessThan(key);
    assertThat(List.of(above, below)).allMatch(OrderKeys::isKey);
  }

  @Test
  void saysWhenNoneFits() {
    assertThat(OrderKeys.after(LONGEST)).isEmpty();
    assertThat(OrderKeys.before("0".repeat(63) + "1")).isEmpty();
    assertThat(OrderKeys.between("1".repeat(64), "1".repeat(63) + "2")).isEmpty();
    assertThat(OrderKeys.between("1".repeat(64), "1".repeat(63) + "3"))
        .isEqualTo(Optional.of("1".repeat(63) + "2"));
  }

  @Test
  void randomInsertionsKeepTheOrder() {
    Random random = new Random(7);
    List<String> keys = new ArrayList<>(List.of("V"));
    for (int i = 0; i < 2_000; i++) {
      int at = random.nextInt(keys.size() + 1);
      Optional<String> key =
          at == 0
              ? OrderKeys.before(keys.get(0))
              : at == keys.size()
                  ? OrderKeys.after(keys.get(at - 1))
                  : OrderKeys.between(keys.get(at - 1), keys.get(at));
      keys.add(at, key.orElseThrow());
    }
    assertThat(keys).isSorted().doesNotHaveDuplicates().allMatch(OrderKeys::isKey);
  }

  @Test
  void spreadKeysAreNewAndInOrder() {
    List<String> first = OrderKeys.spread(200, Set.of());
    List<String> second = OrderKeys.spread(200, Set.copyOf(first));
    assertThat(second).hasSize(200).isSorted().doesNotContainAnyElementsOf(first);
    assertThat(second).allMatch(OrderKeys::isKey).allMatch(key -> key.length() == 3);
    assertThat(OrderKeys.spread(0, Set.of())).isEmpty();
  }
}
