// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What the fetcher may do.
 *
 * @param addresses those that may be connected to
 * @param ports those that may be connected to
 * @param total how long a fetch may take, all redirects included
 * @param redirects how many may be followed
 * @param maxBytes how large a body may be
 */
public record FetchOptions(
    Predicate<InetAddress> addresses,
    Set<Integer> ports,
    Duration total,
    int redirects,
    int maxBytes) {
  /** Public addresses, ports 80 and 443, 10 s, 3 redirects, 20 MiB. */
  public static FetchOptions standard() {
    return new FetchOptions(
        PublicAddresses::contains,
        Set.of(80, 443),
        Duration.ofSeconds(10),
        3,
        PictureLimits.MAX_BYTES);
  }
}
