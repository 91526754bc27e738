// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.document;

import dev.corkboard.collage.v1.Document;
import dev.corkboard.collage.v1.Group;
import dev.corkboard.collage.v1.Layer;
import dev.corkboard.platform.check.Violations;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The limits of a document. */
public final class DocumentRules {
  public static final int MAX_LAYERS = 200;
  public static final int MAX_GROUPS = 100;

  /** Bytes of the message: 2 MiB. */
  public static final int MAX_BYTES = 2 << 20;

  private final LayerRules layers;

  public DocumentRules(LayerRules layers) {
    this.layers = layers;
  }

  /** Rules for an installation that has these families of fonts. */
  public static DocumentRules of(Set<String> fontFamilies) {
    return new DocumentRules(new LayerRules(new ContentRules(fontFamilies)));
  }

  LayerRules layers() {
    return layers;
  }

  /**
   * Refuses a document that breaks a limit; order keys may be left out. Fails with INVALID_FIELD,
   * all fields at once.
   *
   * @param field where the document is in the request
   */
  public void require(String field, Document document) {
    Checks checks = Checks.begin();
    check(checks.in(field), document);
    totals(checks, field, document);
    checks.throwIfAny();
  }

  private void check(Checks checks, Document document) {
    if (document.hasCanvas()) {
      CanvasRules.check(checks.in("canvas"), document.getCanvas());
    } else {
      checks.add("canvas", "is required");
    }
    Map<String, Group> groups = new HashMap<>();
    for (Group group : document.getGroupsList()) groups.put(group.getId(), group);
    groups(checks, document, groups);
    layers(checks, document, groups);
  }

  private static void groups(Checks checks, Document document, Map<String, Group> groups) {
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < Math.min(document.getGroupsCount(), MAX_GROUPS); i++) {
      Group group = document.getGroups(i);
      Checks inner = checks.in("groups", i);
      GroupRules.check(inner, group);
      GroupRules.parentProblem(group, groups).ifPresent(problem -> inner.add("parent_id", problem));
      unique(inner, "id", group.getId(), ids);
    }
  }

  private void layers(Checks checks, Document document, Map<String, Group> groups) {
    Set<String> ids = new HashSet<>();
    Set<String> keys = new HashSet<>();
    for (int i = 0; i < Math.min(document.getLayersCount(), MAX_LAYERS); i++) {
      Layer layer = document.getLayers(i);
      Checks inner = checks.in("layers", i);
      layers.check(inner, layer);
      unique(inner, "id", layer.getId(), ids);
      if (!layer.getOrderKey().isEmpty()) unique(inner, "order_key", layer.getOrderKey(), keys);
      if (!layer.getGroupId().isEmpty() && !groups.containsKey(layer.getGroupId())) {
        inner.add("group_id", GroupRules.unknown(layer.getGroupId()));
      }
    }
  }

  private static void unique(Checks checks, String field, String value, Set<String> seen) {
    if (!seen.add(value)) checks.add(field, "is there twice: '" + Violations.clip(value) + "'");
  }

  /** Checks how much a document holds, in whatever field it came or was made. */
  static void totals(Checks checks, String field, Document document) {
    total(checks, field, "layers", document.getLayersCount(), MAX_LAYERS);
    total(checks, field, "groups", document.getGroupsCount(), MAX_GROUPS);
    total(checks, field, "bytes", document.getSerializedSize(), MAX_BYTES);
  }

  private static void total(Checks checks, String field, String what, int count, int max) {
    if (count > max) {
      checks.add(field, "must make at most %,d %s, got %,d".formatted(max, what, count));
    }
  }
}
