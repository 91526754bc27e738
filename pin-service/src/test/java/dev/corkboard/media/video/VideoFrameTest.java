// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VideoFrameTest {
  @TempDir Path directory;

  private BufferedImage frame(byte[] video, int seconds) throws IOException, BrokenVideoException {
    return VideoFrame.at(Files.write(directory.resolve("video"), video), seconds);
  }

  private static String colour(BufferedImage frame) {
    Color color = new Color(frame.getRGB(frame.getWidth() / 2, frame.getHeight() / 2));
    int most = Math.max(color.getRed(), Math.max(color.getGreen(), color.getBlue()));
    assertThat(most).isGreaterThan(200);
    return most == color.getRed() ? "red" : most == color.getGreen() ? "green" : "blue";
  }

  @ParameterizedTest
  @CsvSource({"0, red", "1, green", "2, blue", "3, blue", "1000000000, blue"})
  void keyFrameIsTheOneShownAtThatSecond(int seconds, String expected) throws Exception {
    BufferedImage frame = frame(Videos.mp4(), seconds);
    assertThat(colour(frame)).isEqualTo(expected);
    assertThat(frame.getWidth()).isEqualTo(Videos.WIDTH);
    assertThat(frame.getHeight()).isEqualTo(Videos.HEIGHT);
  }

  @Test
  void quickTimeHasKeyFramesToo() throws Exception {
    assertThat(colour(frame(Videos.quickTime(), 1))).isEqualTo("green");
  }

  @Test
  void turnedVideoGivesATurnedFrame() throws Exception {
    BufferedImage frame = frame(Videos.turned(), 0);
    assertThat(frame.getWidth()).isEqualTo(Videos.HEIGHT);
    assertThat(frame.getHeight()).isEqualTo(Videos.WIDTH);
  }

  @Test
  void otherFormatsAreRefusedWithWhatToDo() {
    assertThatThrownBy(() -> frame(Videos.webm(64, 48, 1_000), 0))
        .isInstanceOf(BrokenVideoException.class)
        .hasMessageContaining("H.264")
        .hasMessageContaining("cover picture");
  }

  @Test
  void framesThatAreMissingOrDamagedAreRefused() {
    byte[] mp4 = Videos.mp4();
    int frames = Videos.indexOf(mp4, "mdat") + 4;
    byte[] damaged = mp4.clone();
    Arrays.fill(damaged, frames, Math.min(damaged.length, frames + 2_000), (byte) 0xFF);
    assertThatThrownBy(() -> frame(damaged, 0)).isInstanceOf(BrokenVideoException.class);
  }
}
