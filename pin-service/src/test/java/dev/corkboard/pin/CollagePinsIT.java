// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

/** {@link CollagePinsTest} on real stores. */
class CollagePinsIT extends CollagePinsTest {
  @Override
  PinRig newRig() {
    return RealStores.rig();
  }
}
