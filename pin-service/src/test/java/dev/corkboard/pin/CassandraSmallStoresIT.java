// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

class CassandraSmallStoresIT implements SmallStoresContract {
  private final RequestStore requests = new CassandraRequestStore(RealStores.CQL);
  private final IntentStore intents = new CassandraIntentStore(RealStores.CQL);
  private final ProgressStore progress = new CassandraProgressStore(RealStores.CQL);

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
