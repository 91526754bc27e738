// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

/** {@link CollageServiceTest} on real stores. */
class CollageServiceIT extends CollageServiceTest {
  @Override
  CollageRig newRig() {
    return RealStores.rig();
  }
}
