// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Base64StreamTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 100, 65_536, 100_001})
  void howeverBytesComeTheTextIsTheSame(int size) {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      byte[] bytes = new byte[size];
      random.nextBytes(bytes);
      Base64Stream stream = new Base64Stream();
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      int at = 0;
      while (at < size) {
        int length = Math.min(size - at, random.nextInt(seed < 10 ? 5 : 50_000));
        text.writeBytes(stream.next(ByteString.copyFrom(bytes, at, length)));
        at += length;
      }
      text.writeBytes(stream.end());
      assertThat(text.toByteArray())
          .as("seed %s", seed)
          .isEqualTo(Base64.getEncoder().encode(bytes));
    }
  }

  @Test
  void whatFillsNoGroupWaits() {
    Base64Stream stream = new Base64Stream();
    assertThat(stream.next(ByteString.copyFromUtf8("ab"))).isEmpty();
    assertThat(stream.next(ByteString.copyFromUtf8("cd"))).asString().isEqualTo("YWJj");
    assertThat(stream.end()).asString().isEqualTo("ZA==");
  }
}
