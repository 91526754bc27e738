// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin.saves;

import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Counts how often Pins were saved, by the owner of the Pin and the day, in UTC. Every save counts
 * once, however often it is told. Stages fail with {@code ApiException}s: UNAVAILABLE or
 * DEADLINE_EXCEEDED, and CONTENTION when other writers keep winning.
 */
public interface SaveStore {
  /**
   * A save of a Pin.
   *
   * @param ownerId who owned the Pin
   * @param savedAs the Pin that the save made
   */
  record Save(String ownerId, LocalDate day, String pinId, String savedAs) {}

  CompletionStage<Void> count(Save save);

  /** Takes back what was counted. */
  CompletionStage<Void> discount(Save save);

  /** How often all Pins of an owner were saved on a day. */
  CompletionStage<Integer> total(String ownerId, LocalDate day);

  /** How often each of the Pins was saved on a day; those that were not are left out. */
  CompletionStage<Map<String, Integer>> of(
      String ownerId, LocalDate day, Collection<String> pinIds);

  /** How often each Pin of an owner that was saved on a day was. */
  CompletionStage<Map<String, Integer>> all(String ownerId, LocalDate day);
}
