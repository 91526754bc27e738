// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.http;

import dev.corkboard.platform.auth.Principal;
import dev.corkboard.platform.auth.TokenVerifier;
import java.util.concurrent.CompletionStage;

/** Tells who brings a bearer token. */
@FunctionalInterface
public interface Authentication {
  /**
   * Whoever brought a good token.
   *
   * @param token by which the services know them
   */
  record Authenticated(Principal principal, String token) {}

  /** Fails with UNAUTHENTICATED, or UNAVAILABLE when that cannot be known. */
  CompletionStage<Authenticated> authenticate(String bearer);

  /** By tokens of our own issuer, which the services know too. */
  static Authentication by(TokenVerifier verifier) {
    return bearer ->
        verifier.verifyAccess(bearer).thenApply(known -> new Authenticated(known, bearer));
  }
}
