// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import dev.corkboard.pin.store.v1.Intent;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The operations begun and not known to be finished, in buckets of ten seconds of their begin. */
interface IntentStore {
  long BUCKET_SECONDS = 10;

  static long bucketOf(Intent intent) {
    return intent.getBeginTime().getSeconds() / BUCKET_SECONDS;
  }

  CompletionStage<Void> put(Intent intent);

  CompletionStage<Void> remove(Intent intent);

  /** All that is left of a bucket. */
  CompletionStage<List<Intent>> list(long bucket);
}
