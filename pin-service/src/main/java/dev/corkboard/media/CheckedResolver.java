// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.hc.client5.http.DnsResolver;

/**
 * The only way from a name to an address, asked once for each connection: what passes here is what
 * is connected to, so a name cannot change its mind in between. One refused address refuses the
 * name; of the allowed ones the first {@value #MAX_ADDRESSES} are used.
 */
final class CheckedResolver implements DnsResolver {
  /** Each address that does not answer costs a connect timeout: a second chance, no more. */
  static final int MAX_ADDRESSES = 2;

  private final HostResolver resolver;
  private final Predicate<InetAddress> allowed;

  /** Asks for the addresses of a name or of an address in plain spelling. */
  @FunctionalInterface
  interface HostResolver {
    InetAddress[] resolve(String host) throws UnknownHostException;
  }

  CheckedResolver(HostResolver resolver, Predicate<InetAddress> allowed) {
    this.resolver = resolver;
    this.allowed = allowed;
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    InetAddress[] addresses = resolver.resolve(host);
    if (addresses == null || addresses.length == 0 || !Stream.of(addresses).allMatch(allowed)) {
      throw new UnknownHostException(host);
    }
    return Stream.of(addresses).limit(MAX_ADDRESSES).toArray(InetAddress[]::new);
  }

  @Override
  public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
    return Stream.of(resolve(host)).map(address -> new InetSocketAddress(address, port)).toList();
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }
}
