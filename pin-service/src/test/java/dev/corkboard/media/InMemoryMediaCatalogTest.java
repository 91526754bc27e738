// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

class InMemoryMediaCatalogTest implements MediaCatalogContract {
  private final InMemoryMediaCatalog catalog = new InMemoryMediaCatalog();

  @Override
  public MediaCatalog catalog() {
    return catalog;
  }
}
