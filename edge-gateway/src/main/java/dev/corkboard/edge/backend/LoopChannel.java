// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.backend;

import dev.corkboard.platform.server.Startup;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A channel with connections of its own for every event loop of the server: what is called on a
 * loop is sent, and answered, by that loop, so that no request changes threads. Calls from anywhere
 * else go to all in turn.
 */
final class LoopChannel extends Channel {
  private final List<EventLoop> loops = new ArrayList<>();
  private final List<Channel> channels = new ArrayList<>();
  private final AtomicInteger turn = new AtomicInteger();

  /** Opens one for each loop; see {@link Startup#channel}. */
  LoopChannel(
      Startup process,
      EventLoopGroup group,
      String name,
      String target,
      ServiceDescriptor... services) {
    for (EventExecutor executor : group) {
      EventLoop loop = (EventLoop) executor;
      loops.add(loop);
      channels.add(
          process.channel(
              (to, credentials) ->
                  NettyChannelBuilder.forTarget(to, credentials)
                      .eventLoopGroup(loop)
                      .channelType(NioSocketChannel.class),
              name,
              target,
              services));
    }
  }

  private Channel here() {
    for (int i = 0; i < loops.size(); i++) {
      if (loops.get(i).inEventLoop()) return channels.get(i);
    }
    return channels.get(Math.floorMod(turn.getAndIncrement(), channels.size()));
  }

  @Override
  public <Q, A> ClientCall<Q, A> newCall(MethodDescriptor<Q, A> method, CallOptions options) {
    return here().newCall(method, options);
  }

  @Override
  public String authority() {
    return channels.get(0).authority();
  }
}
