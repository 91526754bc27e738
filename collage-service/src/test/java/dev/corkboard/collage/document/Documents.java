// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.document;

import com.google.protobuf.FieldMask;
import dev.corkboard.collage.v1.AddGroup;
import dev.corkboard.collage.v1.AddLayer;
import dev.corkboard.collage.v1.Canvas;
import dev.corkboard.collage.v1.CutOutContent;
import dev.corkboard.collage.v1.Document;
import dev.corkboard.collage.v1.Ellipse;
import dev.corkboard.collage.v1.Group;
import dev.corkboard.collage.v1.ImageContent;
import dev.corkboard.collage.v1.Layer;
import dev.corkboard.collage.v1.Operation;
import dev.corkboard.collage.v1.Paint;
import dev.corkboard.collage.v1.Path;
import dev.corkboard.collage.v1.Picture;
import dev.corkboard.collage.v1.Placement;
import dev.corkboard.collage.v1.RemoveGroup;
import dev.corkboard.collage.v1.RemoveLayer;
import dev.corkboard.collage.v1.ReorderLayer;
import dev.corkboard.collage.v1.ShapeContent;
import dev.corkboard.collage.v1.TextContent;
import dev.corkboard.collage.v1.UpdateCanvas;
import dev.corkboard.collage.v1.UpdateGroup;
import dev.corkboard.collage.v1.UpdateLayer;
import dev.corkboard.media.v1.Image;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Documents and operations for tests. */
public final class Documents {
  public static final DocumentRules RULES = DocumentRules.of(Set.of("Noto Sans", "Noto Serif"));

  public static final Document EMPTY =
      Document.newBuilder().setCanvas(Canvas.newBuilder().setWidth(800).setHeight(600)).build();

  private Documents() {}

  public static Placement placement() {
    return Placement.newBuilder().setCenterX(10).setCenterY(20).setWidth(30).setHeight(40).build();
  }

  public static Layer shape(String id) {
    return Layer.newBuilder()
        .setId(id)
        .setPlacement(placement())
        .setShape(
            ShapeContent.newBuilder()
                .setEllipse(Ellipse.getDefaultInstance())
                .setFill(Paint.newBuilder().setColor("#102030")))
        .build();
  }

  public static Layer text(String id, String words) {
    return Layer.newBuilder()
        .setId(id)
        .setPlacement(placement())
        .setText(
            TextContent.newBuilder()
                .setText(words)
                .setFontFamily("Noto Sans")
                .setFontSize(12)
                .setColor("#000000"))
        .build();
  }

  public static Picture picture(String assetKey) {
    return Picture.newBuilder()
        .setImage(
            Image.newBuilder()
                .setAssetKey(assetKey)
                .setContentType("image/png")
                .setWidth(100)
                .setHeight(50))
        .build();
  }

  public static Layer image(String id, String assetKey) {
    return Layer.newBuilder()
        .setId(id)
        .setPlacement(placement())
        .setImage(ImageContent.newBuilder().setPicture(picture(assetKey)))
        .build();
  }

  /** A layer with an upload, as a client writes it. */
  public static Layer uploaded(String id, String assetKey) {
    return image(id, assetKey).toBuilder()
        .setImage(ImageContent.newBuilder().setPicture(Picture.newBuilder().setAssetKey(assetKey)))
        .build();
  }

  public static Layer cutOut(String id, String assetKey) {
    return Layer.newBuilder()
        .setId(id)
        .setPlacement(placement())
        .setCutOut(
            CutOutContent.newBuilder()
                .setPicture(picture(assetKey))
                .setPath(Path.newBuilder().setD("M0 0H1V1Z")))
        .build();
  }

  public static Document with(Layer... layers) {
    Document.Builder document = EMPTY.toBuilder();
    for (Layer layer : layers) {
      String key = "V%03d".formatted(document.getLayersCount() + 1);
      document.addLayers(layer.toBuilder().setOrderKey(key.replaceFirst("0$", "01")));
    }
    return document.build();
  }

  public static Layer change(Layer layer, Consumer<Layer.Builder> change) {
    Layer.Builder changed = layer.toBuilder();
    change.accept(changed);
    return changed.build();
  }

  public static Layer layer(Document document, String id) {
    return document.getLayersList().stream()
        .filter(layer -> layer.getId().equals(id))
        .findFirst()
        .orElseThrow();
  }

  public static List<String> ids(Document document) {
    return document.getLayersList().stream().map(Layer::getId).toList();
  }

  public static Operation add(Layer layer) {
    return Operation.newBuilder().setAddLayer(AddLayer.newBuilder().setLayer(layer)).build();
  }

  public static Operation update(Layer values, String... paths) {
    return Operation.newBuilder()
        .setUpdateLayer(UpdateLayer.newBuilder().setLayer(values).setUpdateMask(mask(paths)))
        .build();
  }

  /** Turns a layer. */
  public static Operation turn(String id, double degrees) {
    return update(
        Layer.newBuilder()
            .setId(id)
            .setPlacement(Placement.newBuilder().setRotation(degrees))
            .build(),
        "placement.rotation");
  }

  public static Operation rename(String id, String name) {
    return update(Layer.newBuilder().setId(id).setName(name).build(), "name");
  }

  public static Operation lock(String id, boolean locked) {
    return update(Layer.newBuilder().setId(id).setLocked(locked).build(), "locked");
  }

  public static Operation assign(String id, String groupId) {
    return update(Layer.newBuilder().setId(id).setGroupId(groupId).build(), "group_id");
  }

  public static Operation remove(String layerId) {
    return Operation.newBuilder()
        .setRemoveLayer(RemoveLayer.newBuilder().setLayerId(layerId))
        .build();
  }

  public static Operation reorder(String layerId, Consumer<ReorderLayer.Builder> position) {
    ReorderLayer.Builder reorder = ReorderLayer.newBuilder().setLayerId(layerId);
    position.accept(reorder);
    return Operation.newBuilder().setReorderLayer(reorder).build();
  }

  public static Operation canvas(Canvas values, String... paths) {
    return Operation.newBuilder()
        .setUpdateCanvas(UpdateCanvas.newBuilder().setCanvas(values).setUpdateMask(mask(paths)))
        .build();
  }

  public static Group group(String id, String parentId) {
    return Group.newBuilder().setId(id).setParentId(parentId).build();
  }

  public static Operation addGroup(Group group) {
    return Operation.newBuilder().setAddGroup(AddGroup.newBuilder().setGroup(group)).build();
  }

  public static Operation updateGroup(Group values, String... paths) {
    return Operation.newBuilder()
        .setUpdateGroup(UpdateGroup.newBuilder().setGroup(values).setUpdateMask(mask(paths)))
        .build();
  }

  public static Operation removeGroup(String groupId) {
    return Operation.newBuilder()
        .setRemoveGroup(RemoveGroup.newBuilder().setGroupId(groupId))
        .build();
  }

  private static FieldMask mask(String... paths) {
    return FieldMask.newBuilder().addAllPaths(List.of(paths)).build();
  }
}
