// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.index;

class InMemoryCollageIndexTest implements CollageIndexContract {
  private final CollageIndex index = new InMemoryCollageIndex();

  @Override
  public CollageIndex index() {
    return index;
  }
}
