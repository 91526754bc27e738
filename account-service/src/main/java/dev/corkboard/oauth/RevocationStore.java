// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.oauth;

import dev.corkboard.oauth.v1.Revocation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The revocations that matter: access tokens live 30 days. Stages fail with ApiExceptions. */
interface RevocationStore {
  /**
   * A page, oldest first.
   *
   * @param next where to go on; empty at the end
   */
  record Page(List<Revocation> revocations, Optional<Instant> next) {}

  CompletionStage<Void> add(Revocation revocation);

  /** Those made at a time or later. */
  CompletionStage<Page> since(Instant from, int limit);
}
