// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import com.google.protobuf.ByteString;
import java.io.OutputStream;
import java.util.function.Supplier;

/** Keeps bytes, and fails before there are too many. Not for use by several threads. */
final class BoundedOutput extends OutputStream {
  private final ByteString.Output bytes = ByteString.newOutput();
  private final int limit;
  private final Supplier<? extends RuntimeException> failure;

  BoundedOutput(int limit, Supplier<? extends RuntimeException> failure) {
    this.limit = limit;
    this.failure = failure;
  }

  @Override
  public void write(int one) {
    check(1);
    bytes.write(one);
  }

  @Override
  public void write(byte[] from, int at, int length) {
    check(length);
    bytes.write(from, at, length);
  }

  private void check(int more) {
    if (more > limit - bytes.size()) throw failure.get();
  }

  ByteString toByteString() {
    return bytes.toByteString();
  }
}
