// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

/** {@link PinServiceTest} on real stores. */
class PinServiceIT extends PinServiceTest {
  @Override
  PinRig newRig() {
    return RealStores.rig();
  }
}
