// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import com.google.protobuf.ByteString;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** Which collage a request id made, kept for 48 hours. */
interface CreationStore {
  /** A request seen before: the collage's id, and the digest of what was asked. */
  record Known(long collageId, ByteString digest) {}

  CompletionStage<Optional<Known>> find(long ownerId, UUID requestId);

  /** Fixes the collage of a request; answers what holds, which is another's when it came first. */
  CompletionStage<Known> fix(long ownerId, UUID requestId, Known known);
}
