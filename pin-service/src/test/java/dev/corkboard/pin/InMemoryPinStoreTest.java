// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

class InMemoryPinStoreTest implements PinStoreContract {
  private final PinStore pins = new InMemoryPinStore();

  @Override
  public PinStore pins() {
    return pins;
  }
}
