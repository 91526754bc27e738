// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.document;

import dev.corkboard.collage.v1.AddLayer;
import dev.corkboard.collage.v1.Layer;
import dev.corkboard.collage.v1.Operation;
import dev.corkboard.collage.v1.RemoveLayer;
import dev.corkboard.collage.v1.ReorderLayer;
import dev.corkboard.collage.v1.UpdateLayer;
import dev.corkboard.platform.check.Violations;
import java.util.List;
import java.util.Optional;

/** Applies the operations on layers. */
final class LayerEdits {
  private static final List<String> LOCKED = List.of("locked");

  private final LayerRules rules;

  LayerEdits(LayerRules rules) {
    this.rules = rules;
  }

  void add(Pass pass, Checks checks, AddLayer operation) {
    Draft draft = pass.draft();
    Checks inner = checks.in("layer");
    Layer layer = operation.getLayer();
    if (pass.checksLimits()) rules.check(inner, layer);
    int found = checks.found();
    if (draft.layer(layer.getId()).isPresent()) inner.add("id", "is that of another layer");
    String key = layer.getOrderKey();
    if (draft.isTaken(key)) inner.add("order_key", "is that of another layer");
    if (pass.checksState()) group(draft, inner, layer);
    if (checks.found() > found) return;
    Layer added = key.isEmpty() ? layer.toBuilder().setOrderKey(draft.topKey()).build() : layer;
    draft.put(added);
    if (added.getLocked()) {
      Operation unlock = Operations.update(added.toBuilder().clearLocked().build(), LOCKED);
      pass.applied(Operations.add(added), unlock, Operations.remove(added));
    } else {
      pass.applied(Operations.add(added), Operations.remove(added));
    }
  }

  void update(Pass pass, Checks checks, UpdateLayer operation) {
    String id = operation.getLayer().getId();
    Optional<Layer> standing = layer(pass.draft(), checks.in("layer"), "id", id);
    if (standing.isEmpty()) return;
    Layer before = standing.get();
    List<String> paths = Masks.paths(operation.getUpdateMask());
    int found = checks.found();
    mask(checks, before, paths);
    if (checks.found() > found) return;
    Layer.Builder builder = before.toBuilder();
    Masks.set(builder, operation.getLayer(), paths);
    Layer after = builder.build();
    if (pass.checksState()) {
      locks(pass.draft(), checks.in("layer"), before, after, paths);
      if (paths.contains("group_id")) group(pass.draft(), checks.in("layer"), after);
      if (checks.found() > found) return;
    }
    if (pass.checksLimits()) rules.check(checks.in("layer"), after, before);
    pass.draft().put(after);
    Operation applied = Operations.update(after, paths);
    if (after.equals(before)) {
      pass.applied(applied);
    } else {
      pass.applied(applied, Operations.update(before, Masks.reverse(before, paths)));
    }
  }

  private static void mask(Checks checks, Layer before, List<String> paths) {
    if (paths.isEmpty()) checks.add("update_mask", "is required");
    for (String path : paths) {
      if (path.equals("id") || path.equals("order_key")) {
        checks.add("update_mask", "must not hold '" + path + "'");
      } else {
        Masks.problem(before, path).ifPresent(problem -> checks.add("update_mask", problem));
      }
    }
  }

  private static void locks(
      Draft draft, Checks checks, Layer before, Layer after, List<String> paths) {
    if (paths.equals(LOCKED)) return;
    boolean unlocks = paths.contains("locked") && !after.getLocked();
    if (draft.isLocked(before.getGroupId()) || (before.getLocked() && !unlocks)) {
      checks.add("id", locked(before.getId()));
    }
  }

  private static String locked(String id) {
    return "names a layer that is locked, '" + id + "'";
  }

  private static void group(Draft draft, Checks checks, Layer layer) {
    String group = layer.getGroupId();
    if (group.isEmpty()) return;
    if (draft.group(group).isEmpty()) checks.add("group_id", GroupRules.unknown(group));
    if (draft.isLocked(group)) checks.add("group_id", "names a group that is locked");
  }

  void remove(Pass pass, Checks checks, RemoveLayer operation) {
    unlocked(pass, checks, operation.getLayerId())
        .ifPresent(
            layer -> {
              pass.draft().removeLayer(layer.getId());
              pass.applied(Operations.remove(layer), Operations.add(layer));
            });
  }

  void reorder(Pass pass, Checks checks, ReorderLayer operation) {
    unlocked(pass, checks, operation.getLayerId())
        .ifPresent(
            layer -> {
              Draft draft = pass.draft();
              draft.removeLayer(layer.getId());
              Optional<String> key = key(draft, checks, operation, layer);
              Layer moved = layer.toBuilder().setOrderKey(key.orElse(layer.getOrderKey())).build();
              draft.put(moved);
              if (moved.equals(layer)) {
                pass.applied(Operations.reorder(moved));
              } else {
                pass.applied(Operations.reorder(moved), Operations.reorder(layer));
              }
            });
  }

  /** Where the layer goes among the others; none when the operation does not say it. */
  private static Optional<String> key(
      Draft others, Checks checks, ReorderLayer operation, Layer layer) {
    switch (operation.getPositionCase()) {
      case ABOVE_LAYER_ID -> {
        String above = operation.getAboveLayerId();
        return layer(others, checks, "above_layer_id", above)
            .map(other -> others.keyAbove(other.getOrderKey()));
      }
      case BELOW_LAYER_ID -> {
        String below = operation.getBelowLayerId();
        return layer(others, checks, "below_layer_id", below)
            .map(other -> others.keyBelow(other.getOrderKey()));
      }
      case TO_FRONT -> {
        if (operation.getToFront()) return Optional.of(others.topKey());
        checks.add("to_front", "must be true where it is set");
      }
      case TO_BACK -> {
        if (operation.getToBack()) return Optional.of(others.bottomKey());
        checks.add("to_back", "must be true where it is set");
      }
      case ORDER_KEY -> {
        LayerRules.orderKey(checks, "order_key", operation.getOrderKey());
        if (!others.isTaken(operation.getOrderKey())) return Optional.of(operation.getOrderKey());
        checks.add("order_key", "is that of another layer");
      }
      case POSITION_NOT_SET ->
          checks.add(
              "position",
              "needs above_layer_id, below_layer_id, to_front, to_back or order_key for '%s'"
                  .formatted(layer.getId()));
    }
    return Optional.empty();
  }

  private static Optional<Layer> unlocked(Pass pass, Checks checks, String id) {
    Draft draft = pass.draft();
    Optional<Layer> layer = layer(draft, checks, "layer_id", id);
    boolean refused =
        pass.checksState()
            && layer.isPresent()
            && (layer.get().getLocked() || draft.isLocked(layer.get().getGroupId()));
    if (!refused) return layer;
    checks.add("layer_id", locked(id));
    return Optional.empty();
  }

  private static Optional<Layer> layer(Draft draft, Checks checks, String field, String id) {
    Optional<Layer> layer = draft.layer(id);
    if (layer.isEmpty()) {
      checks.add(field, "names no layer of the collage, got '" + Violations.clip(id) + "'");
    }
    return layer;
  }
}
