// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.collage.v1.Document;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Drawings are as they were when somebody last looked at them. After a change that is meant, write
 * them anew with {@code -Dgolden.write=true} and look at them.
 */
class GoldenTest {
  /** The most that a channel of a pixel may differ by: other JDKs bring other font libraries. */
  private static final int TOLERANCE = 4;

  private static final Map<String, Document> DOCUMENTS =
      Map.of("words", Goldens.words(), "layers", Goldens.layers());

  @ParameterizedTest
  @ValueSource(strings = {"words", "layers"})
  void drawingsAreAsTheyWere(String name) throws IOException {
    Document document = DOCUMENTS.get(name);
    OutputSize size =
        new OutputSize(document.getCanvas().getWidth(), document.getCanvas().getHeight(), 1);
    BufferedImage drawing = new Renderer(Goldens.PICTURES).draw(document, size);
    String resource = "golden/" + name + ".png";
    if (Boolean.getBoolean("golden.write")) {
      Path file = Path.of("src/test/resources/dev/corkboard/collage/render", resource);
      Files.createDirectories(file.getParent());
      Files.write(file, PictureEncoder.png(drawing).toByteArray());
      return;
    }
    try (InputStream in = GoldenTest.class.getResourceAsStream(resource)) {
      assertThat(difference(drawing, ImageIO.read(in))).isLessThanOrEqualTo(TOLERANCE);
    }
  }

  private static int difference(BufferedImage one, BufferedImage two) {
    assertThat(one.getWidth()).isEqualTo(two.getWidth());
    assertThat(one.getHeight()).isEqualTo(two.getHeight());
    int most = 0;
    for (int y = 0; y < one.getHeight(); y++) {
      for (int x = 0; x < one.getWidth(); x++) {
        for (int shift = 0; shift < 32; shift += 8) {
          int a = (one.getRGB(x, y) >> shift) & 0xFF;
          int b = (two.getRGB(x, y) >> shift) & 0xFF;
          most = Math.max(most, Math.abs(a - b));
        }
      }
    }
    return most;
  }
}
