// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.oauth;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The scopes there are, in the words of the consent page. */
final class Scopes {
  private static final Map<String, String> MEANINGS = new LinkedHashMap<>();

  static {
    MEANINGS.put("boards:read", "See your public and protected boards");
    MEANINGS.put("boards:read_secret", "See your secret boards");
    MEANINGS.put("boards:write", "Create, change and delete your public and protected boards");
    MEANINGS.put("boards:write_secret", "Create, change and delete your secret boards");
    MEANINGS.put("collages:read", "See your collages and those you work on");
    MEANINGS.put(
        "collages:write", "Create, change and delete your collages, and edit those of others");
    MEANINGS.put("pins:read", "See your Pins");
    MEANINGS.put("pins:read_secret", "See your Pins on secret boards");
    MEANINGS.put("pins:write", "Create, change, move and delete your Pins");
    MEANINGS.put("pins:write_secret", "Create, change, move and delete Pins on secret boards");
    MEANINGS.put("user_accounts:read", "See your profile and whom you follow");
    MEANINGS.put("user_accounts:write", "Change your profile and whom you follow");
  }

  private Scopes() {}

  static boolean areKnown(Collection<String> scopes) {
    return MEANINGS.keySet().containsAll(scopes);
  }

  /** What is asked for, in the order a person reads it best. */
  static List<String> meanings(Collection<String> scopes) {
    return MEANINGS.entrySet().stream()
        .filter(entry -> scopes.contains(entry.getKey()))
        .map(Map.Entry::getValue)
        .toList();
  }
}
