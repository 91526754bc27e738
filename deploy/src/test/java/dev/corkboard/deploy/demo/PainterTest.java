// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PainterTest {
  @Test
  void theSameNumberGivesTheSamePictureAndAnotherNumberAnother() {
    assertThat(Painter.paint(6).base64()).isEqualTo(Painter.paint(6).base64());
    assertThat(Painter.paint(6).base64()).isNotEqualTo(Painter.paint(7).base64());
  }

  @Test
  void picturesDifferInFormatAndSizeAndAreNotOfOneColour() throws IOException {
    Set<String> types = new HashSet<>();
    Set<Integer> widths = new HashSet<>();
    for (int number = 1; number <= 7; number++) {
      Picture picture = Painter.paint(number);
      BufferedImage image =
          ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(picture.base64())));
      types.add(picture.contentType());
      widths.add(image.getWidth());
      assertThat(image.getRGB(0, 0))
          .isNotEqualTo(image.getRGB(image.getWidth() - 1, image.getHeight() - 1));
    }
    assertThat(types).containsExactlyInAnyOrder("image/png", "image/jpeg");
    assertThat(widths).hasSizeGreaterThan(4);
  }
}
