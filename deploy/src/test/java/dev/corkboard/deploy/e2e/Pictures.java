// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.e2e;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;

/** Draws pictures for tests; each seed another one. */
public final class Pictures {
  private Pictures() {}

  static byte[] bytes(String format, int width, int height, int seed) {
    return bytes(format, width, height, seed, BufferedImage.TYPE_INT_RGB);
  }

  /** A picture that can be a mask: a PNG in 256 greys. */
  static byte[] mask(int width, int height, int seed) {
    return bytes("png", width, height, seed, BufferedImage.TYPE_BYTE_GRAY);
  }

  private static byte[] bytes(String format, int width, int height, int seed, int type) {
    BufferedImage image = new BufferedImage(width, height, type);
    Graphics2D graphics = image.createGraphics();
    graphics.setPaint(
        new GradientPaint(
            0,
            0,
            new Color(seed * 7919 & 0xFFFFFF),
            width,
            height,
            new Color(seed * 104_729 & 0xFFFFFF)));
    graphics.fillRect(0, 0, width, height);
    graphics.dispose();
    try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      ImageIO.write(image, format, out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static String base64(String format, int width, int height, int seed) {
    return Base64.getEncoder().encodeToString(bytes(format, width, height, seed));
  }
}
