// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import dev.corkboard.media.v1.Image;
import java.time.Instant;
import java.util.Map;

/**
 * A stored picture or video, whoever brought it and however often.
 *
 * @param sha256 of the original, 64 lower-case hexadecimal digits
 * @param generation which bytes of the {@link MediaStore} are its
 * @param image everything but the asset key; of a video, the original is the only rendition
 * @param digests the SHA-256 of each rendition in hexadecimal
 * @param sizes the size of each rendition in bytes
 * @param touchedAt when it was last stored or asked to be kept, in milliseconds
 */
record Content(
    String sha256,
    long generation,
    Image image,
    Map<RenditionSize, String> digests,
    Map<RenditionSize, Long> sizes,
    State state,
    Instant touchedAt) {
  /** Whether its bytes are there to stay. */
  enum State {
    STORED,
    /** Its bytes are being deleted; storing it anew begins another generation. */
    DELETING
  }

  Content {
    digests = Map.copyOf(digests);
    sizes = Map.copyOf(sizes);
  }

  boolean stored() {
    return state == State.STORED;
  }

  /** Whether it can be shown as a picture; otherwise it is a video. */
  boolean isPicture() {
    return image.getContentType().startsWith("image/");
  }
}
