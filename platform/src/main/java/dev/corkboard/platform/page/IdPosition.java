// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.page;

import java.nio.ByteBuffer;

/**
 * Where a page of a caller's own listing by descending id begins, and the size it has when the
 * request names none.
 *
 * @param before the page's ids are below it
 */
public record IdPosition(long before, int pageSize) {
  private static final IdPosition FIRST = new IdPosition(Long.MAX_VALUE, Paging.DEFAULT_SIZE);

  /** The first page without a token; fails with INVALID_PAGE_TOKEN for a token of another kind. */
  public static IdPosition open(PageTokens tokens, String token, String listing, String callerId) {
    if (token.isEmpty()) return FIRST;
    return Paging.read(
        tokens.open(token, listing, callerId),
        bytes -> new IdPosition(bytes.getLong(), bytes.getInt()));
  }

  /** The token of this position, good for {@link Paging#LIFE}. */
  public String seal(PageTokens tokens, String listing, String callerId) {
    byte[] payload =
        ByteBuffer.allocate(Long.BYTES + Integer.BYTES).putLong(before).putInt(pageSize).array();
    return tokens.seal(listing, callerId, payload, Paging.LIFE);
  }
}
