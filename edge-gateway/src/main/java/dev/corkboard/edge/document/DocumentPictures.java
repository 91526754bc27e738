// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.document;

import dev.corkboard.collage.v1.Canvas;
import dev.corkboard.collage.v1.CutOutContent;
import dev.corkboard.collage.v1.Document;
import dev.corkboard.collage.v1.Layer;
import dev.corkboard.collage.v1.Picture;
import java.util.LinkedHashSet;
import java.util.Set;

/** The pictures that documents show: of backgrounds, images, cut-outs and masks. */
public final class DocumentPictures {
  private DocumentPictures() {}

  /**
   * Makes another picture of the one at a path, such as {@code document.layers[0].image.picture}.
   */
  @FunctionalInterface
  public interface Change {
    Picture apply(String path, Picture picture);
  }

  /** The asset keys of all pictures as they are read, in the order they are met, each once. */
  public static Set<String> assetKeys(Document document) {
    Set<String> keys = new LinkedHashSet<>();
    map(
        document,
        (path, picture) -> {
          keys.add(picture.getImage().getAssetKey());
          return picture;
        });
    return keys;
  }

  /** The document with every picture changed. */
  public static Document map(Document document, Change change) {
    Document.Builder mapped = document.toBuilder();
    Canvas canvas = document.getCanvas();
    if (canvas.getBackground().hasPicture()) {
      mapped
          .getCanvasBuilder()
          .getBackgroundBuilder()
          .setPicture(
              change.apply(
                  "document.canvas.background.picture", canvas.getBackground().getPicture()));
    }
    for (int i = 0; i < document.getLayersCount(); i++) {
      mapped.setLayers(i, map("document.layers[" + i + "].", document.getLayers(i), change));
    }
    return mapped.build();
  }

  private static Layer map(String path, Layer layer, Change change) {
    Layer.Builder mapped = layer.toBuilder();
    if (layer.getImage().hasPicture()) {
      mapped
          .getImageBuilder()
          .setPicture(change.apply(path + "image.picture", layer.getImage().getPicture()));
    }
    CutOutContent cutOut = layer.getCutOut();
    if (cutOut.hasPicture()) {
      mapped
          .getCutOutBuilder()
          .setPicture(change.apply(path + "cut_out.picture", cutOut.getPicture()));
    }
    if (cutOut.getMask().hasPicture()) {
      mapped
          .getCutOutBuilder()
          .getMaskBuilder()
          .setPicture(change.apply(path + "cut_out.mask.picture", cutOut.getMask().getPicture()));
    }
    return mapped.build();
  }
}
