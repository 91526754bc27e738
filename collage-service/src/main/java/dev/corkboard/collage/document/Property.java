// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.document;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.corkboard.collage.v1.Group;
import dev.corkboard.collage.v1.Layer;
import dev.corkboard.collage.v1.Operation;
import dev.corkboard.collage.v1.ReorderLayer;
import dev.corkboard.collage.v1.UpdateLayer;
import java.util.ArrayList;
import java.util.List;

/**
 * Something of a document that an edit changes or stands on. Two edits of which neither has seen
 * the other can both be applied when no property of one overlaps one of the other.
 *
 * @param id of the layer or group, or the order key; empty for canvas and document
 * @param path of the field, as in a field mask; empty is all of it. {@code layers.x} and {@code
 *     groups.x} of a group say that it takes in x, {@code neighbors.x} of a layer that x is put
 *     next to it, and the path of an order key is the layer that takes it
 */
public record Property(Target target, String id, String path) {
  /** What has properties. */
  public enum Target {
    DOCUMENT,
    CANVAS,
    LAYER,
    GROUP,
    ORDER_KEY
  }

  private static final Property EVERYTHING = new Property(Target.DOCUMENT, "", "");

  /** What operations touch, as far as they themselves tell. */
  public static List<Property> of(List<Operation> operations) {
    List<Property> touched = new ArrayList<>();
    for (Operation operation : operations) add(touched, operation);
    return touched.stream().distinct().toList();
  }

  private static void add(List<Property> touched, Operation operation) {
    switch (operation.getOperationCase()) {
      case ADD_LAYER -> {
        Layer layer = operation.getAddLayer().getLayer();
        touched.add(layer(layer.getId(), ""));
        join(touched, layer.getGroupId(), "layers." + layer.getId());
        takeKey(touched, layer.getOrderKey(), layer.getId());
      }
      case UPDATE_LAYER -> updateLayer(touched, operation.getUpdateLayer());
      case REMOVE_LAYER -> touched.add(layer(operation.getRemoveLayer().getLayerId(), ""));
      case REORDER_LAYER -> reorder(touched, operation.getReorderLayer());
      case UPDATE_CANVAS ->
          Masks.paths(operation.getUpdateCanvas().getUpdateMask())
              .forEach(path -> touched.add(new Property(Target.CANVAS, "", path)));
      case ADD_GROUP -> {
        Group group = operation.getAddGroup().getGroup();
        touched.add(group(group.getId(), ""));
        join(touched, group.getParentId(), "groups." + group.getId());
      }
      case UPDATE_GROUP -> {
        Group group = operation.getUpdateGroup().getGroup();
        for (String path : Masks.paths(operation.getUpdateGroup().getUpdateMask())) {
          touched.add(group(group.getId(), path));
          if (path.equals("parent_id")) {
            join(touched, group.getParentId(), "groups." + group.getId());
          }
        }
      }
      case REMOVE_GROUP -> touched.add(group(operation.getRemoveGroup().getGroupId(), ""));
      case REPLACE_DOCUMENT -> touched.add(EVERYTHING);
      case OPERATION_NOT_SET -> {}
    }
  }

  private static void updateLayer(List<Property> touched, UpdateLayer update) {
    Layer layer = update.getLayer();
    for (String path : Masks.paths(update.getUpdateMask())) {
      touched.add(layer(layer.getId(), path));
      if (path.equals("group_id")) join(touched, layer.getGroupId(), "layers." + layer.getId());
    }
  }

  private static void reorder(List<Property> touched, ReorderLayer reorder) {
    String id = reorder.getLayerId();
    touched.add(layer(id, "order_key"));
    takeKey(touched, reorder.getOrderKey(), id);
    for (String neighbor : List.of(reorder.getAboveLayerId(), reorder.getBelowLayerId())) {
      if (!neighbor.isEmpty()) touched.add(layer(neighbor, "neighbors." + id));
    }
  }

  private static void join(List<Property> touched, String groupId, String member) {
    if (!groupId.isEmpty()) touched.add(group(groupId, member));
  }

  private static void takeKey(List<Property> touched, String key, String layerId) {
    if (!key.isEmpty()) touched.add(new Property(Target.ORDER_KEY, key, layerId));
  }

  private static Property layer(String id, String path) {
    return new Property(Target.LAYER, id, path);
  }

  private static Property group(String id, String path) {
    return new Property(Target.GROUP, id, path);
  }

  /**
   * All of what it is a property of; properties overlap only if this is the same, or a document.
   */
  public Property whole() {
    return new Property(target, id, "");
  }

  /** Whether one is a part of the other, or they are fields of which only one can be set. */
  public boolean overlaps(Property other) {
    if (target == Target.DOCUMENT || other.target == Target.DOCUMENT) return true;
    if (target != other.target || !id.equals(other.id)) return false;
    return target == Target.ORDER_KEY || overlap(path, other.path);
  }

  private static boolean overlap(String one, String other) {
    if (one.isEmpty() || other.isEmpty()) return true;
    List<String> ones = Masks.names(one);
    List<String> others = Masks.names(other);
    Descriptor type = Layer.getDescriptor();
    for (int i = 0; i < Math.min(ones.size(), others.size()); i++) {
      if (!ones.get(i).equals(others.get(i)))
        return type != null && isOneof(type, ones.get(i), others.get(i));
      FieldDescriptor field = type == null ? null : type.findFieldByName(ones.get(i));
      boolean message = field != null && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
      type = message ? field.getMessageType() : null;
    }
    return true;
  }

  private static boolean isOneof(Descriptor type, String one, String other) {
    FieldDescriptor first = type.findFieldByName(one);
    FieldDescriptor second = type.findFieldByName(other);
    return first != null
        && second != null
        && first.getContainingOneof() != null
        && first.getContainingOneof().equals(second.getContainingOneof());
  }
}
