// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.page;

import dev.corkboard.platform.error.ApiException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Function;

/** What all page tokens of this service have in common. */
public final class Paging {
  public static final int DEFAULT_SIZE = 25;
  public static final int MAX_SIZE = 250;

  /** How long a token of a caller's listing stays good. */
  public static final Duration LIFE = Duration.ofHours(24);

  public static final int DEFAULT_SCAN = 100;
  public static final int MAX_SCAN = 1_000;

  /** How long a token of a service's scan stays good: one may be interrupted for days. */
  public static final Duration SCAN_LIFE = Duration.ofDays(7);

  private Paging() {}

  /** The size to use: the request's, else the token's. */
  public static int size(int requested, int fallback, int max) {
    return requested == 0 ? fallback : Math.min(requested, max);
  }

  /** Reads the payload of a token; one of another shape is refused like a forged one. */
  public static <T> T read(byte[] payload, Function<ByteBuffer, T> reader) {
    try {
      return reader.apply(ByteBuffer.wrap(payload));
    } catch (BufferUnderflowException | NegativeArraySizeException otherShape) {
      throw ApiException.invalidPageToken();
    }
  }
}
