// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.pin;

import dev.corkboard.pin.v1.CreatePinRequest;
import dev.corkboard.pin.v1.ImageSource;
import dev.corkboard.pin.v1.VideoSource;
import java.util.List;
import java.util.Optional;

/**
 * What a new Pin shows.
 *
 * @param pictures one, or 2 to 5 for a carousel; of a video, the cover when it came with its bytes
 */
record PinMedia(List<Picture> pictures, Optional<VideoSource> video) {
  static PinMedia of(List<Picture> pictures) {
    return new PinMedia(pictures, Optional.empty());
  }

  /** A video; {@code cover} is null when it did not come with its bytes. */
  static PinMedia of(VideoSource video, Picture cover) {
    return new PinMedia(cover == null ? List.of() : List.of(cover), Optional.of(video));
  }

  /** Adds the media to a call, once the pictures are uploaded. */
  void addTo(CreatePinRequest.Builder call, List<ImageSource> images) {
    if (video.isEmpty()) {
      call.addAllImages(images);
      return;
    }
    call.setVideo(video.get());
    if (!images.isEmpty()) call.getVideoBuilder().setCoverAssetKey(images.get(0).getAssetKey());
  }
}
