// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses belong to the public Internet, after IANA's registries of special-purpose IPv4
 * and IPv6 addresses. In doubt an address does not: ranges that carry an IPv4 address inside an
 * IPv6 one (mapped, compatible, NAT64, 6to4, Teredo) are refused as a whole.
 */
final class PublicAddresses {
  private static final List<AddressRange> REFUSED_V4 =
      ranges(
          "0.0.0.0/8", // this network
          "10.0.0.0/8", // private
          "100.64.0.0/10", // carrier-grade NAT
          "127.0.0.0/8", // loopback
          "169.254.0.0/16", // link-local, and the metadata services of clouds
          "172.16.0.0/12", // private
          "192.0.0.0/24", // protocol assignments
          "192.0.2.0/24", // documentation
          "192.88.99.0/24", // former 6to4 relays
          "192.168.0.0/16", // private
          "198.18.0.0/15", // benchmarks
          "198.51.100.0/24", // documentation
          "203.0.113.0/24", // documentation
          "224.0.0.0/4", // multicast
          "240.0.0.0/4"); // reserved, broadcast

  /**
   * All that is handed out as global unicast; ::/8, fc00::/7, fe80::/10 and ff00::/8 lie outside.
   */
  private static final AddressRange GLOBAL_V6 = AddressRange.parse("2000::/3");

  private static final List<AddressRange> REFUSED_V6 =
      ranges(
          "2001::/23", // protocol assignments, Teredo, benchmarks, ORCHID
          "2001:db8::/32", // documentation
          "2002::/16", // 6to4
          "3fff::/20"); // documentation

  private PublicAddresses() {}

  private static List<AddressRange> ranges(String... ranges) {
    return Stream.of(ranges).map(AddressRange::parse).toList();
  }

  static boolean contains(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (address instanceof Inet6Address v6) {
      return v6.getScopeId() == 0
          && v6.getScopedInterface() == null
          && GLOBAL_V6.contains(bytes)
          && REFUSED_V6.stream().noneMatch(range -> range.contains(bytes));
    }
    return REFUSED_V4.stream().noneMatch(range -> range.contains(bytes));
  }
}
