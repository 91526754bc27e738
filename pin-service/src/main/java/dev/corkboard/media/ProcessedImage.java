// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import dev.corkboard.media.v1.Image;
import java.util.Map;

/**
 * A picture that was taken in.
 *
 * @param image everything but the asset key
 * @param renditions the bytes of each rendition by name, the original's among them
 */
record ProcessedImage(Image image, Map<RenditionSize, byte[]> renditions) {}
