// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExifOrientationTest {
  private static ByteBuffer tiff(int size) {
    return ByteBuffer.allocate(size).put(new byte[] {'M', 'M', 0, 42}).putInt(8);
  }

  @Test
  void directoriesThatPointToThemselvesEnd() {
    ByteBuffer loop = tiff(20).putShort((short) 0).putInt(8).rewind();
    assertThat(ExifOrientation.read(loop)).isEqualTo(1);
  }

  @Test
  void longChainOfDirectoriesEnds() {
    ByteBuffer chain = tiff(1 << 20);
    while (chain.remaining() >= 12) chain.putShort((short) 0).putInt(chain.position() + 4);
    assertThat(ExifOrientation.read(chain.rewind())).isEqualTo(1);
  }

  @Test
  void directoryOfNestedDirectoriesEnds() {
    ByteBuffer nested = tiff(65_000);
    while (nested.remaining() >= 24) {
      nested.putShort((short) 1).putShort((short) 0x8769).putShort((short) 4).putInt(1);
      nested.putInt(nested.position() + 8).putInt(0);
    }
    assertThat(ExifOrientation.read(nested.rewind())).isEqualTo(1);
  }

  @Test
  void noiseIsNoOrientation() {
    Random random = new Random(7);
    for (int i = 0; i < 200; i++) {
      byte[] noise = new byte[i * 7];
      random.nextBytes(noise);
      assertThat(ExifOrientation.read(ByteBuffer.wrap(noise))).isBetween(1, 8);
    }
  }

  @Test
  void orientationIsRead() {
    ByteBuffer exif = tiff(26).putShort((short) 1).putShort((short) 0x0112).putShort((short) 3);
    exif.putInt(1).putShort((short) 6).putShort((short) 0).putInt(0);
    assertThat(ExifOrientation.read(exif.rewind())).isEqualTo(6);
  }
}
