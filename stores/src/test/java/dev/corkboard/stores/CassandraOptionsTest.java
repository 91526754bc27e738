// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.stores;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CassandraOptionsTest {
  private final CassandraOptions options = CassandraOptions.in(Path.of("data"));

  @Test
  void aPortOutsideTheRangeIsNamed() {
    assertThatThrownBy(() -> options.withPorts(65_536, 0))
        .hasMessage("nativePort: 65536 (expected: 0-65535)");
    assertThatThrownBy(() -> options.withPorts(0, -1))
        .hasMessage("storagePort: -1 (expected: 0-65535)");
    assertThatThrownBy(() -> RedisOptions.in(Path.of("data")).withPort(-1))
        .hasMessage("port: -1 (expected: 0-65535)");
  }

  @Test
  void onePortCannotServeBoth() {
    assertThatThrownBy(() -> options.withPorts(9042, 9042))
        .hasMessage("storagePort: 9042 (expected: another port than nativePort)");
  }

  @Test
  void memoryTooSmallToStartWithIsRefused() {
    assertThatThrownBy(() -> options.withHeapMegabytes(191))
        .hasMessage("heapMegabytes: 191 (expected: at least 192)");
    assertThatThrownBy(() -> RedisOptions.in(Path.of("data")).withMaxMemoryMegabytes(0))
        .hasMessage("maxMemoryMegabytes: 0 (expected: at least 1)");
  }
}
