// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.access.v1.ListSigningKeysRequest;
import dev.corkboard.access.v1.ListSigningKeysResponse;
import dev.corkboard.access.v1.SigningKeyServiceGrpc;
import dev.corkboard.platform.metrics.Metrics;
import dev.corkboard.platform.testing.FixedAddresses;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class ChannelsTest {
  /** By its fifteenth attempt gRPC's own pause is two minutes. */
  private static final int MANY = 15;

  private final AtomicInteger attempts = new AtomicInteger();

  private void accept(ServerSocket refusing) {
    try {
      while (true) {
        refusing.accept().close();
        attempts.incrementAndGet();
      }
    } catch (IOException closed) {
      // The test is over with it.
    }
  }

  private static Server serve(int port, AtomicInteger calls) throws IOException {
    return NettyServerBuilder.forAddress(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
        .directExecutor()
        .addService(
            new SigningKeyServiceGrpc.SigningKeyServiceImplBase() {
              @Override
              public void listSigningKeys(
                  ListSigningKeysRequest request,
                  StreamObserver<ListSigningKeysResponse> observer) {
                calls.incrementAndGet();
                observer.onNext(ListSigningKeysResponse.getDefaultInstance());
                observer.onCompleted();
              }
            })
        .build()
        .start();
  }

  @Test
  void allServersBehindANameGetCallsAndTheDeathOfOneFailsNone() throws Exception {
    AtomicInteger ofFirst = new AtomicInteger();
    AtomicInteger ofSecond = new AtomicInteger();
    Server first = serve(0, ofFirst);
    Server second = serve(0, ofSecond);
    int port = second.getPort();
    ManagedChannel channel =
        Channels.open(
            FixedAddresses.target("127.0.0.1:" + first.getPort(), "127.0.0.1:" + port),
            Metrics.prometheus("test"),
            SigningKeyServiceGrpc.getServiceDescriptor());
    Runnable call =
        () -> {
          var unused =
              SigningKeyServiceGrpc.newBlockingStub(channel)
                  .listSigningKeys(ListSigningKeysRequest.getDefaultInstance());
        };
    try {
      Awaitility.await()
          .until(
              () -> {
                call.run();
                return ofFirst.get() > 0 && ofSecond.get() > 0;
              });
      second.shutdownNow();
      int before = ofFirst.get();
      for (int i = 0; i < 50; i++) call.run();
      assertThat(ofFirst.get()).isEqualTo(before + 50);
      int others = ofSecond.get();
      second = serve(port, ofSecond);
      Awaitility.await()
          .until(
              () -> {
                call.run();
                return ofSecond.get() > others;
              });
    } finally {
      channel.shutdownNow();
      first.shutdownNow();
      second.shutdownNow();
    }
  }

  @Test
  void goesOnConnectingAtTheSamePaceHoweverLongTheServerIsAway() throws Exception {
    ServerSocket refusing = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(() -> accept(refusing));
    thread.start();
    int port = refusing.getLocalPort();
    ManagedChannel channel =
        Channels.open(
            "127.0.0.1:" + port,
            Metrics.prometheus("test"),
            SigningKeyServiceGrpc.getServiceDescriptor());
    try {
      assertThat(channel.getState(true)).isEqualTo(ConnectivityState.IDLE);
      Awaitility.await().until(() -> attempts.get() >= MANY);
      refusing.close();
      thread.join();
      Server server =
          NettyServerBuilder.forAddress(
                  new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
              .build()
              .start();
      try {
        Awaitility.await().until(() -> channel.getState(false) == ConnectivityState.READY);
      } finally {
        server.shutdownNow();
      }
    } finally {
      refusing.close();
      channel.shutdownNow();
    }
  }
}
