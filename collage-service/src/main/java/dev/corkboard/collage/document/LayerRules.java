// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.document;

import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.corkboard.collage.v1.BlendMode;
import dev.corkboard.collage.v1.DropShadow;
import dev.corkboard.collage.v1.Layer;
import dev.corkboard.collage.v1.Placement;
import dev.corkboard.platform.check.Violations;
import java.util.Optional;
import java.util.function.IntPredicate;

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
    fields(checks, layer, Layer.getDefaultInstance(), field -> true);
  }

  /** Checks what an update made of a layer; what it left as it was is not looked at again. */
  void check(Checks checks, Layer layer, Layer before) {
    fields(checks, layer, before, field -> !value(layer, field).equals(value(before, field)));
  }

  private static Optional<Object> value(Layer layer, int number) {
    FieldDescriptor field = Layer.getDescriptor().findFieldByNumber(number);
    boolean present = !field.hasPresence() || layer.hasField(field);
    return present ? Optional.of(layer.getField(field)) : Optional.empty();
  }

  static void orderKey(Checks checks, String field, String key) {
    if (!OrderKeys.isKey(key)) {
      checks.add(
          field,
          "must be 1 to 64 of 0-9 A-Z a-z and not end in 0, got '" + Violations.clip(key) + "'");
    }
  }

  private void fields(Checks checks, Layer layer, Layer before, IntPredicate changed) {
    if (changed.test(Layer.NAME_FIELD_NUMBER)) checks.text("name", layer.getName(), 0, MAX_NAME);
    if (changed.test(Layer.PLACEMENT_FIELD_NUMBER)) {
      if (!layer.hasPlacement()) checks.add("placement", "is required");
      if (layer.hasPlacement()) placement(checks.in("placement"), layer.getPlacement());
    }
    if (changed.test(Layer.OPACITY_FIELD_NUMBER) && layer.hasOpacity()) {
      checks.range("opacity", layer.getOpacity(), 0, 1);
    }
    if (layer.getBlendMode() == BlendMode.UNRECOGNIZED) {
      checks.add("blend_mode", "has no value " + layer.getBlendModeValue());
    }
    if (changed.test(Layer.GROUP_ID_FIELD_NUMBER))
      checks.optionalId("group_id", layer.getGroupId());
    if (changed.test(Layer.DROP_SHADOW_FIELD_NUMBER) && layer.hasDropShadow()) {
      shadow(checks.in("drop_shadow"), layer.getDropShadow());
    }
    boolean empty = layer.getContentCase() == Layer.ContentCase.CONTENT_NOT_SET;
    if (empty || changed.test(layer.getContentCase().getNumber())) {
      contents.check(checks, layer, before);
    }
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
