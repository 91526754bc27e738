// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

/** {@link EditServiceTest} on real stores. */
class EditServiceIT extends EditServiceTest {
  @Override
  CollageRig newRig() {
    return RealStores.rig();
  }
}
