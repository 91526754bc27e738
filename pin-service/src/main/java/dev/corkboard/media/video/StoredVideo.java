// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media.video;

import dev.corkboard.media.v1.Video;

/**
 * A registered video.
 *
 * @param uploadSecret what whoever uploads it must know
 * @param sha256 of its bytes in hexadecimal, empty until it has succeeded
 */
public record StoredVideo(String ownerId, Video video, String uploadSecret, String sha256) {}
