// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.document;

import dev.corkboard.collage.v1.Canvas;
import dev.corkboard.collage.v1.CutOutContent;
import dev.corkboard.collage.v1.Document;
import dev.corkboard.collage.v1.Layer;
import dev.corkboard.collage.v1.Operation;
import dev.corkboard.collage.v1.Picture;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The pictures of documents and operations: of backgrounds, images, cut-outs and masks. */
public final class Pictures {
  private Pictures() {}

  /** Visits every picture of a document. */
  public static void forEach(Document document, Consumer<Picture> visitor) {
    map(document, visiting(visitor));
  }

  /** Visits every picture of an operation. */
  public static void forEach(Operation operation, Consumer<Picture> visitor) {
    map(operation, visiting(visitor));
  }

  private static UnaryOperator<Picture> visiting(Consumer<Picture> visitor) {
    return picture -> {
      visitor.accept(picture);
      return picture;
    };
  }

  /** The document with every picture replaced. */
  public static Document map(Document document, UnaryOperator<Picture> change) {
    Document.Builder mapped = document.toBuilder();
    if (document.hasCanvas()) mapped.setCanvas(map(document.getCanvas(), change));
    for (int i = 0; i < document.getLayersCount(); i++) {
      mapped.setLayers(i, map(document.getLayers(i), change));
    }
    return mapped.build();
  }

  /** The operation with every picture replaced. */
  public static Operation map(Operation operation, UnaryOperator<Picture> change) {
    Operation.Builder mapped = operation.toBuilder();
    switch (operation.getOperationCase()) {
      case ADD_LAYER ->
          mapped.getAddLayerBuilder().setLayer(map(operation.getAddLayer().getLayer(), change));
      case UPDATE_LAYER ->
          mapped
              .getUpdateLayerBuilder()
              .setLayer(map(operation.getUpdateLayer().getLayer(), change));
      case UPDATE_CANVAS ->
          mapped
              .getUpdateCanvasBuilder()
              .setCanvas(map(operation.getUpdateCanvas().getCanvas(), change));
      case REPLACE_DOCUMENT ->
          mapped
              .getReplaceDocumentBuilder()
              .setDocument(map(operation.getReplaceDocument().getDocument(), change));
      default -> {
        return operation;
      }
    }
    return mapped.build();
  }

  private static Canvas map(Canvas canvas, UnaryOperator<Picture> change) {
    if (!canvas.getBackground().hasPicture()) return canvas;
    Canvas.Builder mapped = canvas.toBuilder();
    mapped.getBackgroundBuilder().setPicture(change.apply(canvas.getBackground().getPicture()));
    return mapped.build();
  }

  private static Layer map(Layer layer, UnaryOperator<Picture> change) {
    Layer.Builder mapped = layer.toBuilder();
    if (layer.getImage().hasPicture()) {
      mapped.getImageBuilder().setPicture(change.apply(layer.getImage().getPicture()));
    }
    CutOutContent cutOut = layer.getCutOut();
    if (cutOut.hasPicture()) {
      mapped.getCutOutBuilder().setPicture(change.apply(cutOut.getPicture()));
    }
    if (cutOut.getMask().hasPicture()) {
      mapped
          .getCutOutBuilder()
          .getMaskBuilder()
          .setPicture(change.apply(cutOut.getMask().getPicture()));
    }
    return mapped.build();
  }
}
