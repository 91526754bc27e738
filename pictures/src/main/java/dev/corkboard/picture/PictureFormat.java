// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.picture;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The kinds of picture that are taken in, told apart by their first bytes alone. */
public enum PictureFormat {
  JPEG("image/jpeg", "jpeg"),
  PNG("image/png", "png"),
  WEBP("image/webp", "webp"),
  GIF("image/gif", "gif");

  private static final byte[] JPEG_START = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF};
  private static final byte[] PNG_START = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  private static final int WEBP_NAME_AT = 8;

  private final String contentType;
  private final String readerName;

  PictureFormat(String contentType, String readerName) {
    this.contentType = contentType;
    this.readerName = readerName;
  }

  public String contentType() {
    return contentType;
  }

  /** The name by which ImageIO finds a reader. */
  public String readerName() {
    return readerName;
  }

  /** The kind of picture these bytes claim to be; empty when none of ours. */
  public static Optional<PictureFormat> sniff(byte[] bytes) {
    if (has(bytes, 0, JPEG_START)) return Optional.of(JPEG);
    if (has(bytes, 0, PNG_START)) return Optional.of(PNG);
    if (has(bytes, 0, ascii("GIF87a")) || has(bytes, 0, ascii("GIF89a"))) return Optional.of(GIF);
    if (has(bytes, 0, ascii("RIFF")) && has(bytes, WEBP_NAME_AT, ascii("WEBP"))) {
      return Optional.of(WEBP);
    }
    return Optional.empty();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static boolean has(byte[] bytes, int at, byte[] expected) {
    if (bytes.length < at + expected.length) return false;
    for (int i = 0; i < expected.length; i++) {
      if (bytes[at + i] != expected[i]) return false;
    }
    return true;
  }
}
