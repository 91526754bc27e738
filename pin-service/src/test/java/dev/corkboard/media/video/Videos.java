// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media.video;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.jcodec.api.SequenceEncoder;
import org.jcodec.common.Codec;
import org.jcodec.common.Format;
import org.jcodec.common.io.NIOUtils;
import org.jcodec.common.io.SeekableByteChannel;
import org.jcodec.common.model.Rational;
import org.jcodec.scale.AWTUtil;

/** Makes videos: real H.264 in MP4 and QuickTime, and the headers of WebM. */
public final class Videos {
  public static final int WIDTH = 160;
  public static final int HEIGHT = 96;
  public static final int MILLIS = 3_000;

  private static final int FRAMES_A_SECOND = 25;
  private static final List<Color> SECONDS = List.of(Color.RED, Color.GREEN, Color.BLUE);

  private static final byte[] MP4 = encode();

  private Videos() {}

  /** Three seconds, red, green and blue. */
  private static byte[] encode() {
    try {
      Path file = Files.createTempFile("video", ".mp4");
      try (SeekableByteChannel out = NIOUtils.writableChannel(file.toFile())) {
        SequenceEncoder encoder =
            new SequenceEncoder(out, Rational.R(FRAMES_A_SECOND, 1), Format.MOV, Codec.H264, null);
        for (Color color : SECONDS) {
          for (int i = 0; i < FRAMES_A_SECOND; i++) {
            encoder.encodeNativeFrame(AWTUtil.fromBufferedImageRGB(frame(color)));
          }
        }
        encoder.finish();
        return Files.readAllBytes(file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static BufferedImage frame(Color color) {
    BufferedImage frame = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = frame.createGraphics();
    graphics.setColor(color);
    graphics.fillRect(0, 0, WIDTH, HEIGHT);
    graphics.dispose();
    return frame;
  }

  /** H.264 in MP4, {@link #WIDTH} x {@link #HEIGHT}, red, green and blue for a second each. */
  public static byte[] mp4() {
    return MP4.clone();
  }

  /** As {@link #mp4()}, with bytes of its own at the end, which mean nothing. */
  public static byte[] unique() {
    byte[] free = UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);
    return concat(mp4(), box("free", free));
  }

  /** The same in QuickTime. */
  public static byte[] quickTime() {
    byte[] bytes = mp4();
    put(bytes, 8, "qt  ");
    put(bytes, indexOf(bytes, "hdlr") + 8, "mhlr");
    return bytes;
  }

  /** The same, turned by a quarter clockwise when it is shown. */
  public static byte[] turned() {
    return turned(0, 1, -1, 0);
  }

  /** The same under a matrix. */
  static byte[] turned(int a, int b, int c, int d) {
    byte[] bytes = mp4();
    int matrix = indexOf(bytes, "tkhd") + 4 + 40;
    ByteBuffer.wrap(bytes, matrix, 36)
        .putInt(a << 16)
        .putInt(b << 16)
        .putInt(0)
        .putInt(c << 16)
        .putInt(d << 16)
        .putInt(0)
        .putInt(HEIGHT << 16)
        .putInt(0)
        .putInt(0x40000000);
    return bytes;
  }

  /** The headers of WebM; a duration below 0 is left out. */
  public static byte[] webm(int width, int height, double millis) {
    byte[] info =
        concat(
            element(0x2AD7B1, uint(1_000_000)),
            millis < 0 ? new byte[0] : element(0x4489, float64(millis)));
    byte[] audio = element(0xAE, concat(element(0xD7, uint(1)), element(0x83, uint(2))));
    byte[] video =
        element(
            0xAE,
            concat(
                element(0xD7, uint(2)),
                element(0x83, uint(1)),
                element(0x86, "V_VP9".getBytes(StandardCharsets.US_ASCII)),
                element(0xE0, concat(element(0xB0, uint(width)), element(0xBA, uint(height))))));
    byte[] segment =
        concat(
            element(0x114D9B74, new byte[3]),
            element(0x1549A966, info),
            element(0x1654AE6B, concat(audio, video)),
            element(0x1F43B675, new byte[50]));
    return concat(ebml("webm"), element(0x18538067, segment));
  }

  static byte[] ebml(String type) {
    return element(0x1A45DFA3, element(0x4282, type.getBytes(StandardCharsets.US_ASCII)));
  }

  static byte[] element(int id, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int shift = 24; shift >= 0; shift -= 8) {
      if (id >>> shift != 0) out.write(id >>> shift);
    }
    out.write(0x08);
    for (int shift = 24; shift >= 0; shift -= 8) out.write(content.length >>> shift);
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static byte[] uint(int value) {
    return ByteBuffer.allocate(4).putInt(value).array();
  }

  private static byte[] float64(double value) {
    return ByteBuffer.allocate(8).putDouble(value).array();
  }

  static byte[] box(String type, byte[] content) {
    return ByteBuffer.allocate(8 + content.length)
        .putInt(8 + content.length)
        .put(type.getBytes(StandardCharsets.US_ASCII))
        .put(content)
        .array();
  }

  static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) all.writeBytes(part);
    return all.toByteArray();
  }

  private static void put(byte[] bytes, int at, String text) {
    System.arraycopy(text.getBytes(StandardCharsets.US_ASCII), 0, bytes, at, text.length());
  }

  /** Where these characters stand first; they must. */
  static int indexOf(byte[] bytes, String text) {
    int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text);
    if (at < 0) throw new IllegalArgumentException(text);
    return at;
  }
}
