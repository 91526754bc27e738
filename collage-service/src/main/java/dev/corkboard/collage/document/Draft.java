// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.document;

import dev.corkboard.collage.v1.Canvas;
import dev.corkboard.collage.v1.Document;
import dev.corkboard.collage.v1.Group;
import dev.corkboard.collage.v1.Layer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** A document while operations are applied to it. */
final class Draft {
  /** Between two layers, or at an end, there is no order key left; new keys are needed. */
  static final class NoRoomException extends RuntimeException {
    NoRoomException() {
      super("no order key left", null, false, false);
    }
  }

  private final Map<String, Layer> layers = new HashMap<>();
  private final NavigableMap<String, String> order = new TreeMap<>();
  private final Map<String, Group> groups = new TreeMap<>();
  private Canvas canvas = Canvas.getDefaultInstance();

  Draft(Document document) {
    replace(document);
  }

  void replace(Document document) {
    layers.clear();
    order.clear();
    groups.clear();
    canvas = document.getCanvas();
    document.getLayersList().forEach(this::put);
    document.getGroupsList().forEach(this::put);
  }

  Document build() {
    Document.Builder document = Document.newBuilder().setCanvas(canvas);
    order.values().forEach(id -> document.addLayers(layers.get(id)));
    return document.addAllGroups(groups.values()).build();
  }

  Canvas canvas() {
    return canvas;
  }

  void put(Canvas next) {
    canvas = next;
  }

  Optional<Layer> layer(String id) {
    return Optional.ofNullable(layers.get(id));
  }

  /** Adds a layer, or replaces the one of its id. */
  void put(Layer layer) {
    removeLayer(layer.getId());
    layers.put(layer.getId(), layer);
    order.put(layer.getOrderKey(), layer.getId());
  }

  void removeLayer(String id) {
    Layer before = layers.remove(id);
    if (before != null) order.remove(before.getOrderKey());
  }

  /** The layers of a group, bottom to top. */
  List<Layer> layersOf(String groupId) {
    return order.values().stream()
        .map(layers::get)
        .filter(layer -> layer.getGroupId().equals(groupId))
        .toList();
  }

  Map<String, Group> groups() {
    return groups;
  }

  Optional<Group> group(String id) {
    return Optional.ofNullable(groups.get(id));
  }

  void put(Group group) {
    groups.put(group.getId(), group);
  }

  void removeGroup(String id) {
    groups.remove(id);
  }

  List<Group> groupsOf(String groupId) {
    return groups.values().stream().filter(g -> g.getParentId().equals(groupId)).toList();
  }

  /** Whether the group, or one it belongs to, is locked. */
  boolean isLocked(String groupId) {
    Group group = groups.get(groupId);
    return group != null && (group.getLocked() || isLocked(group.getParentId()));
  }

  boolean isTaken(String orderKey) {
    return order.containsKey(orderKey);
  }

  /** A key above that of every layer. */
  String topKey() {
    return fitting(OrderKeys.after(order.isEmpty() ? "" : order.lastKey()));
  }

  /** A key below that of every layer. */
  String bottomKey() {
    return fitting(OrderKeys.before(order.isEmpty() ? "" : order.firstKey()));
  }

  /** A key right above another one. */
  String keyAbove(String key) {
    String next = order.higherKey(key);
    return fitting(next == null ? OrderKeys.after(key) : OrderKeys.between(key, next));
  }

  /** A key right below another one. */
  String keyBelow(String key) {
    String next = order.lowerKey(key);
    return fitting(next == null ? OrderKeys.before(key) : OrderKeys.between(next, key));
  }

  private static String fitting(Optional<String> key) {
    return key.orElseThrow(NoRoomException::new);
  }

  /** The layers with new, short keys that none of them has now, in the same order. */
  List<Layer> spread() {
    List<String> keys = OrderKeys.spread(order.size(), order.keySet());
    List<Layer> spread = new ArrayList<>();
    for (String id : order.values()) {
      spread.add(layers.get(id).toBuilder().setOrderKey(keys.get(spread.size())).build());
    }
    return spread;
  }
}
