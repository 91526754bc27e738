// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.stores;

import java.util.List;
import java.util.OptionalLong;

/**
 * Where a node of Cassandra is among others.
 *
 * @param host the address it listens on
 * @param announced the address at which others are told to find it
 * @param seeds the announced addresses of those it looks for first
 * @param token its place in the ring; chosen by itself when there is none
 */
public record NodeAddress(String host, String announced, List<String> seeds, OptionalLong token) {
  /** A node that looks for nobody. */
  static final NodeAddress ALONE =
      new NodeAddress("127.0.0.1", "127.0.0.1", List.of("127.0.0.1"), OptionalLong.empty());

  boolean isAlone() {
    return seeds.size() == 1;
  }
}
