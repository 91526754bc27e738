// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

/** {@link VideoPinsTest} on real stores. */
class VideoPinsIT extends VideoPinsTest {
  @Override
  PinRig newRig() {
    return RealStores.rig();
  }
}
