// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import dev.corkboard.media.v1.Image;
import dev.corkboard.media.v1.VideoFile;
import dev.corkboard.pin.v1.CreativeType;
import java.util.List;
import java.util.Optional;

/**
 * What a new Pin shows.
 *
 * @param images of a video, its cover
 * @param collageId the collage that the picture is a drawing of, or empty
 */
record PinMedia(List<Image> images, Optional<VideoFile> video, String collageId) {
  /** One picture, or those of a carousel. */
  static PinMedia of(List<Image> images) {
    return new PinMedia(images, Optional.empty(), "");
  }

  /** A video and what is shown until it plays. */
  static PinMedia of(VideoFile video, Image cover) {
    return new PinMedia(List.of(cover), Optional.of(video), "");
  }

  /** The drawing of a collage. */
  static PinMedia drawing(Image image, String collageId) {
    return new PinMedia(List.of(image), Optional.empty(), collageId);
  }

  CreativeType creativeType() {
    if (!collageId.isEmpty()) return CreativeType.CREATIVE_TYPE_COLLAGE;
    if (video.isPresent()) return CreativeType.CREATIVE_TYPE_VIDEO;
    return images.size() > 1
        ? CreativeType.CREATIVE_TYPE_CAROUSEL
        : CreativeType.CREATIVE_TYPE_REGULAR;
  }
}
