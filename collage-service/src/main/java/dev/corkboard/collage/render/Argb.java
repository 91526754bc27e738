// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

/** Colours as non-premultiplied sRGB in one int, {@code 0xAARRGGBB}. */
final class Argb {
  private Argb() {}

  /** Reads {@code #rrggbb} or {@code #rrggbbaa}. */
  static int parse(String color) {
    long digits = Long.parseLong(color, 1, color.length(), 16);
    if (color.length() == 7) return 0xFF000000 | (int) digits;
    return (int) (((digits & 0xFF) << 24) | (digits >>> 8));
  }

  static int alpha(int argb) {
    return argb >>> 24;
  }

  static int red(int argb) {
    return (argb >> 16) & 0xFF;
  }

  static int green(int argb) {
    return (argb >> 8) & 0xFF;
  }

  static int blue(int argb) {
    return argb & 0xFF;
  }

  static int of(int alpha, int red, int green, int blue) {
    return (alpha << 24) | (red << 16) | (green << 8) | blue;
  }

  /** From premultiplied channels, 0 to 255 each; halves are rounded up. */
  static int fromPremultiplied(float alpha, float red, float green, float blue) {
    int a = (int) (alpha + 0.5f);
    if (a == 0) return 0;
    float up = 255 / alpha;
    return of(a, channel(red * up), channel(green * up), channel(blue * up));
  }

  static int channel(float value) {
    return Math.min(255, (int) (value + 0.5f));
  }

  /** With its alpha multiplied by {@code coverage / 255}. */
  static int covered(int argb, int coverage) {
    if (coverage == 255) return argb;
    int alpha = (alpha(argb) * coverage + 127) / 255;
    return (alpha << 24) | (argb & 0xFFFFFF);
  }
}
