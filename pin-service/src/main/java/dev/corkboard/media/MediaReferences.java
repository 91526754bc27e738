// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Tells the collector which assets are in use. */
@FunctionalInterface
public interface MediaReferences {
  /**
   * Hands over the key of every asset that a stored Pin refers to, in any order, repeated or not;
   * the consumer is thread-safe. Fails rather than leave one out: nothing is collected then.
   */
  CompletionStage<Void> forEachAssetKey(Consumer<String> consumer);
}
