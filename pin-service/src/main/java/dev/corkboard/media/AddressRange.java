// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import com.google.common.net.InetAddresses;

/**
 * A block of addresses that share their first bits.
 *
 * @param network the first address of the block, 4 or 16 bytes
 * @param bits how many bits are shared
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record AddressRange(byte[] network, int bits) {
  /** Reads {@code address/bits}. */
  static AddressRange parse(String range) {
    int slash = range.indexOf('/');
    return new AddressRange(
        InetAddresses.forString(range.substring(0, slash)).getAddress(),
        Integer.parseInt(range.substring(slash + 1)));
  }

  boolean contains(byte[] address) {
    if (address.length != network.length) return false;
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >>> (bit % Byte.SIZE);
      if (((address[bit / Byte.SIZE] ^ network[bit / Byte.SIZE]) & mask) != 0) return false;
    }
    return true;
  }
}
