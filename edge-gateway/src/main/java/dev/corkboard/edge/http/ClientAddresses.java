// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.http;

import com.google.common.base.Splitter;
import com.google.common.net.InetAddresses;
import com.linecorp.armeria.common.util.InetAddressPredicates;
import com.linecorp.armeria.server.ProxiedAddresses;
import com.linecorp.armeria.server.ServerBuilder;
import dev.corkboard.platform.config.ConfigException;
import dev.corkboard.platform.config.Env;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Tells from where requests come when proxies stand in front: {@code Forwarded} (RFC 7239) and
 * {@code X-Forwarded-For} are believed as far as proxies of ours wrote them, and from nobody else.
 *
 * @param proxies the addresses of the proxies
 */
public record ClientAddresses(Predicate<InetAddress> proxies) {
  private static final String KEY = "EDGE_TRUSTED_PROXIES";

  /** Without proxies. */
  public static final ClientAddresses DIRECT = new ClientAddresses(address -> false);

  /** Reads addresses and CIDR ranges, comma-separated. */
  public static ClientAddresses fromEnv(Env env) {
    Predicate<InetAddress> proxies = DIRECT.proxies();
    String value = env.string(KEY, "");
    for (String range : Splitter.on(',').trimResults().omitEmptyStrings().split(value)) {
      proxies = proxies.or(parse(range));
    }
    return new ClientAddresses(proxies);
  }

  private static Predicate<InetAddress> parse(String range) {
    List<String> parts = Splitter.on('/').splitToList(range);
    // A name would be asked for, and may mean another address tomorrow.
    if (InetAddresses.isInetAddress(parts.get(0))) {
      try {
        return parts.size() == 1
            ? InetAddressPredicates.ofExact(range)
            : InetAddressPredicates.ofCidr(range);
      } catch (IllegalArgumentException badMask) {
        // said below
      }
    }
    throw new ConfigException(KEY, range, "addresses and ranges such as 10.0.0.0/8");
  }

  /** Lets a server tell clients apart so. */
  public void applyTo(ServerBuilder server) {
    server.clientAddressTrustedProxyFilter(proxies).clientAddressMapper(this::client);
  }

  /**
   * The last address that no proxy of ours has: what stands before it a client may have made up.
   */
  private InetSocketAddress client(ProxiedAddresses addresses) {
    List<InetSocketAddress> way = new ArrayList<>();
    way.add(addresses.sourceAddress());
    way.addAll(addresses.destinationAddresses());
    for (int i = way.size() - 1; i > 0; i--) {
      if (!proxies.test(way.get(i).getAddress())) return way.get(i);
    }
    return way.get(0);
  }
}
