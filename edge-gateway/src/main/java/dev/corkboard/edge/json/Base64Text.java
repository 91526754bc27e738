// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.json;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.corkboard.platform.error.ApiException;
import java.nio.ByteBuffer;
import java.util.Base64;

/**
 * A base64 string inside a request's body. It is decoded chunk by chunk straight out of the body,
 * so a picture of 24 MiB takes no memory beside the 32 MiB it came in.
 */
public final class Base64Text {
  /** Base64 characters in a chunk: 64 KiB when decoded, less one byte to be whole quadruples. */
  private static final int CHUNK = 65_535 / 3 * 4;

  private static final boolean[] ALPHABET = new boolean[128];

  static {
    for (char c = 'A'; c <= 'Z'; c++) ALPHABET[c] = ALPHABET[Character.toLowerCase(c)] = true;
    for (char c : "0123456789+/=".toCharArray()) ALPHABET[c] = true;
  }

  private final byte[] body;
  private final String field;
  private final int start;
  private int end;

  private Base64Text(byte[] body, int start, int end, String field) {
    this.body = body;
    this.start = start;
    this.end = end;
    this.field = field;
  }

  /** The string whose first character is at {@code start}, up to its closing quote. */
  static Base64Text at(byte[] body, int start, String field) {
    int end = start;
    while (end < body.length && body[end] != '"') end += body[end] == '\\' ? 2 : 1;
    return new Base64Text(body, start, Math.min(end, body.length), field);
  }

  /**
   * Refuses what is not base64. Call it once, after the body has been parsed: JSON escapes (some
   * encoders write {@code \/} and {@code =}) are resolved in place.
   */
  public void check() {
    int to = start;
    for (int from = start; from < end; to++) {
      int c = body[from];
      int step = 1;
      if (c == '\\') {
        boolean unicode = body[from + 1] == 'u';
        step = unicode ? 6 : 2;
        c = unicode ? hex(from + 2) : body[from + 1] == '/' ? '/' : -1;
      }
      if (c < 0 || c >= ALPHABET.length || !ALPHABET[c]) throw noMatch();
      body[to] = (byte) c;
      from += step;
    }
    end = to;
    checkPadding();
  }

  private void checkPadding() {
    int last = end;
    while (last > start && body[last - 1] == '=') last--;
    int padding = end - last;
    int tail = (last - start) % 4;
    boolean padded = padding == 0 || (padding <= 2 && tail + padding == 4);
    if (last == start || tail == 1 || !padded || indexOf('=', last) >= 0) throw noMatch();
    end = last;
  }

  private int indexOf(char c, int before) {
    for (int i = start; i < before; i++) {
      if (body[i] == c) return i;
    }
    return -1;
  }

  private int hex(int at) {
    int value = 0;
    for (int i = at; i < at + 4; i++) value = value * 16 + Character.digit(body[i], 16);
    return value;
  }

  private ApiException noMatch() {
    return ApiException.invalid(
        field, "does not match '^[a-zA-Z0-9+/=]+$' or is not base64 (RFC 4648, no line breaks)");
  }

  /** Where it stands in the body, for errors. */
  public String field() {
    return field;
  }

  /** How many bytes it is decoded. */
  public long size() {
    return (end - start) * 3L / 4;
  }

  /** How many chunks {@link #chunk} has. */
  public int chunks() {
    return (end - start + CHUNK - 1) / CHUNK;
  }

  /** The decoded bytes of a chunk, at most 64 KiB. */
  public ByteString chunk(int index) {
    int from = start + index * CHUNK;
    ByteBuffer decoded =
        Base64.getDecoder().decode(ByteBuffer.wrap(body, from, Math.min(CHUNK, end - from)));
    return UnsafeByteOperations.unsafeWrap(decoded);
  }
}
