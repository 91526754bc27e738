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
 */
record PinMedia(List<Image> images, Optional<VideoFile> video) {
  CreativeType creativeType() {
    if (video.isPresent()) return CreativeType.CREATIVE_TYPE_VIDEO;
    return images.size() > 1
        ? CreativeType.CREATIVE_TYPE_CAROUSEL
        : CreativeType.CREATIVE_TYPE_REGULAR;
  }
}
