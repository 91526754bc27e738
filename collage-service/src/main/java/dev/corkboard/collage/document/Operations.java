// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.document;

import com.google.protobuf.FieldMask;
import dev.corkboard.collage.v1.AddGroup;
import dev.corkboard.collage.v1.AddLayer;
import dev.corkboard.collage.v1.Canvas;
import dev.corkboard.collage.v1.Document;
import dev.corkboard.collage.v1.Group;
import dev.corkboard.collage.v1.Layer;
import dev.corkboard.collage.v1.Operation;
import dev.corkboard.collage.v1.RemoveGroup;
import dev.corkboard.collage.v1.RemoveLayer;
import dev.corkboard.collage.v1.ReorderLayer;
import dev.corkboard.collage.v1.ReplaceDocument;
import dev.corkboard.collage.v1.UpdateCanvas;
import dev.corkboard.collage.v1.UpdateGroup;
import dev.corkboard.collage.v1.UpdateLayer;
import java.util.List;

/** Makes operations as they are kept: with what they change and nothing else. */
public final class Operations {
  private Operations() {}

  static Operation add(Layer layer) {
    return Operation.newBuilder().setAddLayer(AddLayer.newBuilder().setLayer(layer)).build();
  }

  static Operation remove(Layer layer) {
    return Operation.newBuilder()
        .setRemoveLayer(RemoveLayer.newBuilder().setLayerId(layer.getId()))
        .build();
  }

  /** Moves a layer to the order key it has here. */
  static Operation reorder(Layer layer) {
    return Operation.newBuilder()
        .setReorderLayer(
            ReorderLayer.newBuilder().setLayerId(layer.getId()).setOrderKey(layer.getOrderKey()))
        .build();
  }

  /** Gives a layer the values it has here at these paths. */
  static Operation update(Layer values, List<String> paths) {
    Layer.Builder layer = Layer.newBuilder().setId(values.getId());
    Masks.set(layer, values, paths);
    return Operation.newBuilder()
        .setUpdateLayer(UpdateLayer.newBuilder().setLayer(layer).setUpdateMask(mask(paths)))
        .build();
  }

  static Operation update(Canvas values, List<String> paths) {
    Canvas.Builder canvas = Canvas.newBuilder();
    Masks.set(canvas, values, paths);
    return Operation.newBuilder()
        .setUpdateCanvas(UpdateCanvas.newBuilder().setCanvas(canvas).setUpdateMask(mask(paths)))
        .build();
  }

  static Operation add(Group group) {
    return Operation.newBuilder().setAddGroup(AddGroup.newBuilder().setGroup(group)).build();
  }

  static Operation remove(Group group) {
    return Operation.newBuilder()
        .setRemoveGroup(RemoveGroup.newBuilder().setGroupId(group.getId()))
        .build();
  }

  static Operation update(Group values, List<String> paths) {
    Group.Builder group = Group.newBuilder().setId(values.getId());
    Masks.set(group, values, paths);
    return Operation.newBuilder()
        .setUpdateGroup(UpdateGroup.newBuilder().setGroup(group).setUpdateMask(mask(paths)))
        .build();
  }

  /** Sets everything. */
  public static Operation replace(Document document) {
    return Operation.newBuilder()
        .setReplaceDocument(ReplaceDocument.newBuilder().setDocument(document))
        .build();
  }

  private static FieldMask mask(List<String> paths) {
    return FieldMask.newBuilder().addAllPaths(paths).build();
  }
}
