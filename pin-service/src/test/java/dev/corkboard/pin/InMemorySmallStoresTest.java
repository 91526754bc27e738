// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

class InMemorySmallStoresTest implements SmallStoresContract {
  private final RequestStore requests = new InMemoryRequestStore();
  private final IntentStore intents = new InMemoryIntentStore();
  private final ProgressStore progress = new InMemoryProgressStore();

  @Override
  public RequestStore requests() {
    return requests;
  }

  @Override
  public IntentStore intents() {
    return intents;
  }

  @Override
  public ProgressStore progress() {
    return progress;
  }
}
