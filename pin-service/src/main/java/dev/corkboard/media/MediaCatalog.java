// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Knows which pictures are stored and under which names they were given out. Every write is
 * conditional and may be repeated; times are kept to the millisecond.
 */
interface MediaCatalog {
  CompletionStage<Optional<Content>> content(String sha256);

  /**
   * Registers content whose bytes are stored: when there is none, or one that is being deleted in
   * another generation. False when there is one already.
   */
  CompletionStage<Boolean> putContent(Content content);

  /** Asks for content to be kept for another grace period; false unless it is stored. */
  CompletionStage<Boolean> touchContent(String sha256, Instant now);

  CompletionStage<Optional<Asset>> asset(String key);

  /** Registers an asset under a key that was never used. */
  CompletionStage<Void> putAsset(Asset asset);

  /** Asks for an asset to be kept for another grace period; false when there is none. */
  CompletionStage<Boolean> touchAsset(String key, Instant now);

  /** Hands over every asset; one that is made or removed meanwhile may be left out. */
  CompletionStage<Void> forEachAsset(Consumer<Asset> consumer);

  /** Hands over all content; what is made or removed meanwhile may be left out. */
  CompletionStage<Void> forEachContent(Consumer<Content> consumer);

  /** Removes an asset unless it was touched since it was seen; false when it was, or is gone. */
  CompletionStage<Boolean> removeAsset(Asset seen);

  /**
   * Marks content as being deleted unless it was touched since it was seen; from then on its bytes
   * may go. True also when this was done before.
   */
  CompletionStage<Boolean> beginRemoval(Content seen);

  /** Forgets content that is being deleted in this generation; false when it is not, or is gone. */
  CompletionStage<Boolean> finishRemoval(String sha256, long generation);
}
