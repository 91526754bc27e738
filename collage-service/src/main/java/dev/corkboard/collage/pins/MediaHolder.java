// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.pins;

import dev.corkboard.media.v1.HoldMediaResponse;
import dev.corkboard.platform.server.Caller;
import java.util.concurrent.CompletionStage;

/** Keeps copies of pictures for collages, whatever becomes of where they were taken from. */
public interface MediaHolder {
  /**
   * The collage's own copy of a picture; the same for the same bytes. Fails with MEDIA_NOT_FOUND.
   *
   * @param ownOnly whether the caller must have uploaded it
   */
  CompletionStage<HoldMediaResponse> hold(
      Caller caller, String collageId, String assetKey, boolean ownOnly);

  /** Gives up all copies of a collage. */
  CompletionStage<Void> release(String collageId);
}
