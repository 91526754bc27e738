// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** How far background readers have come. Going back is harmless, so the last writer wins. */
interface ProgressStore {
  CompletionStage<Optional<String>> position(String name);

  CompletionStage<Void> savePosition(String name, String position);

  /** The deleted boards whose Pins are being taken down, and the page token each goes on from. */
  CompletionStage<Map<String, String>> cascades();

  CompletionStage<Void> saveCascade(String boardId, String pageToken);

  CompletionStage<Void> endCascade(String boardId);
}
