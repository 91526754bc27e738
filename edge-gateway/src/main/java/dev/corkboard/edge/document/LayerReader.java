// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.document;

import dev.corkboard.collage.v1.DropShadow;
import dev.corkboard.collage.v1.Layer;
import dev.corkboard.collage.v1.Placement;
import dev.corkboard.edge.http.Params;
import dev.corkboard.edge.json.JsonReader;
import java.io.IOException;

/** Reads layers. */
final class LayerReader {
  private LayerReader() {}

  /** A new layer: what a number of 0 would stand for must be there. */
  static Layer whole(JsonReader in) throws IOException {
    return layer(in, true);
  }

  /** The new values of some of a layer. */
  static Layer part(JsonReader in) throws IOException {
    return layer(in, false);
  }

  private static Layer layer(JsonReader in, boolean whole) throws IOException {
    Layer.Builder layer = Layer.newBuilder();
    in.present((name, value) -> property(layer, name, value, whole));
    return layer.build();
  }

  private static void property(Layer.Builder layer, String name, JsonReader in, boolean whole)
      throws IOException {
    switch (name) {
      case "id" -> layer.setId(in.string());
      case "name" -> layer.setName(in.string());
      case "placement" -> layer.setPlacement(placement(in, whole));
      case "opacity" -> layer.setOpacity(in.number());
      case "blend_mode" ->
          layer.setBlendMode(
              Params.choose(in.path(), in.string(), DocumentNames.BLEND_MODES.values()));
      case "locked" -> layer.setLocked(in.bool());
      case "hidden" -> layer.setHidden(in.bool());
      case "group_id" -> layer.setGroupId(in.string());
      case "drop_shadow" -> layer.setDropShadow(shadow(in));
      case "order_key" -> layer.setOrderKey(in.string());
      case "content" -> ContentReader.read(layer, in);
      default -> {}
    }
  }

  private static Placement placement(JsonReader in, boolean whole) throws IOException {
    Placement.Builder placement = Placement.newBuilder();
    boolean[] placed = new boolean[2];
    in.present(
        (name, value) -> {
          switch (name) {
            case "center_x" -> {
              placement.setCenterX(value.number());
              placed[0] = true;
            }
            case "center_y" -> {
              placement.setCenterY(value.number());
              placed[1] = true;
            }
            case "width" -> placement.setWidth(value.number());
            case "height" -> placement.setHeight(value.number());
            case "rotation" -> placement.setRotation(value.number());
            case "flip_horizontal" -> placement.setFlipHorizontal(value.bool());
            case "flip_vertical" -> placement.setFlipVertical(value.bool());
            default -> {}
          }
        });
    if (whole && !placed[0]) throw in.missing("center_x");
    if (whole && !placed[1]) throw in.missing("center_y");
    return placement.build();
  }

  private static DropShadow shadow(JsonReader in) throws IOException {
    DropShadow.Builder shadow = DropShadow.newBuilder();
    in.present(
        (name, value) -> {
          switch (name) {
            case "offset_x" -> shadow.setOffsetX(value.number());
            case "offset_y" -> shadow.setOffsetY(value.number());
            case "blur" -> shadow.setBlur(value.number());
            case "color" -> shadow.setColor(value.string());
            default -> {}
          }
        });
    return shadow.build();
  }
}
