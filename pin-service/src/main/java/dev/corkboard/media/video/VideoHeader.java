// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media.video;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/**
 * What a video says of itself, told from its bytes alone and without decoding any.
 *
 * @param contentType {@code video/mp4}, {@code video/quicktime} or {@code video/webm}
 * @param width in pixels, as shown
 * @param height in pixels, as shown
 * @param rotation how far the frames are turned clockwise to be shown: 0, 90, 180 or 270 degrees
 * @param duration to the millisecond; empty when the file does not say
 * @param h264 whether frames are H.264, the one format that key frames can be taken from
 */
public record VideoHeader(
    String contentType,
    int width,
    int height,
    int rotation,
    Optional<Duration> duration,
    boolean h264) {
  /** Pixels of either side: 8K. */
  public static final int MAX_SIDE = 8_192;

  private static final int EBML = 0x1A45DFA3;
  private static final long MAX_MILLIS = Duration.ofDays(7).toMillis();

  /** Reads the headers; fails when there are none of a video with frames of a sane size. */
  public static VideoHeader read(Path file) throws IOException, BrokenVideoException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer start = ByteBuffer.allocate(Integer.BYTES);
      channel.read(start, 0);
      boolean webm = !start.hasRemaining() && start.getInt(0) == EBML;
      VideoHeader header = webm ? WebmHeader.read(channel) : IsoMediaHeader.read(channel);
      if (header.width < 1 || header.height < 1) {
        throw new BrokenVideoException("it has no video track");
      }
      if (header.width > MAX_SIDE || header.height > MAX_SIDE) {
        throw new BrokenVideoException(
            "its frames are "
                + header.width
                + " x "
                + header.height
                + " pixels, at most "
                + MAX_SIDE
                + " a side are accepted");
      }
      return header;
    }
  }

  /** A duration that makes sense; others are not known. */
  static Optional<Duration> duration(double millis) {
    return millis >= 1 && millis <= MAX_MILLIS
        ? Optional.of(Duration.ofMillis(Math.round(millis)))
        : Optional.empty();
  }
}
