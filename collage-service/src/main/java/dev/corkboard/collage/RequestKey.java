// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import com.google.common.hash.Hashing;
import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import dev.corkboard.platform.error.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Recognises the repeat of a request for 48 hours.
 *
 * @param id the UUID the client chose
 * @param digest SHA-256 of who asked what
 */
public record RequestKey(UUID id, ByteString digest) {
  /** How long a request row lives, in seconds. */
  public static final int SECONDS = 172_800;

  /**
   * The key of a request.
   *
   * @param requestId a checked UUID
   * @param request the request, its own {@code request_id} cleared
   */
  public static RequestKey of(String requestId, String accountId, MessageLite request) {
    byte[] digest =
        Hashing.sha256()
            .newHasher()
            .putString(request.getClass().getName(), StandardCharsets.UTF_8)
            .putString(accountId, StandardCharsets.UTF_8)
            .putByte((byte) 0)
            .putBytes(request.toByteArray())
            .hash()
            .asBytes();
    return new RequestKey(UUID.fromString(requestId), ByteString.copyFrom(digest));
  }

  /** Fails with REQUEST_ID_REUSED when the id stood for another request before. */
  public void requireSame(ByteString before) {
    if (!digest.equals(before)) throw ApiException.requestIdReused(id.toString());
  }
}
