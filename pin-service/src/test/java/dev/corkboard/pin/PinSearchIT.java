// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

/** Searches on real stores. */
class PinSearchIT extends PinSearchTest {
  @Override
  PinRig newRig() {
    return RealStores.rig();
  }
}
