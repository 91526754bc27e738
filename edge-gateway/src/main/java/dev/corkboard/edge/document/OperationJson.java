// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.document;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.FieldMask;
import dev.corkboard.collage.v1.Canvas;
import dev.corkboard.collage.v1.Group;
import dev.corkboard.collage.v1.Layer;
import dev.corkboard.collage.v1.Operation;
import dev.corkboard.collage.v1.ReorderLayer;
import dev.corkboard.collage.v1.UpdateCanvas;
import dev.corkboard.collage.v1.UpdateGroup;
import dev.corkboard.collage.v1.UpdateLayer;
import dev.corkboard.edge.json.DocumentPaths;
import dev.corkboard.edge.media.MediaUrls;
import java.io.IOException;
import java.util.List;

/** Writes operations as they are read, and those that only the service makes. */
public final class OperationJson {
  private final DocumentJson documents;

  public OperationJson(MediaUrls urls) {
    this.documents = new DocumentJson(urls);
  }

  /** One operation. */
  public void write(JsonGenerator json, Operation operation) throws IOException {
    json.writeStartObject();
    switch (operation.getOperationCase()) {
      case ADD_LAYER -> {
        json.writeStringField("type", "add_layer");
        layer(json, operation.getAddLayer().getLayer());
      }
      case UPDATE_LAYER -> {
        json.writeStringField("type", "update_layer");
        UpdateLayer update = operation.getUpdateLayer();
        List<String> paths = paths(Layer.getDescriptor(), update.getUpdateMask());
        json.writeFieldName("layer");
        documents.layer(MaskFilter.of(json, paths), update.getLayer());
        mask(json, paths);
      }
      case REMOVE_LAYER -> {
        json.writeStringField("type", "remove_layer");
        json.writeStringField("layer_id", operation.getRemoveLayer().getLayerId());
      }
      case REORDER_LAYER -> {
        json.writeStringField("type", "reorder_layer");
        json.writeStringField("layer_id", operation.getReorderLayer().getLayerId());
        position(json, operation.getReorderLayer());
      }
      case UPDATE_CANVAS -> {
        json.writeStringField("type", "update_canvas");
        UpdateCanvas update = operation.getUpdateCanvas();
        List<String> paths = paths(Canvas.getDescriptor(), update.getUpdateMask());
        json.writeFieldName("canvas");
        documents.canvas(MaskFilter.of(json, paths), update.getCanvas());
        mask(json, paths);
      }
      case ADD_GROUP -> {
        json.writeStringField("type", "add_group");
        group(json, operation.getAddGroup().getGroup());
      }
      case UPDATE_GROUP -> {
        json.writeStringField("type", "update_group");
        UpdateGroup update = operation.getUpdateGroup();
        List<String> paths = paths(Group.getDescriptor(), update.getUpdateMask());
        json.writeFieldName("group");
        DocumentJson.group(MaskFilter.of(json, paths), update.getGroup());
        mask(json, paths);
      }
      case REMOVE_GROUP -> {
        json.writeStringField("type", "remove_group");
        json.writeStringField("group_id", operation.getRemoveGroup().getGroupId());
      }
      case REPLACE_DOCUMENT -> {
        json.writeStringField("type", "replace_document");
        documents.write(json, operation.getReplaceDocument().getDocument());
      }
      case OPERATION_NOT_SET -> json.writeStringField("type", "unknown");
    }
    json.writeEndObject();
  }

  private void layer(JsonGenerator json, Layer layer) throws IOException {
    json.writeFieldName("layer");
    documents.layer(json, layer);
  }

  private static void group(JsonGenerator json, Group group) throws IOException {
    json.writeFieldName("group");
    DocumentJson.group(json, group);
  }

  private static List<String> paths(Descriptor changed, FieldMask mask) {
    return mask.getPathsList().stream()
        .map(path -> DocumentPaths.toRest(changed, path))
        .distinct()
        .toList();
  }

  private static void mask(JsonGenerator json, List<String> paths) throws IOException {
    json.writeArrayFieldStart("update_mask");
    for (String path : paths) json.writeString(path);
    json.writeEndArray();
  }

  private static void position(JsonGenerator json, ReorderLayer reorder) throws IOException {
    json.writeObjectFieldStart("position");
    switch (reorder.getPositionCase()) {
      case ABOVE_LAYER_ID -> {
        json.writeStringField("type", "above_layer");
        json.writeStringField("layer_id", reorder.getAboveLayerId());
      }
      case BELOW_LAYER_ID -> {
        json.writeStringField("type", "below_layer");
        json.writeStringField("layer_id", reorder.getBelowLayerId());
      }
      case TO_FRONT -> json.writeStringField("type", "to_front");
      case TO_BACK -> json.writeStringField("type", "to_back");
      case ORDER_KEY -> {
        json.writeStringField("type", "order_key");
        json.writeStringField("order_key", reorder.getOrderKey());
      }
      case POSITION_NOT_SET -> {}
    }
    json.writeEndObject();
  }
}
