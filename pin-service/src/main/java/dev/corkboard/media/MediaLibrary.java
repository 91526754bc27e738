// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import com.google.protobuf.ByteString;
import dev.corkboard.media.v1.Image;
import java.nio.file.Path;
import java.util.Collection;
import java.util.concurrent.CompletionStage;

/**
 * The pictures Pins are made of: takes them in, finds them again, keeps them while they are in use.
 *
 * <p>A new or touched asset survives for the grace period (a day by default) even when no Pin
 * refers to it, so a Pin may be written after its picture. The parameter {@code field} is the
 * request's field that errors name. Stages fail with {@code ApiException}.
 */
public interface MediaLibrary {
  /**
   * Fetches the picture behind a URL and stores it under a new asset key; a URL of our own media
   * host is read from the store instead. Fails with IMAGE_FETCH_FAILED, IMAGE_BROKEN or
   * IMAGE_TOO_LARGE.
   */
  CompletionStage<Image> fetch(String ownerId, String imageUrl, String field);

  /** Stores a picture under a new asset key. Fails with IMAGE_BROKEN or IMAGE_TOO_LARGE. */
  CompletionStage<Image> store(String ownerId, ByteString picture, String field);

  /** As {@link #store(String, ByteString, String)}, from a file that the caller deletes. */
  CompletionStage<Image> store(String ownerId, Path picture, String field);

  /**
   * What the owner's own asset shows: equal for equal bytes, whatever their asset keys. Fails with
   * MEDIA_NOT_FOUND as {@link #resolve} does.
   */
  CompletionStage<String> digest(String ownerId, String assetKey, String field);

  /**
   * The owner's own asset, its grace period begun anew. Fails with MEDIA_NOT_FOUND when it is
   * missing, collected or another account's.
   */
  CompletionStage<Image> resolve(String ownerId, String assetKey, String field);

  /**
   * Begins the grace period of assets anew, whoever owns them: call it before a Pin is written that
   * shows another Pin's pictures. Fails with MEDIA_NOT_FOUND when one is already collected.
   */
  CompletionStage<Void> touch(Collection<String> assetKeys);
}
