// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every media store does; each test has keys of its own. */
interface MediaStoreContract {
  MediaStore store();

  private static MediaKey key() {
    byte[] seed = UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8);
    return new MediaKey(Sha256.of(seed), 5, RenditionSize.MEDIUM);
  }

  private static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  private byte[] read(MediaKey key, long offset) throws IOException {
    try (InputStream in = store().read(key, offset).orElseThrow()) {
      return in.readAllBytes();
    }
  }

  @Test
  default void bytesAreReadAsTheyWerePut() throws IOException {
    for (int size : new int[] {0, 1, 65_535, 3_000_000}) {
      MediaKey key = key();
      store().put(key, bytes(size));
      assertThat(read(key, 0)).isEqualTo(bytes(size));
      assertThat(store().size(key)).hasValue(size);
      assertThat(store().exists(key)).isTrue();
    }
  }

  @Test
  default void fileIsReadAsItWasPut(@TempDir Path directory) throws IOException {
    MediaKey key = key();
    store().put(key, Files.write(directory.resolve("whole"), bytes(3_000_000)));
    assertThat(read(key, 0)).isEqualTo(bytes(3_000_000));
    assertThat(store().size(key)).hasValue(3_000_000);
  }

  @Test
  default void readingBeginsAtTheOffset() throws IOException {
    MediaKey key = key();
    store().put(key, bytes(100));
    assertThat(read(key, 40)).isEqualTo(Arrays.copyOfRange(bytes(100), 40, 100));
    assertThat(read(key, 99)).hasSize(1);
    assertThat(read(key, 100)).isEmpty();
    assertThat(read(key, 1L << 40)).isEmpty();
  }

  @Test
  default void readingEndsAfterTheLength() throws IOException {
    MediaKey key = key();
    store().put(key, bytes(100));
    for (int[] part : new int[][] {{0, 1}, {40, 20}, {90, 10}, {90, 11}, {99, 1_000}, {100, 5}}) {
      int end = Math.min(100, part[0] + part[1]);
      try (InputStream in = store().read(key, part[0], part[1]).orElseThrow()) {
        assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(bytes(100), part[0], end));
      }
    }
    assertThat(store().read(key(), 0, 1)).isEmpty();
  }

  @Test
  default void whatIsNotThereIsNotThere() throws IOException {
    MediaKey key = key();
    assertThat(store().read(key, 0)).isEmpty();
    assertThat(store().size(key)).isEmpty();
    assertThat(store().exists(key)).isFalse();
    assertThat(store().delete(key)).isFalse();
  }

  @Test
  default void generationsAndRenditionsLieApart() throws IOException {
    MediaKey key = key();
    MediaKey next = new MediaKey(key.sha256(), 6, key.size());
    MediaKey other = new MediaKey(key.sha256(), 5, RenditionSize.ORIGINALS);
    store().put(key, bytes(1));
    store().put(next, bytes(2));
    store().put(other, bytes(3));
    assertThat(store().delete(key)).isTrue();
    assertThat(store().exists(key)).isFalse();
    assertThat(read(next, 0)).hasSize(2);
    assertThat(read(other, 0)).hasSize(3);
    assertThat(store().delete(key)).isFalse();
  }

  @Test
  default void deletedBytesMayComeBack() throws IOException {
    MediaKey key = key();
    store().put(key, bytes(10));
    store().delete(key);
    store().put(key, bytes(20));
    assertThat(read(key, 0)).isEqualTo(bytes(20));
  }

  @Test
  default void openReadIsNotDisturbedByDeletion() throws IOException {
    MediaKey key = key();
    store().put(key, bytes(200_000));
    try (InputStream in = store().read(key, 0).orElseThrow()) {
      assertThat(in.readNBytes(10)).hasSize(10);
      store().delete(key);
      assertThat(in.readAllBytes()).hasSize(199_990);
    }
  }

  @Test
  default void everyKeyIsListed() throws IOException {
    List<MediaKey> keys = List.of(key(), key(), key());
    for (MediaKey key : keys) store().put(key, bytes(1));
    List<MediaKey> listed = new ArrayList<>();
    store().forEach(listed::add);
    assertThat(listed).containsAll(keys).doesNotHaveDuplicates();
  }

  @Test
  default void concurrentPutsAndDeletionsLeaveWholeBytesOrNone() throws Exception {
    MediaKey key = key();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        int number = i;
        running.add(
            threads.submit(
                () -> {
                  if (number % 3 == 0) {
                    store().delete(key);
                  } else {
                    store().put(key, bytes(10_000));
                  }
                  return null;
                }));
      }
      for (Future<?> one : running) one.get();
    } finally {
      threads.shutdownNow();
    }
    store().put(key, bytes(10_000));
    assertThat(read(key, 0)).isEqualTo(bytes(10_000));
  }
}
