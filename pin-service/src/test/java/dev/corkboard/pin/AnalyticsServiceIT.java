// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

/** Analytics on real stores. */
class AnalyticsServiceIT extends AnalyticsServiceTest {
  @Override
  PinRig newRig() {
    return RealStores.rig();
  }
}
