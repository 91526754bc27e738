// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Holds the bytes of renditions. Methods block: call them on an executor for I/O. An {@link
 * IOException} means that the store does not answer, never that there are no such bytes.
 */
interface MediaStore extends AutoCloseable {
  /**
   * Stores bytes for good: after the return they survive a crash. Replaces those of the same key.
   */
  void put(MediaKey key, byte[] bytes) throws IOException;

  /** As the other, from a file that the caller deletes and that may be gone afterwards. */
  void put(MediaKey key, Path file) throws IOException;

  /** The bytes from an offset on; nothing beyond the end; empty when there are no such bytes. */
  default Optional<InputStream> read(MediaKey key, long offset) throws IOException {
    return read(key, offset, Long.MAX_VALUE);
  }

  /** As the other, and of these bytes only so many, at least one. */
  Optional<InputStream> read(MediaKey key, long offset, long length) throws IOException;

  /** How many bytes there are. */
  OptionalLong size(MediaKey key) throws IOException;

  /** Deletes bytes; false when there were none. */
  boolean delete(MediaKey key) throws IOException;

  /** Hands over every key; one that is stored or deleted meanwhile may be left out. */
  void forEach(Consumer<MediaKey> consumer) throws IOException;

  /**
   * Deletes what puts that never ended left, unless their generation was begun at that time or
   * later. No other method shows it.
   */
  default void deleteUnfinished(Instant begunBefore) throws IOException {}

  @Override
  default void close() {}

  default boolean exists(MediaKey key) throws IOException {
    return size(key).isPresent();
  }
}
