// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.stores;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** Chooses and checks TCP ports on the loopback address. */
public final class Ports {
  /** Below 32768, where Linux (and macOS, from 49152) take the ports of outgoing connections. */
  private static final int LOWEST = 20_000;

  private static final int HIGHEST = 32_000;
  private static final String LOOPBACK = "127.0.0.1";

  /** A port is bound only seconds after it was chosen, so none is given twice. */
  private static final Set<Integer> given = ConcurrentHashMap.newKeySet();

  private Ports() {}

  /**
   * A port nothing listens on now, from a range no outgoing connection is given; a different one at
   * every call.
   */
  public static int free() {
    for (int attempt = 0; attempt < 200; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
      if (isFree(port) && given.add(port)) {
        return port;
      }
    }
    throw new StartFailedException("no free port between " + LOWEST + " and " + HIGHEST);
  }

  /**
   * The wanted port, or a free one for 0.
   *
   * @param owner whose port it is, for the message
   * @throws StartFailedException when something else listens on the wanted port
   */
  public static int claim(String owner, int wanted) {
    return claim(owner, LOOPBACK, wanted);
  }

  /** As {@link #claim(String, int)} on another loopback address. */
  static int claim(String owner, String host, int wanted) {
    if (wanted == 0) {
      return free();
    }
    if (!isFree(at(host, wanted))) {
      throw new StartFailedException(
          "port "
              + wanted
              + " for "
              + owner
              + " is in use on "
              + host
              + "; stop what holds it or choose another");
    }
    return wanted;
  }

  /** The address the stores listen on; not getLoopbackAddress(), which may be the one of IPv6. */
  static InetSocketAddress local(int port) {
    return at(LOOPBACK, port);
  }

  @SuppressWarnings("AddressSelection") // A numeric address: no name is looked up.
  static InetSocketAddress at(String host, int port) {
    return new InetSocketAddress(host, port);
  }

  static boolean isFree(int port) {
    return isFree(local(port));
  }

  private static boolean isFree(InetSocketAddress address) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(address, 1);
      return true;
    } catch (IOException inUse) {
      return false;
    }
  }
}
