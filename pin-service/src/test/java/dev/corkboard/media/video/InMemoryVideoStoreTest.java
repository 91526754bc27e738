// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media.video;

import java.time.Clock;

class InMemoryVideoStoreTest implements VideoStoreContract {
  private static final VideoStore STORE = new InMemoryVideoStore(Clock.systemUTC());

  @Override
  public VideoStore store() {
    return STORE;
  }
}
