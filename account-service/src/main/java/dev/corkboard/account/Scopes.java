// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.account;

import dev.corkboard.platform.check.Violations;
import java.util.Collection;
import java.util.Set;

/** The scopes that Corkboard knows: those of the REST contract, and its own for collages. */
public final class Scopes {
  public static final Set<String> KNOWN =
      Set.of(
          "boards:read",
          "boards:read_secret",
          "boards:write",
          "boards:write_secret",
          "collages:read",
          "collages:write",
          "pins:read",
          "pins:read_secret",
          "pins:write",
          "pins:write_secret",
          "user_accounts:read",
          "user_accounts:write");

  private Scopes() {}

  /** Refuses none at all, and unknown ones. */
  public static void check(Violations violations, String field, Collection<String> scopes) {
    if (scopes.isEmpty()) violations.add(field, "is required");
    scopes.stream()
        .filter(scope -> !KNOWN.contains(scope))
        .findFirst()
        .ifPresent(s -> violations.add(field, "unknown scope '" + Violations.clip(s) + "'"));
  }
}
