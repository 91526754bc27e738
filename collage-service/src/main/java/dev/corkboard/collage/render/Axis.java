// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

/**
 * How one axis of a picture is read: {@code count} pixels are made of those between {@code begin}
 * and {@code end}.
 *
 * @param left where the part that is asked for begins, in pixels of the picture
 * @param size how long it is, in pixels of the picture
 */
record Axis(double left, double size, double begin, double end, int count) {
  /** A part, in fractions of a picture's length, that is shown {@code shown} pixels long. */
  static Axis of(double from, double fraction, int length, double shown) {
    double left = Math.min(from * length, length);
    double size = Math.min(fraction * length, length - left);
    if (shown < size) {
      return new Axis(left, size, left, left + size, Math.max(1, (int) Math.ceil(shown)));
    }
    int begin = Math.min((int) Math.floor(left), length - 1);
    int end = Math.max(begin + 1, Math.min(length, (int) Math.ceil(left + size)));
    return new Axis(left, size, begin, end, end - begin);
  }

  /** How many pixels of the picture make one. */
  double step() {
    return (end - begin) / count;
  }

  /** The first pixel of the picture that is read. */
  int first() {
    return (int) Math.floor(begin);
  }

  /** The one after the last pixel of the picture that is read; of a picture {@code length} long. */
  int last(int length) {
    return Math.min(length, (int) Math.ceil(end));
  }

  /** The position among the pixels made for a share, 0 to 1, of what is asked for: a factor. */
  double scale() {
    return size / step();
  }

  /** The position among the pixels made of where what is asked for begins. */
  double origin() {
    return (left - begin) / step();
  }
}
