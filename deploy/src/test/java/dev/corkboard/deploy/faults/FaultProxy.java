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
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands in front of a server, or of several that are the same, and can cut it off. Connections go
 * to the servers in turn, past those that refuse.
 */
public final class FaultProxy implements AutoCloseable {
  private static final int BUFFER = 64 * 1024;

  private final ServerSocket listening;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger turn = new AtomicInteger();
  private final Object released = new Object();
  private volatile List<InetSocketAddress> targets = List.of();
  private volatile Mode mode = Mode.PASS;
  private volatile Duration delay = Duration.ZERO;

  /** What becomes of the bytes. */
  public enum Mode {
    PASS,
    /** Connections are closed, new ones at once. */
    CUT,
    /** Connections stay, and nothing comes through. */
    BLACK_HOLE,
    /** Connections stay, and what is sent comes through when this mode ends. */
    HOLD
  }

  public FaultProxy() {
    this(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  /** Listens at an address, port 0 for a free one. */
  public FaultProxy(InetSocketAddress address) {
    try {
      listening = new ServerSocket(address.getPort(), 64, address.getAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon("accept", this::accept);
  }

  public int port() {
    return listening.getLocalPort();
  }

  /** {@code host:port} where it listens. */
  public String address() {
    return listening.getInetAddress().getHostAddress() + ":" + port();
  }

  /** Until there is a target connections are closed at once. */
  public void target(InetSocketAddress... addresses) {
    targets = List.of(addresses);
  }

  /** The first of the targets. */
  public InetSocketAddress target() {
    return targets.get(0);
  }

  public void mode(Mode next) {
    synchronized (released) {
      mode = next;
      released.notifyAll();
    }
    if (next == Mode.CUT) open.forEach(FaultProxy::closeQuietly);
  }

  /** How much later bytes arrive, in each direction. */
  public void delay(Duration added) {
    delay = added;
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        if (mode == Mode.CUT) {
          closeQuietly(client);
          continue;
        }
        daemon("connect", () -> connect(client));
      } catch (IOException closed) {
        // by close()
      }
    }
  }

  private void connect(Socket client) {
    List<InetSocketAddress> tried = targets;
    int first = turn.getAndIncrement();
    for (int i = 0; i < tried.size(); i++) {
      InetSocketAddress address = tried.get(Math.floorMod(first + i, tried.size()));
      try {
        Socket server = new Socket(address.getAddress(), address.getPort());
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        open.add(client);
        open.add(server);
        daemon("there", () -> pump(client, server));
        daemon("back", () -> pump(server, client));
        return;
      } catch (IOException targetIsAway) {
        // the next one, then
      }
    }
    closeQuietly(client);
  }

  private void pump(Socket from, Socket to) {
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      byte[] buffer = new byte[BUFFER];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        hold();
        if (mode == Mode.PASS) out.write(buffer, 0, n);
      }
    } catch (IOException closed) {
      // as is the other side, then
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(from);
      open.remove(to);
    }
  }

  private void hold() throws InterruptedException {
    long added = delay.toMillis();
    if (added > 0) Thread.sleep(added);
    synchronized (released) {
      while (mode == Mode.HOLD) released.wait();
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
