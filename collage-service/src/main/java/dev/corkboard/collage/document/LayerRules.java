// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.document;

import dev.corkboard.collage.v1.DropShadow;
import dev.corkboard.collage.v1.Layer;
import dev.corkboard.collage.v1.Placement;
import dev.corkboard.platform.check.Violations;

/** The limits of a layer by itself. */
public final class LayerRules {
  static final int MAX_NAME = 100;
  static final double MAX_CENTER = 100_000;
  static final double MAX_SIDE = 32_768;
  static final double MAX_SHADOW_OFFSET = 1_000;
  static final double MAX_BLUR = 100;

  private final ContentRules contents;

  public LayerRules(ContentRules contents) {
    this.contents = contents;
  }

  /** Checks a layer that is new; an order key may be left out. */
  void check(Checks checks, Layer layer) {
    checks.id("id", layer.getId());
    if (!layer.getOrderKey().isEmpty()) orderKey(checks, "order_key", layer.getOrderKey());
    fields(checks, layer, Layer.getDefaultInstance(), true);
  }

  /** Checks what an update made of a layer; what it left as it was is not looked at again. */
  void check(Checks checks, Layer layer, Layer before) {
    fields(checks, layer, before, false);
  }

  static void orderKey(Checks checks, String field, String key) {
    if (!OrderKeys.isKey(key)) {
      checks.add(
          field,
          "must be 1 to 64 of 0-9 A-Z a-z and not end in 0, got '" + Violations.clip(key) + "'");
    }
  }

  private void fields(Checks checks, Layer layer, Layer before, boolean all) {
    if (all || !layer.getName().equals(before.getName())) {
      checks.text("name", layer.getName(), 0, MAX_NAME);
    }
    if (!layer.hasPlacement()) checks.add("placement", "is required");
    if (layer.hasPlacement() && (all || !layer.getPlacement().equals(before.getPlacement()))) {
      placement(checks.in("placement"), layer.getPlacement());
    }
    if (layer.hasOpacity()) checks.range("opacity", layer.getOpacity(), 0, 1);
    checks.known("blend_mode", layer.getBlendMode(), layer.getBlendModeValue());
    checks.optionalId("group_id", layer.getGroupId());
    if (layer.hasDropShadow()) shadow(checks.in("drop_shadow"), layer.getDropShadow());
    if (all || !hasContentOf(layer, before)) contents.check(checks, layer, before);
  }

  private static boolean hasContentOf(Layer layer, Layer before) {
    return layer.getContentCase() == before.getContentCase()
        && layer.getContentCase() != Layer.ContentCase.CONTENT_NOT_SET
        && switch (layer.getContentCase()) {
          case IMAGE -> layer.getImage().equals(before.getImage());
          case CUT_OUT -> layer.getCutOut().equals(before.getCutOut());
          case TEXT -> layer.getText().equals(before.getText());
          case STROKE -> layer.getStroke().equals(before.getStroke());
          case SHAPE -> layer.getShape().equals(before.getShape());
          case CONTENT_NOT_SET -> false;
        };
  }

  private static void placement(Checks checks, Placement placement) {
    checks.range("center_x", placement.getCenterX(), -MAX_CENTER, MAX_CENTER);
    checks.range("center_y", placement.getCenterY(), -MAX_CENTER, MAX_CENTER);
    checks.size("width", placement.getWidth(), MAX_SIDE);
    checks.size("height", placement.getHeight(), MAX_SIDE);
    checks.range("rotation", placement.getRotation(), -360, 360);
  }

  private static void shadow(Checks checks, DropShadow shadow) {
    checks.range("offset_x", shadow.getOffsetX(), -MAX_SHADOW_OFFSET, MAX_SHADOW_OFFSET);
    checks.range("offset_y", shadow.getOffsetY(), -MAX_SHADOW_OFFSET, MAX_SHADOW_OFFSET);
    checks.range("blur", shadow.getBlur(), 0, MAX_BLUR);
    checks.color("color", shadow.getColor());
  }
}
