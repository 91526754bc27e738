// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.collage.document.PathData;
import java.awt.geom.Path2D;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SvgPathTest {
  @Test
  void everyKindOfSegmentIsWritten() {
    Path2D path = new Path2D.Double();
    path.moveTo(0, 1);
    path.lineTo(0.5, -0.25);
    path.quadTo(1, 2, 3, 4.0004);
    path.curveTo(1, 2, 3, 4, 5, 6.9996);
    path.closePath();
    String d = SvgPath.of(path);
    assertThat(d).isEqualTo("M0 1L0.5 -0.25Q1 2 3 4C1 2 3 4 5 7Z");
    assertThat(SvgPath.of(PathData.parse(d))).isEqualTo(d);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "-0.0, 0", "1e-9, 0", "-1e-9, 0", "1e10, 10000000000", "0.1234567, 0.123457"})
  void numbersHaveNoExponent(double value, String expected) {
    assertThat(SvgPath.number(value)).isEqualTo(expected);
  }
}
