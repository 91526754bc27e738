// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathDataTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "M0 0 L1 0 L1 1 Z",
        "m0,0 1,0 0,1z",
        "M0 0H1V1H0Z",
        "M0 0C0 1 1 1 1 0S1 .5 0 0",
        "M0 0Q.5 1 1 0T0 0",
        "M0 .5A.5 .5 0 1 0 1 .5Z",
        "M0 0L1 1M.5 0L.5 1"
      })
  void readsTheLanguageOfSvg(String d) {
    assertThat(PathData.parse(d).getBounds2D()).isNotNull();
  }

  @Test
  void anInnerRingIsAHole() {
    Path2D path = PathData.parse("M0 0H1V1H0Z M.25 .25H.75V.75H.25Z");
    assertThat(path.contains(new Rectangle2D.Double(0.05, 0.05, 0.1, 0.1))).isTrue();
    assertThat(path.contains(0.5, 0.5)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "'',is empty",
    "' ',is empty",
    "x,is no path data",
    "L1 1,is no path data",
    "Z,is no path data",
    "zM0 0 L1 1,is no path data",
    "M0,is no path data",
    "M0 0 L1,is no path data",
    "M0 0 L1 NaN,is no path data",
    "M0 0 L1 1 %,is no path data",
    "M0 0,draws nothing",
    "M0 0 L11 0,has a coordinate of 11.0",
    "M0 0 L1e400 0,has a coordinate of",
    "M0 0 l9 0 l9 0,has a coordinate of 18.0"
  })
  void saysWhatIsWrong(String d, String message) {
    assertThatThrownBy(() -> PathData.parse(d))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void countsPointsAndCharacters() {
    String line = "L1 1";
    assertThat(PathData.parse("M0 0" + line.repeat(1_999)).getCurrentPoint()).isNotNull();
    assertThatThrownBy(() -> PathData.parse("M0 0" + line.repeat(2_000)))
        .hasMessage("has 2,001 points (at most 2,000)");
    assertThatThrownBy(() -> PathData.parse("M0 0" + "C0 0 1 1 0 0".repeat(700)))
        .hasMessageStartingWith("has 2,101 points");
    assertThatThrownBy(() -> PathData.parse("M0 0" + " ".repeat(65_536)))
        .hasMessage("has 65,540 characters (at most 65,536)");
  }
}
