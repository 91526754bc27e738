// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

class InMemoryCollageHeadersTest implements CollageHeadersContract {
  private final InMemoryCollageStore store = new InMemoryCollageStore();
  private final CollageHeaders headers = new InMemoryCollageHeaders(store);

  @Override
  public CollageStore collages() {
    return store;
  }

  @Override
  public CollageHeaders headers() {
    return headers;
  }
}
