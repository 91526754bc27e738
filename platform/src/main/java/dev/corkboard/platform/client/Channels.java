// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.client;

import com.google.protobuf.DescriptorProtos.MethodOptions.IdempotencyLevel;
import dev.corkboard.platform.tls.Peer;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ChannelCredentials;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.grpc.MetricCollectingClientInterceptor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Opens channels as every client here uses them: a deadline on every call, no later than that of
 * the call it is made for, retries of exactly the methods whose proto says {@code
 * idempotency_level}, calls spread over all servers behind a name, a new attempt to connect every
 * 250 ms to those that are away, metrics.
 */
public final class Channels {
  /** What a call without a deadline of its own gets. */
  public static final Duration DEADLINE = Duration.ofSeconds(10);

  /**
   * gRPC's own pause grows to two minutes, which callers would go on failing for after a repair;
   * and one of two servers that is back must be in use before the other one goes.
   */
  private static final Executor RECONNECT_PAUSE =
      CompletableFuture.delayedExecutor(250, TimeUnit.MILLISECONDS, Runnable::run);

  /** A page of 250 carousels with all texts at their limits is over 4 MiB, gRPC's default. */
  private static final int MAX_ANSWER_BYTES = 32 * 1024 * 1024;

  /** What makes the builder of a channel: the transport it runs on. */
  @FunctionalInterface
  public interface Transport {
    ManagedChannelBuilder<?> builder(String target, ChannelCredentials credentials);
  }

  /** The second is what a call ends as that meets a connection as it closes. */
  private static final List<String> RETRYABLE = List.of("UNAVAILABLE", "UNKNOWN");

  private Channels() {}

  /** Opens a plaintext channel; see {@link #open(String, Peer, MeterRegistry, Collection)}. */
  public static ManagedChannel open(
      String target, MeterRegistry metrics, ServiceDescriptor... services) {
    return open(target, Peer.PLAINTEXT, metrics, List.of(services));
  }

  /**
   * Opens a channel; callbacks run on its event loop, so they must not block.
   *
   * @param target {@code host:port}, or {@code dns:///host:port}
   * @param peer who must be found there
   * @param services whose methods may be repeated as their protos say
   */
  public static ManagedChannel open(
      String target, Peer peer, MeterRegistry metrics, Collection<ServiceDescriptor> services) {
    return open(NettyChannelBuilder::forTarget, target, peer, metrics, services);
  }

  /** The same on a transport of the caller's. */
  public static ManagedChannel open(
      Transport transport,
      String target,
      Peer peer,
      MeterRegistry metrics,
      Collection<ServiceDescriptor> services) {
    ManagedChannelBuilder<?> builder = transport.builder(target, peer.credentials());
    peer.identity().ifPresent(builder::overrideAuthority);
    ManagedChannel channel =
        builder
            .directExecutor()
            .maxInboundMessageSize(MAX_ANSWER_BYTES)
            .keepAliveTime(30, TimeUnit.SECONDS)
            .keepAliveTimeout(5, TimeUnit.SECONDS)
            .enableRetry()
            .defaultServiceConfig(serviceConfig(services))
            .defaultLoadBalancingPolicy("round_robin")
            .intercept(new MetricCollectingClientInterceptor(metrics), new DefaultDeadline())
            .build();
    keepReconnecting(channel);
    return channel;
  }

  /**
   * Has the channel try the addresses that do not answer, and ask for new ones, again and again.
   */
  private static void keepReconnecting(ManagedChannel channel) {
    RECONNECT_PAUSE.execute(
        () -> {
          if (channel.isShutdown()) return;
          channel.resetConnectBackoff();
          keepReconnecting(channel);
        });
  }

  /** Numbers are doubles because gRPC reads the service config as parsed JSON. */
  static Map<String, ?> serviceConfig(Collection<ServiceDescriptor> services) {
    List<Map<String, ?>> names = new ArrayList<>();
    for (ServiceDescriptor service : services) {
      for (MethodDescriptor<?, ?> method : service.getMethods()) {
        if (idempotent(method)) {
          names.add(Map.of("service", service.getName(), "method", method.getBareMethodName()));
        }
      }
    }
    if (names.isEmpty()) return Map.of();
    Map<String, ?> retry =
        Map.of(
            "maxAttempts",
            4.0,
            "initialBackoff",
            "0.05s",
            "maxBackoff",
            "1s",
            "backoffMultiplier",
            2.0,
            "retryableStatusCodes",
            RETRYABLE);
    return Map.of(
        "methodConfig",
        List.of(Map.of("name", names, "retryPolicy", retry)),
        "retryThrottling",
        Map.of("maxTokens", 100.0, "tokenRatio", 0.1));
  }

  private static boolean idempotent(MethodDescriptor<?, ?> method) {
    return method.getSchemaDescriptor() instanceof ProtoMethodDescriptorSupplier schema
        && schema.getMethodDescriptor().getOptions().getIdempotencyLevel()
            != IdempotencyLevel.IDEMPOTENCY_UNKNOWN;
  }

  private static final class DefaultDeadline implements ClientInterceptor {
    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(
        MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
      boolean bounded =
          options.getDeadline() != null
              || method.getType() == MethodDescriptor.MethodType.SERVER_STREAMING;
      CallOptions known =
          bounded ? options : options.withDeadlineAfter(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
      return next.newCall(
          method, options.getCredentials() instanceof Bearer bearer ? bearer.within(known) : known);
    }
  }
}
