// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import dev.corkboard.media.v1.MediaMetadata;
import dev.corkboard.media.v1.Rendition;
import java.util.Optional;

/**
 * A rendition that can be read.
 *
 * @param key where its bytes are
 * @param metadata its type, size and digest
 */
record StoredRendition(MediaKey key, MediaMetadata metadata) {
  /** Empty when the content was stored without this rendition. */
  static Optional<StoredRendition> of(Content content, RenditionSize size) {
    return content.image().getRenditionsList().stream()
        .filter(rendition -> rendition.getName().equals(size.label()))
        .findAny()
        .map(
            rendition ->
                new StoredRendition(
                    new MediaKey(content.sha256(), content.generation(), size),
                    metadata(content, size, rendition)));
  }

  private static MediaMetadata metadata(Content content, RenditionSize size, Rendition rendition) {
    return MediaMetadata.newBuilder()
        .setContentType(rendition.getContentType())
        .setSizeBytes(content.sizes().get(size))
        .setEtag(content.digests().get(size))
        .build();
  }
}
