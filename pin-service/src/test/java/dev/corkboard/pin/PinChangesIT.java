// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

/** {@link PinChangesTest} on real stores. */
class PinChangesIT extends PinChangesTest {
  @Override
  PinRig newRig() {
    return RealStores.rig();
  }
}
