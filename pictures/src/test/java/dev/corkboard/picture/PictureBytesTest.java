// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class PictureBytesTest {
  private final PictureBytes bytes = new PictureBytes(new byte[] {1, -1, 3});

  @Test
  void bytesAreReadInOrderAndAgain() throws IOException {
    byte[] into = new byte[5];
    assertThat(bytes.read()).isEqualTo(1);
    assertThat(bytes.read()).isEqualTo(255);
    assertThat(bytes.read(into, 1, 4)).isEqualTo(1);
    assertThat(into).containsExactly(0, 3, 0, 0, 0);
    assertThat(bytes.length()).isEqualTo(3);
    bytes.seek(0);
    assertThat(bytes.read(into, 0, 5)).isEqualTo(3);
    assertThat(bytes.read(into, 0, 0)).isZero();
    assertThat(bytes.read()).isEqualTo(-1);
    assertThat(bytes.read(into, 0, 1)).isEqualTo(-1);
    bytes.seek(100);
    assertThat(bytes.read(into, 0, 1)).isEqualTo(-1);
  }

  @Test
  void readerThatGoesOnPastTheEndIsStopped() throws IOException {
    bytes.seek(3);
    for (int i = 0; i < 4096; i++) assertThat(bytes.read()).isEqualTo(-1);
    assertThatIllegalStateException().isThrownBy(bytes::read);
    assertThatIllegalStateException().isThrownBy(() -> bytes.read(new byte[1], 0, 1));
  }
}
