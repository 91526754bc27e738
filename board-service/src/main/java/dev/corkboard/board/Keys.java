// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.board;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/** Clustering keys: bytes that Cassandra compares as unsigned. */
public final class Keys {
  private Keys() {}

  /** No key at all. */
  public static ByteBuffer none() {
    return ByteBuffer.allocate(0);
  }

  /** An id, in ascending order. */
  public static ByteBuffer of(long id) {
    return ByteBuffer.allocate(Long.BYTES).putLong(id).flip();
  }

  /** The complement of a positive id: newest first. */
  public static ByteBuffer newestFirst(long id) {
    return of(~id);
  }

  public static ByteBuffer of(UUID id) {
    return ByteBuffer.allocate(2 * Long.BYTES)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .flip();
  }

  /** The key of an id, or of nothing. */
  public static ByteBuffer of(Optional<UUID> id) {
    return id.map(Keys::of).orElseGet(Keys::none);
  }

  /** A key within what an id names. */
  public static ByteBuffer within(long id, ByteBuffer key) {
    return ByteBuffer.allocate(Long.BYTES + key.remaining())
        .putLong(id)
        .put(key.duplicate())
        .flip();
  }

  /** The key that {@link #within} was given. */
  public static ByteBuffer inner(ByteBuffer key) {
    return key.duplicate().position(key.position() + Long.BYTES).slice();
  }

  static ByteBuffer of(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
