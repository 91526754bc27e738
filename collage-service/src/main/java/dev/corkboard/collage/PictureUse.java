// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import dev.corkboard.collage.document.Pictures;
import dev.corkboard.collage.v1.Document;
import dev.corkboard.collage.v1.Layer;
import dev.corkboard.collage.v1.Operation;
import dev.corkboard.collage.v1.Picture;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The pictures that a request brings.
 *
 * @param all each once
 * @param masks those that are masks
 */
record PictureUse(Set<Picture> all, Set<Picture> masks) {
  static PictureUse of(Document document) {
    PictureUse use = new PictureUse(new HashSet<>(), new HashSet<>());
    Pictures.forEach(document, use.all::add);
    document.getLayersList().forEach(use::mask);
    return use;
  }

  static PictureUse of(List<Operation> operations) {
    PictureUse use = new PictureUse(new HashSet<>(), new HashSet<>());
    for (Operation operation : operations) {
      Pictures.forEach(operation, use.all::add);
      if (operation.hasAddLayer()) use.mask(operation.getAddLayer().getLayer());
      if (operation.hasUpdateLayer()) use.mask(operation.getUpdateLayer().getLayer());
    }
    return use;
  }

  private void mask(Layer layer) {
    if (layer.getCutOut().hasMask() && layer.getCutOut().getMask().hasPicture()) {
      masks.add(layer.getCutOut().getMask().getPicture());
    }
  }

  /** The asset keys that writers gave. */
  Set<String> assetKeys() {
    return all.stream()
        .filter(Picture::hasAssetKey)
        .map(Picture::getAssetKey)
        .collect(Collectors.toSet());
  }
}
