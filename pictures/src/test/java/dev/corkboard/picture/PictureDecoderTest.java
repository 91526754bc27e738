// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PictureDecoderTest {
  private final PictureDecoder decoder = new PictureDecoder();

  private static byte[] png(BufferedImage image) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }

  private BufferedImage decode(byte[] bytes) throws IOException {
    PictureFormat format = PictureFormat.sniff(bytes).orElseThrow();
    return decoder.decode(PictureHeader.read(format, bytes), bytes);
  }

  @Test
  void everyShadeOfGreyStaysWhatItIs() throws IOException {
    BufferedImage grey = new BufferedImage(256, 1, BufferedImage.TYPE_BYTE_GRAY);
    for (int x = 0; x < 256; x++) grey.getRaster().setSample(x, 0, 0, x);
    BufferedImage decoded = decode(png(grey));
    for (int x = 0; x < 256; x++) {
      assertThat(decoded.getRGB(x, 0)).isEqualTo(0xFF000000 | x * 0x010101);
    }
  }

  @Test
  void alphaIsKeptWhereItIsUsed() throws IOException {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0xFF112233);
    image.setRGB(1, 0, 0x80445566);
    assertThat(decode(png(image)).getRGB(1, 0)).isEqualTo(0x80445566);
    image.setRGB(1, 0, 0xFF445566);
    assertThat(decode(png(image)).getColorModel().hasAlpha()).isFalse();
  }

  @Test
  void aPictureOfManyPixelsIsReadSmaller() throws IOException {
    BufferedImage decoded =
        decode(png(new BufferedImage(8_000, 2_000, BufferedImage.TYPE_BYTE_GRAY)));
    assertThat((long) decoded.getWidth() * decoded.getHeight())
        .isLessThanOrEqualTo(PictureDecoder.MAX_DECODED_PIXELS);
    assertThat(decoded.getWidth()).isEqualTo(4 * decoded.getHeight());
  }

  @Test
  void uprightIsAsEverySenseOfExifSays() {
    BufferedImage stored = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
    stored.setRGB(0, 0, 0xFF0000);
    int[][] corners = {{0, 0}, {2, 0}, {2, 1}, {0, 1}, {0, 0}, {1, 0}, {1, 2}, {0, 2}};
    for (int orientation = 1; orientation <= 8; orientation++) {
      PictureHeader header = PictureHeader.still(PictureFormat.JPEG, 3, 2, 1, orientation);
      BufferedImage shown = PictureDecoder.upright(header, stored);
      assertThat(shown.getWidth()).isEqualTo(header.shownWidth());
      assertThat(shown.getHeight()).isEqualTo(header.shownHeight());
      int[] corner = corners[orientation - 1];
      assertThat(shown.getRGB(corner[0], corner[1]))
          .as("sense " + orientation)
          .isEqualTo(0xFFFF0000);
    }
  }
}
