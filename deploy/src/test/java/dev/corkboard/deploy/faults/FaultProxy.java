// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands between a service and a store, and can cut them off from one another. */
public final class FaultProxy implements AutoCloseable {
  private final ServerSocket listening;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile Optional<InetSocketAddress> target = Optional.empty();
  private volatile Mode mode = Mode.PASS;

  /** What becomes of the bytes. */
  public enum Mode {
    PASS,
    /** Connections are closed, new ones at once. */
    CUT,
    /** Connections stay, and nothing comes through. */
    BLACK_HOLE
  }

  public FaultProxy() {
    try {
      listening = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon("accept", this::accept);
  }

  public int port() {
    return listening.getLocalPort();
  }

  /** Until there is a target connections are closed at once. */
  public void target(InetSocketAddress address) {
    target = Optional.of(address);
  }

  public void mode(Mode next) {
    mode = next;
    if (next == Mode.CUT) open.forEach(FaultProxy::closeQuietly);
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        if (target.isEmpty() || mode == Mode.CUT) {
          closeQuietly(client);
          continue;
        }
        connect(client, target.get());
      } catch (IOException closed) {
        // by close()
      }
    }
  }

  private void connect(Socket client, InetSocketAddress address) {
    try {
      Socket server = new Socket(address.getAddress(), address.getPort());
      open.add(client);
      open.add(server);
      daemon("there", () -> pump(client, server));
      daemon("back", () -> pump(server, client));
    } catch (IOException targetIsAway) {
      closeQuietly(client);
    }
  }

  private void pump(Socket from, Socket to) {
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      byte[] buffer = new byte[8_192];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (mode == Mode.PASS) out.write(buffer, 0, n);
      }
    } catch (IOException closed) {
      // as is the other side, then
    } finally {
      open.remove(from);
      open.remove(to);
    }
  }

  private static void daemon(String name, Runnable work) {
    Thread thread = new Thread(work, "fault-proxy-" + name);
    thread.setDaemon(true);
    thread.start();
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException gone) {
      // nothing more to do
    }
  }

  @Override
  public void close() {
    mode(Mode.CUT);
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
