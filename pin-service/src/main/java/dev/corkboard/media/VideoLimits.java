// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.error.ApiException;
import java.time.Duration;

/**
 * What a video may be at most, and for how long it is known.
 *
 * @param maxBytes of a file
 * @param unfinished how long a registered video waits for its bytes
 * @param finished how long Pins can be made of one that has succeeded
 * @param upload how long the bytes may take to come
 */
record VideoLimits(long maxBytes, Duration unfinished, Duration finished, Duration upload) {
  /** A day, a week and five minutes. */
  static VideoLimits of(long maxBytes) {
    return new VideoLimits(maxBytes, Duration.ofDays(1), Duration.ofDays(7), Duration.ofMinutes(5));
  }

  void checkBytes(long bytes, String field) {
    if (bytes > maxBytes) {
      throw ApiException.invalid(
          ErrorReason.ERROR_REASON_VIDEO_TOO_LARGE,
          field,
          "The video is too large: at most " + maxBytes + " bytes are accepted.");
    }
  }
}
