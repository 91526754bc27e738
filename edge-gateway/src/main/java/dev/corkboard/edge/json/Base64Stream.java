// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.json;

import com.google.protobuf.ByteString;
import java.util.Base64;

/** Encodes bytes as Base64 (RFC 4648, section 4) as they come. */
public final class Base64Stream {
  private static final int GROUP = 3;

  /** What does not fill a group of characters yet. */
  private ByteString rest = ByteString.EMPTY;

  /** The characters of all groups that the next bytes fill; may be none. */
  public byte[] next(ByteString bytes) {
    ByteString all = rest.concat(bytes);
    int whole = all.size() / GROUP * GROUP;
    rest = all.substring(whole);
    return Base64.getEncoder().encode(all.substring(0, whole).toByteArray());
  }

  /** The last characters, with their padding; may be none. */
  public byte[] end() {
    return Base64.getEncoder().encode(rest.toByteArray());
  }
}
