// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.board.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corkboard.board.change.ChangeCursor.Seen;
import dev.corkboard.platform.error.ApiException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeCursorTest {
  private static final UUID FIRST = IntentIds.at(1_795_000_000_000L);
  private static final UUID SECOND = IntentIds.at(1_795_000_000_001L);

  @Test
  void textHoldsEverything() {
    ChangeCursor cursor =
        new ChangeCursor(
            10,
            12,
            99,
            new TreeMap<>(
                Map.of(10L, Seen.NOTHING.and(FIRST), 11L, Seen.NOTHING.and(FIRST).and(SECOND))));

    assertThat(cursor.encode()).matches("[A-Za-z0-9_-]+");
    assertThat(ChangeCursor.decode(cursor.encode())).isEqualTo(cursor);
    assertThat(ChangeCursor.decode(ChangeCursor.at(7).encode())).isEqualTo(ChangeCursor.at(7));
  }

  @Test
  void cursorOfALogWithoutGapsIsShortEnoughHoweverFarTheClocksAreApart() {
    LogTimes times = LogTimes.DEFAULT;
    Duration apart = times.overlap().multipliedBy(2).dividedBy(3);
    long buckets =
        times.overlap().plus(apart).plus(times.grace()).toMillis() / IntentIds.BUCKET_MILLIS + 2;
    TreeMap<Long, Seen> seen = new TreeMap<>();
    for (long bucket = 0; bucket < buckets; bucket++) seen.put(bucket, Seen.NOTHING.and(FIRST));
    ChangeCursor cursor = new ChangeCursor(0, buckets, 99, seen);

    assertThat(buckets).isGreaterThan(150);
    assertThat(cursor.encode()).hasSizeLessThan(16_384 / 2);
    assertThat(ChangeCursor.decode(cursor.encode())).isEqualTo(cursor);
  }

  @Test
  void passedBucketsAreForgotten() {
    ChangeCursor cursor =
        new ChangeCursor(11, 11, 0, new TreeMap<>(Map.of(10L, Seen.NOTHING, 11L, Seen.NOTHING)));

    assertThat(cursor.seen()).containsOnlyKeys(11L);
  }

  @Test
  void digestTellsALatecomer() {
    Seen both = Seen.NOTHING.and(FIRST).and(SECOND);

    assertThat(both.holds(FIRST)).isTrue();
    assertThat(both.holds(SECOND)).isTrue();
    assertThat(Seen.NOTHING.and(FIRST).holds(SECOND)).isFalse();
    assertThat(both).isNotEqualTo(Seen.NOTHING.and(SECOND));
    assertThat(Seen.NOTHING.holds(FIRST)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "AAAA", "AQ", "*", "AQAAAAAAAAAAAAAAAA"})
  void foreignTextIsRefused(String text) {
    assertThatThrownBy(() -> ChangeCursor.decode(text)).isInstanceOf(ApiException.class);
  }

  @Test
  void tooLongTextIsRefused() {
    String text = "A".repeat(16_385);

    assertThatThrownBy(() -> ChangeCursor.decode(text)).isInstanceOf(ApiException.class);
  }
}
