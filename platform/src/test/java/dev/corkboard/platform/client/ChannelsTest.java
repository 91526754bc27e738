// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.access.v1.SigningKeyServiceGrpc;
import dev.corkboard.platform.metrics.Metrics;
import io.grpc.ConnectivityState;
import io.grpc.EquivalentAddressGroup;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.NameResolverRegistry;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusOr;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
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

  @Test
  void spreadsCallsOverAllAddressesOfAName() throws Exception {
    CountingServer one = CountingServer.start();
    CountingServer other = CountingServer.start();
    Addresses addresses = new Addresses(one.address(), other.address());
    NameResolverRegistry.getDefaultRegistry().register(addresses);
    ManagedChannel channel = Channels.open("two:///servers", Metrics.prometheus("test"));
    try {
      Awaitility.await()
          .until(
              () -> {
                HealthGrpc.newBlockingStub(channel).check(HealthCheckRequest.getDefaultInstance());
                return one.calls.get() > 0 && other.calls.get() > 0;
              });
    } finally {
      channel.shutdownNow();
      NameResolverRegistry.getDefaultRegistry().deregister(addresses);
      one.server.shutdownNow();
      other.server.shutdownNow();
    }
  }

  private record CountingServer(Server server, AtomicInteger calls) {
    static CountingServer start() throws IOException {
      AtomicInteger calls = new AtomicInteger();
      ServerInterceptor counting =
          new ServerInterceptor() {
            @Override
            public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
              calls.incrementAndGet();
              return next.startCall(call, headers);
            }
          };
      Server server =
          NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
              .addService(new HealthStatusManager().getHealthService())
              .intercept(counting)
              .build()
              .start();
      return new CountingServer(server, calls);
    }

    EquivalentAddressGroup address() {
      return new EquivalentAddressGroup(server.getListenSockets().get(0));
    }
  }

  /** Stands for the DNS of a name with two addresses. */
  private static final class Addresses extends NameResolverProvider {
    private final List<EquivalentAddressGroup> all;

    Addresses(EquivalentAddressGroup... all) {
      this.all = List.of(all);
    }

    @Override
    public NameResolver newNameResolver(URI target, NameResolver.Args args) {
      return new NameResolver() {
        @Override
        public String getServiceAuthority() {
          return "servers";
        }

        @Override
        public void start(Listener2 listener) {
          listener.onResult(
              ResolutionResult.newBuilder().setAddressesOrError(StatusOr.fromValue(all)).build());
        }

        @Override
        public void shutdown() {}
      };
    }

    @Override
    public String getDefaultScheme() {
      return "two";
    }

    @Override
    protected boolean isAvailable() {
      return true;
    }

    @Override
    protected int priority() {
      return 5;
    }
  }
}
