// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.document;

import com.google.protobuf.FieldMask;
import com.google.protobuf.Message;
import dev.corkboard.collage.v1.Canvas;
import dev.corkboard.collage.v1.Group;
import dev.corkboard.collage.v1.Layer;
import dev.corkboard.collage.v1.Operation;
import dev.corkboard.collage.v1.ReorderLayer;
import dev.corkboard.edge.http.Params;
import dev.corkboard.edge.json.DocumentPaths;
import dev.corkboard.edge.json.Echo;
import dev.corkboard.edge.json.JsonReader;
import dev.corkboard.platform.error.ApiException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads one operation on a document; which properties count depends on its type. */
public final class OperationReader {
  private static final int MAX_PATHS = 100;

  private static final Map<String, Operation.OperationCase> TYPES =
      Map.of(
          "add_layer", Operation.OperationCase.ADD_LAYER,
          "update_layer", Operation.OperationCase.UPDATE_LAYER,
          "remove_layer", Operation.OperationCase.REMOVE_LAYER,
          "reorder_layer", Operation.OperationCase.REORDER_LAYER,
          "update_canvas", Operation.OperationCase.UPDATE_CANVAS,
          "add_group", Operation.OperationCase.ADD_GROUP,
          "update_group", Operation.OperationCase.UPDATE_GROUP,
          "remove_group", Operation.OperationCase.REMOVE_GROUP);

  private static final Map<String, ReorderLayer.PositionCase> POSITIONS =
      Map.of(
          "above_layer", ReorderLayer.PositionCase.ABOVE_LAYER_ID,
          "below_layer", ReorderLayer.PositionCase.BELOW_LAYER_ID,
          "to_front", ReorderLayer.PositionCase.TO_FRONT,
          "to_back", ReorderLayer.PositionCase.TO_BACK,
          "order_key", ReorderLayer.PositionCase.ORDER_KEY);

  private final Operation.Builder operation = Operation.newBuilder();
  private final List<String> paths = new ArrayList<>();

  private OperationReader() {}

  /** The operation that comes. */
  public static Operation read(JsonReader in) throws IOException {
    OperationReader reader = new OperationReader();
    Operation.OperationCase type = Params.choose(in.path() + ".type", in.type(), TYPES);
    in.present((name, value) -> reader.property(type, name, value));
    reader.finish(type, in);
    return reader.operation.build();
  }

  private void property(Operation.OperationCase type, String name, JsonReader in)
      throws IOException {
    if (name.equals("update_mask")) {
      in.elements(MAX_PATHS, path -> paths.add(path.string()));
      return;
    }
    switch (type.name() + ' ' + name) {
      case "ADD_LAYER layer" -> operation.getAddLayerBuilder().setLayer(LayerReader.whole(in));
      case "UPDATE_LAYER layer" -> operation.getUpdateLayerBuilder().setLayer(LayerReader.part(in));
      case "REMOVE_LAYER layer_id" -> operation.getRemoveLayerBuilder().setLayerId(in.string());
      case "REORDER_LAYER layer_id" -> operation.getReorderLayerBuilder().setLayerId(in.string());
      case "REORDER_LAYER position" -> position(operation.getReorderLayerBuilder(), in);
      case "UPDATE_CANVAS canvas" ->
          operation.getUpdateCanvasBuilder().setCanvas(DocumentReader.canvas(in));
      case "ADD_GROUP group" -> operation.getAddGroupBuilder().setGroup(DocumentReader.group(in));
      case "UPDATE_GROUP group" ->
          operation.getUpdateGroupBuilder().setGroup(DocumentReader.group(in));
      case "REMOVE_GROUP group_id" -> operation.getRemoveGroupBuilder().setGroupId(in.string());
      default -> {}
    }
  }

  private static void position(ReorderLayer.Builder reorder, JsonReader in) throws IOException {
    ReorderLayer.PositionCase type = Params.choose(in.path() + ".type", in.type(), POSITIONS);
    String[] to = {""};
    in.present(
        (name, value) -> {
          boolean wanted =
              name.equals(type == ReorderLayer.PositionCase.ORDER_KEY ? "order_key" : "layer_id");
          if (wanted) to[0] = value.string();
        });
    switch (type) {
      case ABOVE_LAYER_ID -> reorder.setAboveLayerId(to[0]);
      case BELOW_LAYER_ID -> reorder.setBelowLayerId(to[0]);
      case ORDER_KEY -> reorder.setOrderKey(to[0]);
      case TO_FRONT -> reorder.setToFront(true);
      case TO_BACK -> reorder.setToBack(true);
      case POSITION_NOT_SET -> throw new IllegalStateException("not among the positions");
    }
  }

  /** What is not there is the service's to miss; the mask is put in its words. */
  private void finish(Operation.OperationCase type, JsonReader in) {
    switch (type) {
      case ADD_LAYER -> operation.getAddLayerBuilder();
      case UPDATE_LAYER -> {
        Layer layer = operation.getUpdateLayerBuilder().getLayer();
        operation.getUpdateLayerBuilder().setUpdateMask(mask(layer, in));
      }
      case REMOVE_LAYER -> operation.getRemoveLayerBuilder();
      case REORDER_LAYER -> operation.getReorderLayerBuilder();
      case UPDATE_CANVAS -> {
        Canvas canvas = operation.getUpdateCanvasBuilder().getCanvas();
        operation.getUpdateCanvasBuilder().setUpdateMask(mask(canvas, in));
      }
      case ADD_GROUP -> operation.getAddGroupBuilder();
      case UPDATE_GROUP -> {
        Group group = operation.getUpdateGroupBuilder().getGroup();
        operation.getUpdateGroupBuilder().setUpdateMask(mask(group, in));
      }
      case REMOVE_GROUP -> operation.getRemoveGroupBuilder();
      case REPLACE_DOCUMENT, OPERATION_NOT_SET ->
          throw new IllegalStateException("not among the operations");
    }
  }

  private FieldMask mask(Message values, JsonReader in) {
    FieldMask.Builder mask = FieldMask.newBuilder();
    for (int i = 0; i < paths.size(); i++) {
      List<String> known = DocumentPaths.toProto(values, paths.get(i));
      if (known.isEmpty()) {
        throw ApiException.invalid(
            in.path() + ".update_mask[" + i + "]",
            Echo.quoted(paths.get(i)) + " is no property of what is changed");
      }
      mask.addAllPaths(known);
    }
    return mask.build();
  }
}
