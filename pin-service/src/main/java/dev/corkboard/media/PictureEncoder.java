// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import dev.corkboard.picture.PictureFormat;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Writes renditions: JPEG, or PNG where a picture has alpha; pixels only, no metadata. */
final class PictureEncoder {
  private static final float JPEG_QUALITY = 0.85f;

  private PictureEncoder() {}

  static PictureFormat formatOf(BufferedImage image) {
    return image.getColorModel().hasAlpha() ? PictureFormat.PNG : PictureFormat.JPEG;
  }

  static byte[] encode(BufferedImage image) throws IOException {
    PictureFormat format = formatOf(image);
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format.readerName()).next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      ImageWriteParam param = writer.getDefaultWriteParam();
      if (format == PictureFormat.JPEG) {
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionQuality(JPEG_QUALITY);
      }
      writer.write(null, new IIOImage(image, null, null), param);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
