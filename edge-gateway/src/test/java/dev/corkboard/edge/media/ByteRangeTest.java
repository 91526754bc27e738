// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {
  @ParameterizedTest
  @CsvSource({
    "bytes=0-0,0,1",
    "bytes=0-99,0,100",
    "bytes=0-1000,0,100",
    "bytes=99-,99,1",
    "bytes=50-59,50,10",
    "bytes=-1,99,1",
    "bytes=-1000,0,100"
  })
  void readsASingleRange(String header, long offset, long length) {
    assertThat(ByteRange.parse(header, 100)).contains(new ByteRange(offset, length));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=100-", "bytes=100-200", "bytes=-0"})
  void knowsARangeBeyondTheEnd(String header) {
    assertThat(ByteRange.parse(header, 100)).get().matches(range -> !range.satisfiable());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bytes=-",
        "bytes=9-8",
        "bytes=0-1,5-6",
        "chars=0-1",
        "bytes=a-b",
        "bytes=9999999999999999999-"
      })
  void ignoresEverythingElse(String header) {
    assertThat(ByteRange.parse(header, 100)).isEmpty();
  }

  @Test
  void saysWhatIsSent() {
    assertThat(new ByteRange(5, 10).contentRange(100)).isEqualTo("bytes 5-14/100");
    assertThat(new ByteRange(100, 0).contentRange(100)).isEqualTo("bytes */100");
  }
}
