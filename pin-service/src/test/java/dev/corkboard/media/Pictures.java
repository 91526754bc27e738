// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.stream.ImageOutputStream;

/** Drawn pictures: red, green, blue and yellow quarters, so that it shows which way up they are. */
final class Pictures {
  private static final AtomicInteger UNIQUE = new AtomicInteger((int) System.nanoTime());

  private Pictures() {}

  static BufferedImage quarters(int width, int height, int type) {
    BufferedImage image = new BufferedImage(width, height, type);
    Graphics2D graphics = image.createGraphics();
    int middle = width / 2;
    int centre = height / 2;
    fill(graphics, Color.RED, 0, 0, middle, centre);
    fill(graphics, Color.GREEN, middle, 0, width - middle, centre);
    fill(graphics, Color.BLUE, 0, centre, middle, height - centre);
    fill(graphics, Color.YELLOW, middle, centre, width - middle, height - centre);
    graphics.dispose();
    return image;
  }

  private static void fill(Graphics2D graphics, Color color, int x, int y, int width, int height) {
    graphics.setColor(color);
    graphics.fillRect(x, y, width, height);
  }

  static byte[] jpeg(int width, int height) {
    return write(quarters(width, height, BufferedImage.TYPE_INT_RGB), "jpeg");
  }

  static byte[] png(int width, int height) {
    return write(quarters(width, height, BufferedImage.TYPE_INT_RGB), "png");
  }

  /** A small picture whose bytes no other has. */
  static byte[] unique() {
    BufferedImage image = quarters(40, 30, BufferedImage.TYPE_INT_RGB);
    for (int bit = 0, n = UNIQUE.incrementAndGet(); bit < Integer.SIZE; bit++) {
      image.setRGB(bit, 0, (n >>> bit & 1) == 0 ? 0 : 0xFFFFFF);
    }
    long run = ProcessHandle.current().pid() * 1_000_003 + System.identityHashCode(UNIQUE);
    for (int bit = 0; bit < Integer.SIZE; bit++) {
      image.setRGB(bit, 1, (run >>> bit & 1) == 0 ? 0 : 0xFFFFFF);
    }
    return write(image, "png");
  }

  static byte[] write(BufferedImage image, String format) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, format, out)) throw new IllegalArgumentException(format);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static BufferedImage read(byte[] bytes) {
    try {
      return ImageIO.read(new ByteArrayInputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A sample made by another program: kinds of file that Java does not write. */
  static byte[] sample(String name) {
    try (InputStream in = Pictures.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] animatedGif(int width, int height, int frames) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.prepareWriteSequence(null);
      for (int i = 0; i < frames; i++) {
        BufferedImage frame = quarters(width, height, BufferedImage.TYPE_BYTE_INDEXED);
        IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(frame), null);
        writer.writeToSequence(new IIOImage(frame, null, metadata), null);
      }
      writer.endWriteSequence();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** Puts an EXIF block with nothing but the orientation behind the start of a JPEG file. */
  static byte[] withOrientation(byte[] jpeg, int orientation) {
    ByteBuffer out = ByteBuffer.allocate(jpeg.length + 36);
    out.put(jpeg, 0, 2).putShort((short) 0xFFE1).putShort((short) 34);
    out.put(new byte[] {'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1});
    out.putShort((short) 0x0112).putShort((short) 3).putInt(1);
    out.putShort((short) orientation).putShort((short) 0).putInt(0);
    return out.put(jpeg, 2, jpeg.length - 2).array();
  }

  /** A whole and valid PNG structure that declares a size its data does not have. */
  static byte[] bombPng(int width, int height) {
    byte[] png = png(1, 1);
    ByteBuffer header = ByteBuffer.wrap(png);
    header.putInt(16, width).putInt(20, height);
    CRC32 crc = new CRC32();
    crc.update(png, 12, 17);
    header.putInt(29, (int) crc.getValue());
    return png;
  }
}
