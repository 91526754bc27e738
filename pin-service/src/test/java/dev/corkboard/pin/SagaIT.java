// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

/** {@link SagaTest} on real stores. */
class SagaIT extends SagaTest {
  @Override
  PinRig newRig() {
    return RealStores.rig();
  }
}
