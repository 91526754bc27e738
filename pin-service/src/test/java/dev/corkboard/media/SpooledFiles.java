// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** What a fetch may leave behind in its folder: nothing. */
final class SpooledFiles {
  private SpooledFiles() {}

  static void assertNoneIn(Path directory) {
    Awaitility.await()
        .untilAsserted(
            () -> {
              try (Stream<Path> files = Files.list(directory)) {
                assertThat(files).isEmpty();
              }
            });
  }
}
