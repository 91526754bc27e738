// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import java.util.Optional;

/** The same on a server that speaks S3. */
class S3MediaIT extends MediaIT {
  private static final S3Config BUCKET = Buckets.create();

  @Override
  Optional<S3Config> s3() {
    return Optional.of(BUCKET);
  }

  @Override
  int races() {
    return 2;
  }
}
