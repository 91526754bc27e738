// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.document;

import static dev.corkboard.collage.document.Documents.EMPTY;
import static dev.corkboard.collage.document.Documents.add;
import static dev.corkboard.collage.document.Documents.canvas;
import static dev.corkboard.collage.document.Documents.change;
import static dev.corkboard.collage.document.Documents.cutOut;
import static dev.corkboard.collage.document.Documents.image;
import static dev.corkboard.collage.document.Documents.picture;
import static dev.corkboard.collage.document.Documents.remove;
import static dev.corkboard.collage.document.Documents.shape;
import static dev.corkboard.collage.document.Documents.update;
import static dev.corkboard.collage.document.Documents.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.collage.v1.Canvas;
import dev.corkboard.collage.v1.Document;
import dev.corkboard.collage.v1.Layer;
import dev.corkboard.collage.v1.Mask;
import dev.corkboard.collage.v1.Operation;
import dev.corkboard.collage.v1.Picture;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PicturesTest {
  private static final Layer MASKED =
      change(
          cutOut("masked", "cut"),
          l -> l.getCutOutBuilder().setMask(Mask.newBuilder().setPicture(picture("mask"))));

  private static Document gallery(String suffix) {
    Document.Builder document =
        with(image("image", "image"), shape("shape"), MASKED, cutOut("clipped", "clip"))
            .toBuilder();
    document.getCanvasBuilder().getBackgroundBuilder().setPicture(picture("sky"));
    return suffix.isEmpty()
        ? document.build()
        : Pictures.map(document.build(), picture -> renamed(picture, suffix));
  }

  private static Picture renamed(Picture picture, String suffix) {
    return picture(picture.getImage().getAssetKey() + suffix);
  }

  private static List<String> keys(Document document) {
    List<String> keys = new ArrayList<>();
    Pictures.forEach(document, picture -> keys.add(picture.getImage().getAssetKey()));
    return keys;
  }

  private static List<String> keys(Operation operation) {
    List<String> keys = new ArrayList<>();
    Pictures.forEach(operation, picture -> keys.add(picture.getImage().getAssetKey()));
    return keys;
  }

  @Test
  void findsAllPicturesOfADocument() {
    assertThat(keys(gallery(""))).containsExactly("sky", "image", "cut", "mask", "clip");
    assertThat(keys(EMPTY)).isEmpty();
  }

  @Test
  void replacesAllAndNothingElse() {
    assertThat(keys(gallery("2"))).containsExactly("sky2", "image2", "cut2", "mask2", "clip2");
    assertThat(Pictures.map(gallery(""), picture -> picture)).isEqualTo(gallery(""));
    assertThat(Pictures.map(EMPTY, picture -> renamed(picture, "2"))).isEqualTo(EMPTY);
  }

  @Test
  void findsAndReplacesThoseOfOperations() {
    Canvas sky = gallery("").getCanvas();
    List<Operation> operations =
        List.of(
            add(MASKED),
            update(image("image", "new"), "image"),
            canvas(sky, "background"),
            Operations.replace(gallery("")),
            remove("image"));
    assertThat(operations.stream().flatMap(o -> keys(o).stream()))
        .containsExactly("cut", "mask", "new", "sky", "sky", "image", "cut", "mask", "clip");
    for (Operation operation : operations) {
      assertThat(Pictures.map(operation, picture -> picture)).isEqualTo(operation);
      assertThat(keys(Pictures.map(operation, picture -> renamed(picture, "2"))))
          .containsExactlyElementsOf(keys(operation).stream().map(key -> key + "2").toList());
    }
  }
}
