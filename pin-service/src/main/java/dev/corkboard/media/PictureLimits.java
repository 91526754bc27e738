// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.picture.PictureHeader;
import dev.corkboard.platform.error.ApiException;

/** What a picture may be at most, and the errors of one that is more or is none. */
final class PictureLimits {
  /** 20 MiB, as the REST contract has it. */
  static final int MAX_BYTES = 20 << 20;

  /** 50 megapixels on the canvas. */
  static final int MAX_PIXELS = 50_000_000;

  /** Frames of an animation: far above what is in use, low enough to walk through. */
  static final int MAX_FRAMES = 500;

  /**
   * Pixels times passes over them: 20 passes at 50 megapixels. A progressive JPEG has about 10; a
   * hostile one has thousands, each of a few bytes.
   */
  static final long MAX_DECODED_PIXELS = 1_000_000_000;

  private PictureLimits() {}

  static void checkBytes(long size, String field) {
    if (size > MAX_BYTES) throw tooManyBytes(field);
    if (size == 0) throw broken(field, "it is empty");
  }

  static void checkHeader(PictureHeader header, String field) {
    if (header.pixels() > MAX_PIXELS) {
      throw tooLarge(
          field,
          "it is "
              + header.width()
              + " x "
              + header.height()
              + " pixels, at most 50 megapixels are accepted");
    }
    if (header.frames() > MAX_FRAMES) {
      throw tooLarge(
          field, "it has " + header.frames() + " frames, at most " + MAX_FRAMES + " are accepted");
    }
    if ((long) header.firstFrame().width * header.firstFrame().height > MAX_PIXELS
        || header.decodedPixels() > MAX_DECODED_PIXELS) {
      throw tooMuchWork(field);
    }
  }

  static ApiException noPicture(String field) {
    return broken(field, "it is not a JPEG, PNG, WebP or GIF picture");
  }

  static ApiException tooMuchWork(String field) {
    return tooLarge(field, "it takes too much work to decode");
  }

  static ApiException tooManyBytes(String field) {
    return tooLarge(field, "it is over 20 MiB");
  }

  private static ApiException tooLarge(String field, String why) {
    return ApiException.invalid(
        ErrorReason.ERROR_REASON_IMAGE_TOO_LARGE, field, "The picture is too large: " + why + ".");
  }

  static ApiException broken(String field, String why) {
    return ApiException.invalid(
        ErrorReason.ERROR_REASON_IMAGE_BROKEN, field, "Sorry, this image is broken: " + why + ".");
  }
}
