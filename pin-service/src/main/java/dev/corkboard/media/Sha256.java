// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import com.google.common.hash.Hashing;
import com.google.common.hash.HashingInputStream;
import com.google.common.io.ByteStreams;
import java.io.IOException;
import java.io.InputStream;

/** SHA-256 in lower-case hexadecimal. */
final class Sha256 {
  private Sha256() {}

  static String of(byte[] bytes) {
    return Hashing.sha256().hashBytes(bytes).toString();
  }

  static String of(InputStream in) throws IOException {
    HashingInputStream hashing = new HashingInputStream(Hashing.sha256(), in);
    ByteStreams.exhaust(hashing);
    return hashing.hash().toString();
  }
}
