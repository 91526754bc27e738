// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

/** {@link PublishingServiceTest} on real stores. */
class PublishingServiceIT extends PublishingServiceTest {
  @Override
  CollageRig newRig() {
    return RealStores.rig();
  }
}
