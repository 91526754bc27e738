// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import dev.corkboard.collage.v1.Document;
import dev.corkboard.collage.v1.Group;
import dev.corkboard.collage.v1.Layer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The layers that are drawn. */
public final class VisibleLayers {
  private final Map<String, Group> groups = new HashMap<>();

  private VisibleLayers(List<Group> groups) {
    groups.forEach(group -> this.groups.put(group.getId(), group));
  }

  /** Bottom to top, without those that are hidden or lie in a hidden group, however deep. */
  static List<Layer> of(Document document) {
    VisibleLayers visible = new VisibleLayers(document.getGroupsList());
    return document.getLayersList().stream().filter(visible::isShown).toList();
  }

  /** The document without its other layers. */
  public static Document only(Document document) {
    return document.toBuilder().clearLayers().addAllLayers(of(document)).build();
  }

  private boolean isShown(Layer layer) {
    if (layer.getHidden()) return false;
    Set<String> seen = new HashSet<>();
    Group group = groups.get(layer.getGroupId());
    while (group != null && seen.add(group.getId())) {
      if (group.getHidden()) return false;
      group = groups.get(group.getParentId());
    }
    return true;
  }
}
