// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.media;

/**
 * Where pictures and videos are served, and videos are taken.
 *
 * @param publicUrl the address the outside reaches the edge at, without a slash at the end
 */
public record MediaUrls(String publicUrl) {
  /** The path that videos are uploaded to. */
  public static final String VIDEO_UPLOADS = "/uploads/videos";

  public String videoUploads() {
    return publicUrl + VIDEO_UPLOADS;
  }

  /** The URL of a rendition; whoever has it may read the picture. */
  public String of(String assetKey, String rendition) {
    return publicUrl + "/media/" + assetKey + "/" + rendition;
  }
}
