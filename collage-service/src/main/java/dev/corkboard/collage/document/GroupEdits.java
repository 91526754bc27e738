// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.document;

import dev.corkboard.collage.v1.AddGroup;
import dev.corkboard.collage.v1.Group;
import dev.corkboard.collage.v1.Layer;
import dev.corkboard.collage.v1.RemoveGroup;
import dev.corkboard.collage.v1.UpdateGroup;
import dev.corkboard.platform.check.Violations;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Applies the operations on groups. */
final class GroupEdits {
  private static final List<String> LOCKED = List.of("locked");
  private static final List<String> GROUP_ID = List.of("group_id");
  private static final List<String> PARENT_ID = List.of("parent_id");
  private static final Set<String> PATHS = Set.of("name", "parent_id", "hidden", "locked");

  private GroupEdits() {}

  static void add(Pass pass, Checks checks, AddGroup operation) {
    Draft draft = pass.draft();
    Group group = operation.getGroup();
    Checks inner = checks.in("group");
    int found = checks.found();
    if (pass.checksLimits()) GroupRules.check(inner, group);
    if (draft.group(group.getId()).isPresent()) inner.add("id", "is that of another group");
    if (checks.found() > found) return;
    draft.put(group);
    if (pass.checksState()) parent(draft, inner, group);
    if (checks.found() > found) {
      draft.removeGroup(group.getId());
    } else if (group.getLocked()) {
      Group unlocked = group.toBuilder().clearLocked().build();
      pass.applied(
          Operations.add(group), Operations.update(unlocked, LOCKED), Operations.remove(group));
    } else {
      pass.applied(Operations.add(group), Operations.remove(group));
    }
  }

  static void update(Pass pass, Checks checks, UpdateGroup operation) {
    Draft draft = pass.draft();
    Checks inner = checks.in("group");
    Optional<Group> standing = group(draft, inner, "id", operation.getGroup().getId());
    if (standing.isEmpty()) return;
    Group before = standing.get();
    List<String> paths = Masks.paths(operation.getUpdateMask());
    int found = checks.found();
    mask(checks, paths);
    if (checks.found() > found) return;
    Group.Builder builder = before.toBuilder();
    Masks.set(builder, operation.getGroup(), paths);
    Group after = builder.build();
    if (pass.checksLimits()) GroupRules.name(inner, after);
    draft.put(after);
    if (pass.checksState()) {
      locks(draft, inner, before, after, paths);
      if (paths.contains("parent_id")) parent(draft, inner, after);
    }
    if (checks.found() > found) {
      draft.put(before);
    } else if (after.equals(before)) {
      pass.applied(Operations.update(after, paths));
    } else {
      pass.applied(Operations.update(after, paths), Operations.update(before, paths));
    }
  }

  private static void mask(Checks checks, List<String> paths) {
    if (paths.isEmpty()) checks.add("update_mask", "is required");
    for (String path : paths) {
      if (!PATHS.contains(path)) {
        checks.add(
            "update_mask",
            "must hold name, parent_id, hidden and locked alone, got '%s'"
                .formatted(Violations.clip(path)));
      }
    }
  }

  private static void locks(
      Draft draft, Checks checks, Group before, Group after, List<String> paths) {
    if (paths.equals(LOCKED)) return;
    boolean unlocks = paths.contains("locked") && !after.getLocked();
    if (draft.isLocked(before.getParentId()) || (before.getLocked() && !unlocks)) {
      checks.add("id", locked(before.getId()));
    }
  }

  private static String locked(String id) {
    return "names a group that is locked, '" + id + "'";
  }

  private static void parent(Draft draft, Checks checks, Group group) {
    Optional<String> problem = GroupRules.treeProblem(draft.groups());
    if (problem.isPresent()) {
      checks.add("parent_id", problem.get());
    } else if (draft.isLocked(group.getParentId())) {
      checks.add("parent_id", locked(group.getParentId()));
    }
  }

  /** Hands what belongs to the group to its parent, by operations of their own, and removes it. */
  static void remove(Pass pass, Checks checks, RemoveGroup operation) {
    Draft draft = pass.draft();
    Optional<Group> standing = group(draft, checks, "group_id", operation.getGroupId());
    if (standing.isEmpty()) return;
    Group group = standing.get();
    List<Layer> layers = draft.layersOf(group.getId());
    List<Group> groups = draft.groupsOf(group.getId());
    int found = checks.found();
    if (pass.checksState()) removable(draft, checks, group);
    if (checks.found() > found) return;
    for (Layer layer : layers) {
      Layer after = layer.toBuilder().setGroupId(group.getParentId()).build();
      draft.put(after);
      pass.applied(Operations.update(after, GROUP_ID), Operations.update(layer, GROUP_ID));
    }
    for (Group child : groups) {
      Group after = child.toBuilder().setParentId(group.getParentId()).build();
      draft.put(after);
      pass.applied(Operations.update(after, PARENT_ID), Operations.update(child, PARENT_ID));
    }
    draft.removeGroup(group.getId());
    pass.applied(Operations.remove(group), Operations.add(group));
  }

  private static void removable(Draft draft, Checks checks, Group group) {
    if (draft.isLocked(group.getId())) checks.add("group_id", locked(group.getId()));
    draft.layersOf(group.getId()).stream()
        .filter(Layer::getLocked)
        .findFirst()
        .ifPresent(
            layer -> checks.add("group_id", "holds a layer that is locked, " + layer.getId()));
    draft.groupsOf(group.getId()).stream()
        .filter(Group::getLocked)
        .findFirst()
        .ifPresent(
            child -> checks.add("group_id", "holds a group that is locked, " + child.getId()));
  }

  private static Optional<Group> group(Draft draft, Checks checks, String field, String id) {
    Optional<Group> group = draft.group(id);
    if (group.isEmpty()) checks.add(field, GroupRules.unknown(id));
    return group;
  }
}
