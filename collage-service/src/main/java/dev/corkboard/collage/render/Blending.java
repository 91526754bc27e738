// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import dev.corkboard.collage.v1.BlendMode;

/**
 * Source-over compositing with a separable blend mode, by the formulas of W3C Compositing and
 * Blending 1, on non-premultiplied sRGB. Results are rounded to the nearest of 256 levels.
 */
final class Blending {
  private Blending() {}

  /**
   * Puts {@code n} pixels of {@code source} onto those of {@code backdrop} that begin at {@code
   * at}.
   */
  static void over(int[] backdrop, int at, int[] source, int n, BlendMode mode, float opacity) {
    boolean normal = isNormal(mode);
    for (int i = 0; i < n; i++) {
      int s = source[i];
      float alpha = Argb.alpha(s) * opacity / 255;
      if (alpha == 0) continue;
      int b = backdrop[at + i];
      if (normal && (alpha == 1 || Argb.alpha(b) == 0)) {
        backdrop[at + i] = alpha == 1 ? s : (Argb.channel(alpha * 255) << 24) | (s & 0xFFFFFF);
      } else {
        backdrop[at + i] = over(b, s, alpha, normal ? BlendMode.BLEND_MODE_NORMAL : mode);
      }
    }
  }

  private static boolean isNormal(BlendMode mode) {
    return mode == BlendMode.BLEND_MODE_NORMAL || mode == BlendMode.BLEND_MODE_UNSPECIFIED;
  }

  private static int over(int backdrop, int source, float alpha, BlendMode mode) {
    float below = Argb.alpha(backdrop) / 255f;
    float result = alpha + below * (1 - alpha);
    return Argb.of(
        Argb.channel(result * 255),
        channel(Argb.red(backdrop), below, Argb.red(source), alpha, result, mode),
        channel(Argb.green(backdrop), below, Argb.green(source), alpha, result, mode),
        channel(Argb.blue(backdrop), below, Argb.blue(source), alpha, result, mode));
  }

  private static int channel(
      int backdrop, float below, int source, float alpha, float result, BlendMode mode) {
    float b = backdrop / 255f;
    float s = source / 255f;
    float premultiplied =
        alpha * (1 - below) * s + alpha * below * mix(b, s, mode) + (1 - alpha) * below * b;
    return Argb.channel(premultiplied / result * 255);
  }

  /** B(cb, cs) of the specification. */
  private static float mix(float b, float s, BlendMode mode) {
    return switch (mode) {
      case BLEND_MODE_MULTIPLY -> b * s;
      case BLEND_MODE_SCREEN -> screen(b, s);
      case BLEND_MODE_OVERLAY -> b <= 0.5f ? 2 * b * s : screen(2 * b - 1, s);
      case BLEND_MODE_DARKEN -> Math.min(b, s);
      case BLEND_MODE_LIGHTEN -> Math.max(b, s);
      default -> s;
    };
  }

  private static float screen(float b, float s) {
    return b + s - b * s;
  }
}
