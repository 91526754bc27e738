// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.auth;

import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Which access tokens are refused though they have not expired. */
@FunctionalInterface
public interface Revocations {
  /** Where tokens cannot be revoked. */
  Revocations NONE = ids -> CompletableFuture.completedStage(false);

  /** Whether one of the ids was revoked; fails with UNAVAILABLE while that cannot be known. */
  CompletionStage<Boolean> includeAny(Collection<String> ids);
}
