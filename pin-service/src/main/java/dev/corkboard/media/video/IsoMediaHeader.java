// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media.video;

import com.drew.imaging.mp4.Mp4MetadataReader;
import com.drew.metadata.Directory;
import com.drew.metadata.Metadata;
import com.drew.metadata.mp4.Mp4Directory;
import com.drew.metadata.mp4.media.Mp4VideoDirectory;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads the headers of MP4 and QuickTime, by the parser for MP4: of what is read here QuickTime has
 * the same, and the parser for QuickTime stumbles over names that are not its own.
 */
final class IsoMediaHeader {
  private static final int QUARTER_TURN = 90;

  private IsoMediaHeader() {}

  static VideoHeader read(FileChannel file) throws IOException, BrokenVideoException {
    IsoBoxes.Header boxes = IsoBoxes.read(file);
    Metadata metadata;
    try {
      metadata = Mp4MetadataReader.readMetadata(boxes.bytes().newInput());
    } catch (RuntimeException undecodable) {
      throw new BrokenVideoException("its headers are damaged");
    }
    return header(metadata, boxes.quicktime());
  }

  private static VideoHeader header(Metadata metadata, boolean quicktime)
      throws BrokenVideoException {
    Directory movie = metadata.getFirstDirectoryOfType(Mp4Directory.class);
    Directory video = metadata.getFirstDirectoryOfType(Mp4VideoDirectory.class);
    if (movie == null || video == null) throw new BrokenVideoException("it has no video track");
    int width = number(video, Mp4VideoDirectory.TAG_WIDTH).map(Double::intValue).orElse(0);
    int height = number(video, Mp4VideoDirectory.TAG_HEIGHT).map(Double::intValue).orElse(0);
    int rotation = quarters(number(movie, Mp4Directory.TAG_ROTATION).orElse(0.0)) * QUARTER_TURN;
    boolean quarter = rotation % (2 * QUARTER_TURN) == QUARTER_TURN;
    return new VideoHeader(
        quicktime ? "video/quicktime" : "video/mp4",
        quarter ? height : width,
        quarter ? width : height,
        rotation,
        number(movie, Mp4Directory.TAG_DURATION)
            .flatMap(
                ticks ->
                    number(movie, Mp4Directory.TAG_TIME_SCALE)
                        .flatMap(scale -> VideoHeader.duration(ticks * 1000 / scale))),
        isH264(video.getString(Mp4VideoDirectory.TAG_COMPRESSION_TYPE)));
  }

  /** Clockwise; a matrix may turn by any angle, players turn by the nearest. */
  private static int quarters(double counterclockwise) {
    return Math.floorMod(-Math.round(counterclockwise / QUARTER_TURN), 4);
  }

  private static Optional<Double> number(Directory directory, int tag) {
    return Optional.ofNullable(directory.getDoubleObject(tag));
  }

  private static boolean isH264(String compression) {
    String name = compression == null ? "" : compression.toLowerCase(Locale.ROOT).strip();
    return name.equals("h.264") || name.startsWith("avc");
  }
}
