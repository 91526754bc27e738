// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultProxyTest {
  private static final int SHORT_MILLIS = 200;
  private static final int LONG_MILLIS = 20_000;

  private final FaultProxy proxy = new FaultProxy();
  private ServerSocket first;
  private ServerSocket second;

  @BeforeEach
  void listen() throws IOException {
    first = answering(1);
    second = answering(2);
  }

  @AfterEach
  void close() throws IOException {
    proxy.close();
    first.close();
    second.close();
  }

  /** Answers each byte with a number. */
  private static ServerSocket answering(int number) throws IOException {
    ServerSocket server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    Thread thread =
        new Thread(
            () -> {
              while (!server.isClosed()) {
                try {
                  Socket socket = server.accept();
                  new Thread(() -> answer(socket, number)).start();
                } catch (IOException closed) {
                  return;
                }
              }
            });
    thread.setDaemon(true);
    thread.start();
    return server;
  }

  private static void answer(Socket socket, int number) {
    try (socket) {
      while (socket.getInputStream().read() >= 0) socket.getOutputStream().write(number);
    } catch (IOException closed) {
      // by the other side
    }
  }

  private static InetSocketAddress address(ServerSocket server) {
    return (InetSocketAddress) server.getLocalSocketAddress();
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    socket.setSoTimeout(LONG_MILLIS);
    return socket;
  }

  private static int ask(Socket socket) throws IOException {
    socket.getOutputStream().write(7);
    return socket.getInputStream().read();
  }

  @Test
  void whatIsHeldComesThroughLater() throws IOException {
    proxy.target(address(first));
    try (Socket socket = connect()) {
      assertThat(ask(socket)).isEqualTo(1);
      proxy.mode(FaultProxy.Mode.HOLD);
      socket.setSoTimeout(SHORT_MILLIS);
      Assertions.assertThatThrownBy(() -> ask(socket)).isInstanceOf(SocketTimeoutException.class);
      socket.setSoTimeout(LONG_MILLIS);
      proxy.mode(FaultProxy.Mode.PASS);
      assertThat(socket.getInputStream().read()).isEqualTo(1);
    }
  }

  @Test
  void connectionsGoToTheTargetsInTurnAndPastThoseThatRefuse() throws IOException {
    proxy.target(address(first), address(second));
    Set<Integer> answers = new HashSet<>();
    for (int i = 0; i < 2; i++) {
      try (Socket socket = connect()) {
        answers.add(ask(socket));
      }
    }
    assertThat(answers).containsExactlyInAnyOrder(1, 2);
    first.close();
    for (int i = 0; i < 2; i++) {
      try (Socket socket = connect()) {
        assertThat(ask(socket)).isEqualTo(2);
      }
    }
  }

  @Test
  void whatIsDelayedComesNoSooner() throws IOException {
    proxy.target(address(first));
    Duration delay = Duration.ofMillis(50);
    proxy.delay(delay);
    try (Socket socket = connect()) {
      long begun = System.nanoTime();
      assertThat(ask(socket)).isEqualTo(1);
      assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(delay.multipliedBy(2).toNanos());
    }
  }

  @Test
  void whatIsCutOffIsClosed() throws IOException {
    proxy.target(address(first));
    try (Socket socket = connect()) {
      assertThat(ask(socket)).isEqualTo(1);
      proxy.mode(FaultProxy.Mode.CUT);
      assertThat(isClosed(socket)).isTrue();
    }
  }

  private static boolean isClosed(Socket socket) {
    try {
      return socket.getInputStream().read() < 0;
    } catch (IOException reset) {
      return true;
    }
  }
}
