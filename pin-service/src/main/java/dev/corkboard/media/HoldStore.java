// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Remembers which assets are kept for holders that are no Pins. Every write may be repeated. */
interface HoldStore {
  /** The asset that is kept for a holder with these bytes. */
  CompletionStage<Optional<String>> find(String holderId, String sha256);

  /** Keeps an asset; answers with the one that was kept for the same bytes before, if any. */
  CompletionStage<String> put(String holderId, String sha256, String assetKey);

  /** Forgets all that is kept for a holder. */
  CompletionStage<Void> release(String holderId);

  /** Hands over every asset that is kept; as {@link MediaReferences}. */
  CompletionStage<Void> forEachAssetKey(Consumer<String> consumer);
}
