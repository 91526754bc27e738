// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** How far background readers have come. Going back is harmless, so the last writer wins. */
interface ProgressStore {
  CompletionStage<Optional<String>> position(String name);

  CompletionStage<Void> savePosition(String name, String position);

  /** The deleted boards whose Pins are being taken down, and the page token each goes on from. */
  CompletionStage<Map<String, String>> cascades();

  CompletionStage<Void> saveCascade(String boardId, String pageToken);

  /** Puts down boards as deleted; a cascade that is under way keeps its page. */
  default CompletionStage<Void> putCascades(Set<String> boardIds) {
    if (boardIds.isEmpty()) return CompletableFuture.completedStage(null);
    return cascades()
        .thenCompose(
            known ->
                Gather.each(
                    boardIds.stream().filter(id -> !known.containsKey(id)).toList(),
                    id -> saveCascade(id, "")));
  }

  CompletionStage<Void> endCascade(String boardId);
}
