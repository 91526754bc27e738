// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.document;

import dev.corkboard.collage.document.Draft.NoRoomException;
import dev.corkboard.collage.v1.Document;
import dev.corkboard.collage.v1.Layer;

/** Brings a document that a client wrote into the order that documents are kept in. */
public final class DocumentOrder {
  private DocumentOrder() {}

  /**
   * The document with its layers in the order of their keys, those without one right above the
   * layer listed before them, and its groups in the order of their ids.
   *
   * @param document one that keeps to {@link DocumentRules}
   */
  public static Document complete(Document document) {
    Draft draft = new Draft(document.toBuilder().clearLayers().build());
    document.getLayersList().stream()
        .filter(layer -> !layer.getOrderKey().isEmpty())
        .forEach(draft::put);
    String before = "";
    for (Layer layer : document.getLayersList()) {
      if (layer.getOrderKey().isEmpty()) place(draft, layer, before);
      before = layer.getId();
    }
    return draft.build();
  }

  private static void place(Draft draft, Layer layer, String before) {
    try {
      draft.put(layer.toBuilder().setOrderKey(key(draft, before)).build());
    } catch (NoRoomException full) {
      draft.spread().forEach(draft::put);
      draft.put(layer.toBuilder().setOrderKey(key(draft, before)).build());
    }
  }

  private static String key(Draft draft, String before) {
    return draft
        .layer(before)
        .map(layer -> draft.keyAbove(layer.getOrderKey()))
        .orElseGet(draft::bottomKey);
  }
}
