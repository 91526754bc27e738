// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.redis;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The six steps of the guard-and-lease protocol; a failed stage means Redis did not do it, or may
 * not have.
 */
interface CacheProtocol {

  /** The stored bytes of these ids in their order, null where there are none. */
  CompletionStage<List<byte[]>> get(List<String> ids);

  CompletionStage<Lease> lease(String id, String token);

  /** Whether the value was stored: the token's lease is not over and nobody wrote since. */
  CompletionStage<Boolean> fill(String id, String token, byte[] value, long lifeMillis);

  /** Deletes value and leases and keeps both away until the release or the guard's deadline. */
  CompletionStage<Void> guard(String id, String token);

  CompletionStage<Void> release(String id, String token);

  /** Deletes values and leases. */
  CompletionStage<Void> forget(Collection<String> ids);
}
