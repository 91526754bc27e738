// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import static dev.corkboard.collage.render.Documents.box;
import static dev.corkboard.collage.render.Documents.canvas;
import static dev.corkboard.collage.render.Documents.image;
import static dev.corkboard.collage.render.Documents.rectangle;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.collage.v1.BlendMode;
import dev.corkboard.collage.v1.Document;
import dev.corkboard.collage.v1.DropShadow;
import dev.corkboard.collage.v1.Layer;
import dev.corkboard.collage.v1.Placement;
import java.awt.image.BufferedImage;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What the largest documents need is bounded: these run in the memory that all tests have. */
class LargeDrawingTest {
  private static final BufferedImage PICTURE =
      new BufferedImage(2_000, 1_500, BufferedImage.TYPE_3BYTE_BGR);

  @Test
  void twoHundredLayersOnALargeCanvas() throws IOException {
    Document.Builder document = canvas(2_160, 3_840, "#ffffff");
    for (int i = 0; i < 200; i++) {
      Placement placement =
          box(i * 7 - 300, i * 15 - 300, 1_000, 750).toBuilder().setRotation(i * 10 - 180).build();
      Layer.Builder layer =
          i % 4 == 0 ? image(placement, PICTURE) : rectangle(placement, "#ff000010");
      if (i % 10 == 0) {
        layer.setDropShadow(DropShadow.newBuilder().setOffsetX(9).setBlur(100).setColor("#000000"));
      }
      document.addLayers(layer.setBlendMode(BlendMode.forNumber(i % 7)));
    }
    BufferedImage drawing =
        new Renderer(image -> PICTURE).draw(document.build(), new OutputSize(2_160, 3_840, 1));
    assertThat(drawing.getRGB(2_159, 3_839)).isEqualTo(0xFFFFFFFF);
    assertThat(drawing.getRGB(1_000, 1_900)).isNotEqualTo(0xFFFFFFFF);
  }

  @Test
  void theLargestDrawingWithTheLargestShadow() throws IOException {
    DropShadow shadow =
        DropShadow.newBuilder()
            .setOffsetX(1_000)
            .setOffsetY(-1_000)
            .setBlur(100)
            .setColor("#000000")
            .build();
    Document document =
        canvas(6_300, 6_300)
            .addLayers(
                rectangle(box(-10_000, -10_000, 26_000, 26_000), "#ff0000").setDropShadow(shadow))
            .build();
    BufferedImage drawing =
        new Renderer(Documents.noPictures()).draw(document, new OutputSize(6_300, 6_300, 1));
    assertThat(drawing.getRGB(6_299, 0)).isEqualTo(0xFFFF0000);
  }
}
