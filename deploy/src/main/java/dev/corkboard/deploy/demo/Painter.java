// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.demo;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;

/** Draws pictures: the same number always gives the same picture, each number another. */
final class Painter {
  /** What may be drawn on the background. */
  static final List<String> MOTIFS =
      List.of("Circles", "Waves", "Hills", "Tiles", "Rays", "Confetti");

  /** What the colours are called; the hue goes once round from the first to behind the last. */
  static final List<String> COLOURS =
      List.of("red", "amber", "lime", "green", "teal", "blue", "violet", "rose");

  /** Upright, square, wide; from a thumbnail to more than the widest rendition. */
  private static final int[][] SIZES = {
    {600, 900}, {800, 800}, {1000, 640}, {480, 720}, {1280, 1600}, {720, 405}, {360, 360}
  };

  private Painter() {}

  static String motif(int number) {
    return MOTIFS.get(number % MOTIFS.size());
  }

  static String colour(int number) {
    return COLOURS.get(number * 3 % COLOURS.size());
  }

  /** The picture of that number: every third is a JPEG, the others are PNG. */
  static Picture paint(int number) {
    int[] size = SIZES[number % SIZES.length];
    BufferedImage image = new BufferedImage(size[0], size[1], BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = image.createGraphics();
    try {
      canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      new Scene(canvas, size[0], size[1], number).draw();
    } finally {
      canvas.dispose();
    }
    String format = number % 3 == 0 ? "jpeg" : "png";
    return new Picture(
        "image/" + format, Base64.getEncoder().encodeToString(encode(image, format)));
  }

  private static byte[] encode(BufferedImage image, String format) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, format, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** One picture while it is drawn. */
  private static final class Scene {
    private final Graphics2D canvas;
    private final int width;
    private final int height;
    private final Random random;
    private final String motif;
    private final float hue;

    Scene(Graphics2D canvas, int width, int height, int number) {
      this.canvas = canvas;
      this.width = width;
      this.height = height;
      this.random = new Random(number);
      this.motif = motif(number);
      this.hue = COLOURS.indexOf(colour(number)) / (float) COLOURS.size();
    }

    void draw() {
      canvas.setPaint(
          new GradientPaint(0, 0, shade(0.25f, 0.98f), width, height, shade(0.6f, 0.7f)));
      canvas.fillRect(0, 0, width, height);
      int count = 5 + random.nextInt(6);
      for (int i = 0; i < count; i++) {
        canvas.setColor(shade(0.3f + random.nextFloat() * 0.6f, 0.5f + random.nextFloat() * 0.5f));
        switch (motif) {
          case "Circles" -> circle(width / 3.0);
          case "Waves" -> wave(height * (i + 1.0) / (count + 1));
          case "Hills" -> hill(height * (0.4 + 0.5 * i / count));
          case "Tiles" -> tile();
          case "Rays" -> ray();
          default -> confetti();
        }
      }
    }

    private Color shade(float saturation, float brightness) {
      return Color.getHSBColor(
          hue + random.nextFloat() * 0.08f, saturation, Math.min(brightness, 1f));
    }

    private void circle(double largest) {
      double radius = largest * (0.2 + random.nextDouble() * 0.8);
      canvas.fill(
          new Ellipse2D.Double(
              random.nextDouble() * width - radius / 2,
              random.nextDouble() * height - radius / 2,
              radius,
              radius));
    }

    private void wave(double y) {
      Path2D path = new Path2D.Double();
      path.moveTo(0, y);
      double swing = height / 12.0 * (0.5 + random.nextDouble());
      path.curveTo(width / 3.0, y - swing * 2, width * 2 / 3.0, y + swing * 2, width, y);
      path.lineTo(width, y + swing);
      path.curveTo(width * 2 / 3.0, y + swing * 3, width / 3.0, y - swing, 0, y + swing);
      path.closePath();
      canvas.fill(path);
    }

    private void hill(double y) {
      double radius = width * (0.4 + random.nextDouble() * 0.4);
      canvas.fill(
          new Ellipse2D.Double(
              random.nextDouble() * width - radius, y, radius * 2, (double) height * 2));
    }

    private void tile() {
      int side = Math.min(width, height) / 5;
      canvas.fill(
          new Rectangle2D.Double(
              random.nextInt(5) * side + 4, random.nextInt(5) * side + 4, side - 8, side - 8));
    }

    private void ray() {
      double angle = random.nextDouble() * Math.PI / 2;
      double far = width + height;
      Path2D path = new Path2D.Double();
      path.moveTo(0, 0);
      path.lineTo(Math.cos(angle) * far, Math.sin(angle) * far);
      path.lineTo(Math.cos(angle + 0.08) * far, Math.sin(angle + 0.08) * far);
      path.closePath();
      canvas.fill(path);
    }

    private void confetti() {
      for (int i = 0; i < 25; i++) {
        circle(width / 20.0);
      }
    }
  }
}
