// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.collage.v1.BlendMode;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlendingTest {
  /** B(cb, cs), written down from the specification. */
  private static final Map<BlendMode, DoubleBinaryOperator> FORMULAS =
      Map.of(
          BlendMode.BLEND_MODE_UNSPECIFIED, (b, s) -> s,
          BlendMode.BLEND_MODE_NORMAL, (b, s) -> s,
          BlendMode.BLEND_MODE_MULTIPLY, (b, s) -> b * s,
          BlendMode.BLEND_MODE_SCREEN, (b, s) -> 1 - (1 - b) * (1 - s),
          BlendMode.BLEND_MODE_OVERLAY, (b, s) -> b <= 0.5 ? 2 * b * s : 1 - 2 * (1 - b) * (1 - s),
          BlendMode.BLEND_MODE_DARKEN, Math::min,
          BlendMode.BLEND_MODE_LIGHTEN, Math::max);

  private static int blend(int backdrop, int source, BlendMode mode, float opacity) {
    int[] pixels = {7, backdrop, 7};
    Blending.over(pixels, 1, new int[] {source}, 1, mode, opacity);
    assertThat(pixels[0]).isEqualTo(7);
    assertThat(pixels[2]).isEqualTo(7);
    return pixels[1];
  }

  private static void assertFormula(int backdrop, int source, BlendMode mode, float opacity) {
    double ab = Argb.alpha(backdrop) / 255.0;
    double as = Argb.alpha(source) / 255.0 * opacity;
    double ao = as + ab * (1 - as);
    int blended = blend(backdrop, source, mode, opacity);
    String what = "%s %08x on %08x at %s".formatted(mode, source, backdrop, opacity);
    assertThat((double) Argb.alpha(blended)).as(what).isCloseTo(ao * 255, within(0.501));
    for (int shift = 0; shift < 24; shift += 8) {
      double cb = (backdrop >> shift & 0xFF) / 255.0;
      double cs = (source >> shift & 0xFF) / 255.0;
      double mixed = (1 - ab) * cs + ab * FORMULAS.get(mode).applyAsDouble(cb, cs);
      double co = (as * mixed + (1 - as) * ab * cb) / ao;
      assertThat((double) (blended >> shift & 0xFF)).as(what).isCloseTo(co * 255, within(0.501));
    }
  }

  private static org.assertj.core.data.Offset<Double> within(double offset) {
    return org.assertj.core.data.Offset.offset(offset);
  }

  @Test
  void everyModeFollowsItsFormulaToTheNearestLevel() {
    int[] colors = {
      0xFF000000, 0xFFFFFFFF, 0xFF3366CC, 0x80FF8040, 0x40102030, 0xFF7F8081, 0x01FF00FF, 0xC0C0FFEE
    };
    for (BlendMode mode : FORMULAS.keySet()) {
      for (int backdrop : colors) {
        for (int source : colors) {
          for (float opacity : new float[] {1, 0.5f, 0.1f}) {
            assertFormula(backdrop, source, mode, opacity);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "BLEND_MODE_NORMAL, 80c040",
    "BLEND_MODE_MULTIPLY, 209a30",
    "BLEND_MODE_SCREEN, a0f2d0",
    "BLEND_MODE_OVERLAY, 40e6a1",
    "BLEND_MODE_DARKEN, 40c040",
    "BLEND_MODE_LIGHTEN, 80ccc0"
  })
  void opaqueColors(BlendMode mode, String expected) {
    assertThat("%06x".formatted(blend(0xFF40CCC0, 0xFF80C040, mode, 1) & 0xFFFFFF))
        .isEqualTo(expected);
  }

  @Test
  void nothingBelowLeavesTheSource() {
    for (BlendMode mode : FORMULAS.keySet()) {
      assertThat(blend(0, 0x80336699, mode, 1)).isEqualTo(0x80336699);
      assertThat(blend(0x00FFFFFF, 0xFF336699, mode, 1)).isEqualTo(0xFF336699);
    }
  }

  @Test
  void anInvisibleSourceLeavesTheBackdrop() {
    for (BlendMode mode : FORMULAS.keySet()) {
      assertThat(blend(0x80123456, 0x00FFFFFF, mode, 1)).isEqualTo(0x80123456);
      assertThat(blend(0x80123456, 0xFFFFFFFF, mode, 0)).isEqualTo(0x80123456);
    }
  }
}
