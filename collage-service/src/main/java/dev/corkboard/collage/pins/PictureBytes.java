// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.pins;

import com.google.protobuf.ByteString;
import java.util.concurrent.CompletionStage;

/** Reads the bytes of pictures as they were uploaded. */
@FunctionalInterface
public interface PictureBytes {
  /**
   * The first bytes of a picture. Fails with MEDIA_NOT_FOUND.
   *
   * @param limit how many at most; 0 for all
   */
  CompletionStage<ByteString> read(String assetKey, int limit);
}
