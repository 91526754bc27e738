// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;

/** Bytes in a map. */
final class InMemoryMediaStore implements MediaStore {
  private final ConcurrentMap<MediaKey, byte[]> bytes = new ConcurrentHashMap<>();

  @Override
  public void put(MediaKey key, byte[] value) {
    bytes.put(key, value.clone());
  }

  @Override
  public void put(MediaKey key, Path file) throws IOException {
    bytes.put(key, Files.readAllBytes(file));
  }

  @Override
  public Optional<InputStream> read(MediaKey key, long offset, long length) {
    return Optional.ofNullable(bytes.get(key))
        .map(
            found -> {
              int from = (int) Math.min(offset, found.length);
              int count = (int) Math.min(length, found.length - from);
              return new ByteArrayInputStream(found, from, count);
            });
  }

  @Override
  public OptionalLong size(MediaKey key) {
    byte[] found = bytes.get(key);
    return found == null ? OptionalLong.empty() : OptionalLong.of(found.length);
  }

  @Override
  public boolean delete(MediaKey key) {
    return bytes.remove(key) != null;
  }

  @Override
  public void forEach(Consumer<MediaKey> consumer) {
    bytes.keySet().forEach(consumer);
  }
}
