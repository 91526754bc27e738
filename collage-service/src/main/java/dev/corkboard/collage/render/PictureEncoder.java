// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import com.google.protobuf.ByteString;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Writes drawings as PNG and JPEG with the writers of the JDK, whatever else is installed. */
final class PictureEncoder {
  private static final float JPEG_QUALITY = 0.9f;

  private PictureEncoder() {}

  /** With alpha where the image has it. */
  static ByteString png(BufferedImage image) throws IOException {
    ImageWriter writer = writer("png");
    return write(writer, image, writer.getDefaultWriteParam());
  }

  /** Quality 0.9. The image is put on white in place, and so used up. */
  static ByteString jpeg(BufferedImage argb) throws IOException {
    ImageWriter writer = writer("jpeg");
    ImageWriteParam param = writer.getDefaultWriteParam();
    param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    param.setCompressionQuality(JPEG_QUALITY);
    return write(writer, Images.onWhite(argb), param);
  }

  /** The JDK's own writer of a format: which one ImageIO puts first depends on the class path. */
  static ImageWriter writer(String format) {
    Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName(format);
    while (writers.hasNext()) {
      ImageWriter writer = writers.next();
      if (writer.getClass().getModule().equals(ImageIO.class.getModule())) return writer;
    }
    throw new IllegalStateException("The JDK writes no " + format + ".");
  }

  private static ByteString write(ImageWriter writer, BufferedImage image, ImageWriteParam param)
      throws IOException {
    ByteString.Output bytes = ByteString.newOutput();
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), param);
    } finally {
      writer.dispose();
    }
    return bytes.toByteString();
  }
}
