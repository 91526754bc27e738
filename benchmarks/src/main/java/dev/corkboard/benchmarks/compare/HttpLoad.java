// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.compare;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/** A closed loop over HTTP/1.1 connections, all on one event loop of this process. */
final class HttpLoad implements AutoCloseable {
  private static final long ANSWER_SECONDS = 60;

  private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

  /**
   * Asks for so long.
   *
   * @param requests the bytes of each next request; called on one thread
   * @param expected the status of a good answer
   */
  Load run(
      InetSocketAddress server,
      int connections,
      Duration time,
      Supplier<byte[]> requests,
      int expected) {
    Histogram times = Load.times();
    List<Connection> open = new ArrayList<>();
    for (int i = 0; i < connections; i++) open.add(new Connection(requests, times, expected));
    List<Channel> channels = open.stream().map(handler -> connect(server, handler)).toList();
    long begin = System.nanoTime();
    long end = begin + time.toNanos();
    for (int i = 0; i < connections; i++) {
      Connection connection = open.get(i);
      Channel channel = channels.get(i);
      channel.eventLoop().execute(() -> connection.begin(channel, end));
    }
    for (Connection connection : open) join(connection.done, time);
    double seconds = (System.nanoTime() - begin) / 1e9;
    channels.forEach(channel -> channel.close().syncUninterruptibly());
    long failed = open.stream().mapToLong(connection -> connection.failed).sum();
    return new Load(times.getTotalCount(), failed, seconds, times);
  }

  private static void join(CompletableFuture<Void> done, Duration time) {
    try {
      done.orTimeout(time.toSeconds() + ANSWER_SECONDS, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      throw new IllegalStateException("the load broke off", e);
    }
  }

  private Channel connect(InetSocketAddress server, Connection handler) {
    return new Bootstrap()
        .group(loop)
        .channel(NioSocketChannel.class)
        .handler(
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(Channel channel) {
                channel.pipeline().addLast(new HttpResponseDecoder(), handler);
              }
            })
        .connect(server)
        .syncUninterruptibly()
        .channel();
  }

  @Override
  public void close() {
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private static final class Connection extends SimpleChannelInboundHandler<HttpObject> {
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final Supplier<byte[]> requests;
    private final Histogram times;
    private final int expected;
    private long end;
    private long sent;
    private long failed;

    Connection(Supplier<byte[]> requests, Histogram times, int expected) {
      this.requests = requests;
      this.times = times;
      this.expected = expected;
    }

    void begin(Channel channel, long until) {
      end = until;
      send(channel);
    }

    private void send(Channel channel) {
      sent = System.nanoTime();
      channel.writeAndFlush(Unpooled.wrappedBuffer(requests.get()), channel.voidPromise());
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HttpObject part) {
      if (part instanceof HttpResponse head && head.status().code() != expected) failed++;
      if (!(part instanceof LastHttpContent)) return;
      long now = System.nanoTime();
      Load.record(times, now - sent);
      if (now < end) {
        send(ctx.channel());
      } else {
        done.complete(null);
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      done.completeExceptionally(cause);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      done.completeExceptionally(new IllegalStateException("the server closed the connection"));
    }
  }
}
