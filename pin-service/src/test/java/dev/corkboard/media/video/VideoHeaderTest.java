// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class VideoHeaderTest {
  @TempDir Path directory;

  private VideoHeader read(byte[] bytes) throws IOException, BrokenVideoException {
    return VideoHeader.read(Files.write(directory.resolve("video"), bytes));
  }

  @Test
  void mp4SaysItsSizeAndDuration() throws Exception {
    VideoHeader header = read(Videos.mp4());
    assertThat(header.contentType()).isEqualTo("video/mp4");
    assertThat(header.width()).isEqualTo(Videos.WIDTH);
    assertThat(header.height()).isEqualTo(Videos.HEIGHT);
    assertThat(header.duration()).contains(Duration.ofMillis(Videos.MILLIS));
    assertThat(header.rotation()).isZero();
    assertThat(header.h264()).isTrue();
  }

  @Test
  void quickTimeSaysTheSame() throws Exception {
    VideoHeader header = read(Videos.quickTime());
    assertThat(header.contentType()).isEqualTo("video/quicktime");
    assertThat(header.width()).isEqualTo(Videos.WIDTH);
    assertThat(header.height()).isEqualTo(Videos.HEIGHT);
    assertThat(header.duration()).contains(Duration.ofMillis(Videos.MILLIS));
    assertThat(header.h264()).isTrue();
  }

  @Test
  void turnedVideoIsMeasuredAsItIsShown() throws Exception {
    VideoHeader header = read(Videos.turned());
    assertThat(header.rotation()).isEqualTo(90);
    assertThat(header.width()).isEqualTo(Videos.HEIGHT);
    assertThat(header.height()).isEqualTo(Videos.WIDTH);
  }

  /** Found by fuzzing: a matrix may hold any angle. */
  @ParameterizedTest
  @CsvSource({
    "1,0,0,1,0",
    "0,1,-1,0,90",
    "-1,0,0,-1,180",
    "0,-1,1,0,270",
    "1,3,-3,1,90",
    "3,1,-1,3,0"
  })
  void turnsAreQuarters(int a, int b, int c, int d, int rotation) throws Exception {
    assertThat(read(Videos.turned(a, b, c, d)).rotation()).isEqualTo(rotation);
  }

  @Test
  void webmSaysItsSizeAndDuration() throws Exception {
    VideoHeader header = read(Videos.webm(1920, 1080, 2_500));
    assertThat(header.contentType()).isEqualTo("video/webm");
    assertThat(header.width()).isEqualTo(1920);
    assertThat(header.height()).isEqualTo(1080);
    assertThat(header.duration()).contains(Duration.ofMillis(2_500));
    assertThat(header.h264()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, 0, Double.NaN, Double.POSITIVE_INFINITY, 1e300})
  void durationThatMakesNoSenseIsNotKnown(double millis) throws Exception {
    assertThat(read(Videos.webm(16, 16, millis)).duration()).isEmpty();
  }

  /** A recording that was written as it came has a segment of a size that is not known. */
  @Test
  void webmMayHaveASegmentWithoutASize() throws Exception {
    byte[] bytes = Videos.webm(64, 48, 1_000);
    int size = Videos.ebml("webm").length + 4;
    bytes[size] = 0x0F;
    Arrays.fill(bytes, size + 1, size + 5, (byte) 0xFF);
    assertThat(read(bytes).width()).isEqualTo(64);
  }

  @Test
  void movieHeaderMayComeLastAndBehindALargeBox() throws Exception {
    byte[] mp4 = Videos.mp4();
    int moov = Videos.indexOf(mp4, "moov") - 4;
    byte[] large = ByteBuffer.allocate(24).putInt(1).putInt(0x66726565).putLong(24).array();
    byte[] head = Arrays.copyOf(mp4, moov);
    byte[] movie = Arrays.copyOfRange(mp4, moov, mp4.length);
    byte[] bytes =
        Videos.indexOf(mp4, "mdat") < moov
            ? Videos.concat(head, large, movie)
            : Videos.concat(head, movie);
    assertThat(read(bytes).duration()).contains(Duration.ofMillis(Videos.MILLIS));
  }

  static Stream<Arguments> broken() {
    byte[] mp4 = Videos.mp4();
    return Stream.of(
        Arguments.of("nothing", new byte[0]),
        Arguments.of("three bytes", new byte[3]),
        Arguments.of("text", "hello, this is no video".getBytes(StandardCharsets.US_ASCII)),
        Arguments.of("a picture", new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0}),
        Arguments.of("a file type alone", Videos.box("ftyp", new byte[12])),
        Arguments.of("an empty file type", Videos.box("ftyp", new byte[0])),
        Arguments.of(
            "an empty movie",
            Videos.concat(Videos.box("ftyp", new byte[12]), Videos.box("moov", new byte[0]))),
        Arguments.of("half a movie", Arrays.copyOf(mp4, Videos.indexOf(mp4, "stsd"))),
        Arguments.of("Matroska", Videos.concat(Videos.ebml("matroska"), new byte[100])),
        Arguments.of("EBML alone", Videos.ebml("webm")),
        Arguments.of("frames that are too wide", Videos.webm(8_193, 16, 1_000)),
        Arguments.of("frames that are too high", Videos.webm(16, Integer.MAX_VALUE, 1_000)),
        Arguments.of("frames without pixels", Videos.webm(0, 16, 1_000)),
        Arguments.of("frames of a negative size", Videos.webm(-5, 16, 1_000)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("broken")
  void whatIsNoVideoIsRefused(String name, byte[] bytes) {
    assertThatThrownBy(() -> read(bytes)).isInstanceOf(BrokenVideoException.class);
  }

  /** A parser that believed these would ask for gigabytes. */
  @ParameterizedTest
  @ValueSource(strings = {"stsd", "stts", "stsz", "stsc", "co64", "mvhd", "hdlr"})
  void boxThatClaimsMoreThanThereIsIsRefused(String type) {
    byte[] bytes = Videos.mp4();
    ByteBuffer.wrap(bytes).putInt(Videos.indexOf(bytes, type) - 4, 0x7FFFFFF0);
    assertThatThrownBy(() -> read(bytes)).isInstanceOf(BrokenVideoException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"stts", "stsc", "co64", "stss"})
  void tableThatClaimsMoreThanItsBoxIsRefused(String type) {
    byte[] bytes = Videos.mp4();
    ByteBuffer.wrap(bytes).putInt(Videos.indexOf(bytes, type) + 8, 0x7FFFFFF0);
    assertThatThrownBy(() -> read(bytes)).isInstanceOf(BrokenVideoException.class);
  }

  @Test
  void everyPrefixAndManyDamagedCopiesAreReadOrRefused() throws IOException {
    Random random = new Random(7);
    for (byte[] whole : new byte[][] {headers(), Videos.webm(64, 48, 1_000)}) {
      for (int length = 0; length < whole.length; length += 7) {
        assertReadOrRefused(Arrays.copyOf(whole, length));
      }
      for (int i = 0; i < 500; i++) {
        byte[] damaged = whole.clone();
        for (int flips = random.nextInt(1, 6); flips > 0; flips--) {
          damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
        }
        assertReadOrRefused(damaged);
      }
    }
  }

  /** The boxes of a video without its frames. */
  private static byte[] headers() {
    byte[] mp4 = Videos.mp4();
    int moov = Videos.indexOf(mp4, "moov") - 4;
    int size = ByteBuffer.wrap(mp4).getInt(moov);
    return Videos.concat(
        Videos.box("ftyp", "isom0000isom".getBytes(StandardCharsets.US_ASCII)),
        Arrays.copyOfRange(mp4, moov, moov + size));
  }

  private void assertReadOrRefused(byte[] bytes) throws IOException {
    try {
      VideoHeader header = read(bytes);
      assertThat(header.width()).isBetween(1, VideoHeader.MAX_SIDE);
      assertThat(header.rotation()).isIn(0, 90, 180, 270);
    } catch (BrokenVideoException refused) {
      assertThat(refused).hasMessageNotContaining("null");
    }
  }

  /** Only what is kept is read: a file of many gigabytes takes no longer than a small one. */
  @Test
  void hugeFileIsNotReadWhole() throws Exception {
    Path file = directory.resolve("huge");
    long end = 20L << 30;
    byte[] mp4 = headers();
    int type = Videos.box("ftyp", new byte[12]).length;
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.write(mp4, 0, type);
      out.write(ByteBuffer.allocate(16).putInt(1).putInt(0x6D646174).putLong(end - type).array());
      out.seek(end);
      out.write(mp4, type, mp4.length - type);
    }
    assertThat(VideoHeader.read(file).duration()).contains(Duration.ofMillis(Videos.MILLIS));
  }
}
