// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.testing;

import dev.corkboard.platform.error.ApiException;
import java.util.List;

/** Pages of a list; tokens are places in it. */
record Pages<T>(List<T> items, String next) {
  private static final String PREFIX = "from-";

  static <T> Pages<T> of(List<T> all, int size, String token) {
    int from = token.isEmpty() ? 0 : place(token);
    int to = Math.min(all.size(), from + size);
    return new Pages<>(all.subList(Math.min(from, to), to), to < all.size() ? PREFIX + to : "");
  }

  private static int place(String token) {
    if (!token.startsWith(PREFIX)) throw ApiException.invalidPageToken();
    return Integer.parseInt(token.substring(PREFIX.length()));
  }
}
