// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

/** {@link RemixServiceTest} on real stores. */
class RemixServiceIT extends RemixServiceTest {
  @Override
  CollageRig newRig() {
    return RealStores.rig();
  }
}
