// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.redis;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import java.util.Optional;

/**
 * The stored form: one byte for absent or present, then the message. The byte is needed because a
 * message of defaults serialises to nothing.
 */
record CachedValue<V extends MessageLite>(Parser<V> parser) {

  private static final byte ABSENT = 0;
  private static final byte PRESENT = 1;

  byte[] encode(Optional<V> value) {
    if (value.isEmpty()) {
      return new byte[] {ABSENT};
    }
    byte[] message = value.get().toByteArray();
    byte[] stored = new byte[message.length + 1];
    stored[0] = PRESENT;
    System.arraycopy(message, 0, stored, 1, message.length);
    return stored;
  }

  Optional<V> decode(byte[] stored) throws InvalidProtocolBufferException {
    if (stored.length == 1 && stored[0] == ABSENT) {
      return Optional.empty();
    }
    if (stored.length == 0 || stored[0] != PRESENT) {
      throw new InvalidProtocolBufferException("neither absent nor present");
    }
    return Optional.of(parser.parseFrom(stored, 1, stored.length - 1));
  }
}
