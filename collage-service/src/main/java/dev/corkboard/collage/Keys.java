// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Clustering keys: bytes that Cassandra compares as unsigned. */
final class Keys {
  private Keys() {}

  /** No key at all, below all others. */
  static ByteBuffer none() {
    return ByteBuffer.allocate(0);
  }

  /** A number that is not negative, in ascending order. */
  static ByteBuffer of(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(number).flip();
  }

  static ByteBuffer of(UUID id) {
    return ByteBuffer.allocate(2 * Long.BYTES)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .flip();
  }

  static ByteBuffer of(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  static long number(ByteBuffer key) {
    return key.getLong(key.position());
  }
}
