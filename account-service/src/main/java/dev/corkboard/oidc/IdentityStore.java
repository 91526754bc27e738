// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.oidc;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Keeps which account is whose. Stages fail with {@code ApiException}s. */
interface IdentityStore {
  /**
   * Whom an issuer speaks of.
   *
   * @param subject at most 255 characters, compared exactly
   */
  record Identity(String issuer, String subject) {}

  /** The account that is the identity's. */
  CompletionStage<Optional<String>> find(Identity identity);

  /** Makes an account the identity's unless it has one; answers the one it has. */
  CompletionStage<String> claim(Identity identity, String accountId);
}
