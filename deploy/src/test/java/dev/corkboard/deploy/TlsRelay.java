// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy;

import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.KeyStore;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** A server that takes TLS and passes what is in it to one that does not. */
final class TlsRelay implements AutoCloseable {
  private static final char[] PASSWORD = "relay".toCharArray();

  private final InetSocketAddress target;
  private final SSLServerSocket server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Queue<Socket> open = new ConcurrentLinkedQueue<>();
  private final AtomicInteger passed = new AtomicInteger();
  private final AtomicInteger broken = new AtomicInteger();

  TlsRelay(X509Bundle certificate, InetSocketAddress target) {
    this.target = target;
    try {
      server =
          (SSLServerSocket)
              context(certificate)
                  .getServerSocketFactory()
                  .createServerSocket(0, 100, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::accept);
  }

  private static SSLContext context(X509Bundle certificate) {
    try {
      KeyStore store = certificate.toKeyStore(PASSWORD);
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  int port() {
    return server.getLocalPort();
  }

  /** Connections over which bytes went. */
  int passed() {
    return passed.get();
  }

  /** Connections whose handshake failed. */
  int broken() {
    return broken.get();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        SSLSocket client = (SSLSocket) server.accept();
        open.add(client);
        threads.execute(() -> relay(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void relay(SSLSocket client) {
    try {
      client.startHandshake();
    } catch (IOException refused) {
      broken.incrementAndGet();
      return;
    }
    passed.incrementAndGet();
    try {
      Socket behind = new Socket(target.getAddress(), target.getPort());
      open.add(behind);
      threads.execute(() -> copy(behind, client));
      copy(client, behind);
    } catch (IOException away) {
      end(client);
    }
  }

  private static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException ended) {
      // so is the other direction
    } finally {
      end(from);
      end(to);
    }
  }

  private static void end(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    open.forEach(TlsRelay::end);
    threads.shutdownNow();
  }
}
