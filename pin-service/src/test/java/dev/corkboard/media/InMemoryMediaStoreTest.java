// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

class InMemoryMediaStoreTest implements MediaStoreContract {
  private final InMemoryMediaStore store = new InMemoryMediaStore();

  @Override
  public MediaStore store() {
    return store;
  }
}
