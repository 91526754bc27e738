// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import com.google.protobuf.ByteString;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Which Pin a request id made, kept for 48 hours. */
interface RequestStore {
  /** A request seen before: the Pin's id, and the hash of what was asked. */
  record Known(String pinId, ByteString hash) {}

  CompletionStage<Optional<Known>> find(String ownerId, String requestId);

  /** Fixes the Pin of a request; answers what holds, which is another's when that came first. */
  CompletionStage<Known> fix(String ownerId, String requestId, Known request);

  /** Forgets a request whose Pin was refused, so that it may be tried again. */
  CompletionStage<Void> forget(String ownerId, String requestId, String pinId);
}
