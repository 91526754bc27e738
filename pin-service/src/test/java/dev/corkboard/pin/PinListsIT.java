// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

/** {@link PinListsTest} on real stores. */
class PinListsIT extends PinListsTest {
  @Override
  PinRig newRig() {
    return RealStores.rig();
  }
}
