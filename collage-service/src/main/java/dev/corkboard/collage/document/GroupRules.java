// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.document;

import dev.corkboard.collage.v1.Group;
import dev.corkboard.platform.check.Violations;
import java.util.Map;
import java.util.Optional;

/** The limits of groups, and of the tree they make. */
final class GroupRules {
  static final int MAX_DEPTH = 8;

  private GroupRules() {}

  static void check(Checks checks, Group group) {
    checks.id("id", group.getId());
    name(checks, group);
    checks.optionalId("parent_id", group.getParentId());
  }

  static void name(Checks checks, Group group) {
    checks.text("name", group.getName(), 0, LayerRules.MAX_NAME);
  }

  /** What is wrong with the first of the groups whose parents are unknown, circular or too many. */
  static Optional<String> treeProblem(Map<String, Group> groups) {
    return groups.values().stream()
        .flatMap(group -> parentProblem(group, groups).stream())
        .findFirst();
  }

  /** What is wrong with the parents of one of the groups. */
  static Optional<String> parentProblem(Group group, Map<String, Group> groups) {
    int depth = 1;
    for (Group at = group; !at.getParentId().isEmpty(); depth++) {
      String parent = at.getParentId();
      at = groups.get(parent);
      if (at == null) return Optional.of(unknown(parent));
      if (depth > groups.size()) return Optional.of("must not make a circle of groups");
    }
    return depth > MAX_DEPTH
        ? Optional.of("must be at most %d deep, got %d".formatted(MAX_DEPTH, depth))
        : Optional.empty();
  }

  static String unknown(String groupId) {
    return "names no group of the collage, got '" + Violations.clip(groupId) + "'";
  }
}
