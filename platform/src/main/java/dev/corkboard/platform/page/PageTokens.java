// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.page;

import dev.corkboard.platform.error.ApiException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Page tokens nobody can read, forge or use for another listing or by another caller: the position
 * and filters of a listing, sealed with AES-256-GCM under the service's key, URL-safe without
 * escaping.
 */
public final class PageTokens {
  private static final int VERSION = 1;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  /** AES-GCM fails in its own ways when not even its tag is there. */
  private static final int MIN_BYTES = 1 + NONCE_BYTES + Long.BYTES + TAG_BITS / Byte.SIZE;

  private static final int MAX_LENGTH = 2_048;

  private final SecretKeySpec key;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  /**
   * Tokens under a key of 32 bytes.
   *
   * @param key the same in every replica of the service, secret to it
   */
  public PageTokens(byte[] key, Clock clock) {
    this.key = new SecretKeySpec(key, "AES");
    this.clock = clock;
  }

  /** Makes a token that only the same listing and caller can open, for as long as {@code life}. */
  public String seal(String listing, String callerId, byte[] payload, Duration life) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] plain =
        ByteBuffer.allocate(Long.BYTES + payload.length)
            .putLong(clock.instant().plus(life).getEpochSecond())
            .put(payload)
            .array();
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, listing, callerId).doFinal(plain);
      byte[] token =
          ByteBuffer.allocate(1 + NONCE_BYTES + sealed.length)
              .put((byte) VERSION)
              .put(nonce)
              .put(sealed)
              .array();
      return text(token);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM is part of every JVM", e);
    }
  }

  /**
   * The payload; fails with INVALID_PAGE_TOKEN for any token that is not of this listing and
   * caller.
   */
  public byte[] open(String token, String listing, String callerId) {
    if (token.length() > MAX_LENGTH) throw ApiException.invalidPageToken();
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(token);
      // One token has one text: neither padding nor bits without meaning.
      if (bytes.length < MIN_BYTES || bytes[0] != VERSION || !text(bytes).equals(token)) {
        throw ApiException.invalidPageToken();
      }
      byte[] nonce = Arrays.copyOfRange(bytes, 1, 1 + NONCE_BYTES);
      ByteBuffer plain =
          ByteBuffer.wrap(
              cipher(Cipher.DECRYPT_MODE, nonce, listing, callerId)
                  .doFinal(bytes, 1 + NONCE_BYTES, bytes.length - 1 - NONCE_BYTES));
      if (plain.getLong() < clock.instant().getEpochSecond()) {
        throw ApiException.invalidPageToken();
      }
      byte[] payload = new byte[plain.remaining()];
      plain.get(payload);
      return payload;
    } catch (GeneralSecurityException
        | IllegalArgumentException
        | java.nio.BufferUnderflowException forged) {
      throw ApiException.invalidPageToken();
    }
  }

  private static String text(byte[] token) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
  }

  private Cipher cipher(int mode, byte[] nonce, String listing, String callerId)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(
        (listing.length() + ":" + listing + callerId).getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
