// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.http;

import com.linecorp.armeria.common.logging.RequestLogProperty;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The open connections, each with how many requests are being answered on it. A server that stops
 * waits for a moment without requests; connections that nobody uses now would bring the next.
 */
public final class Connections {
  private static final AttributeKey<AtomicInteger> REQUESTS =
      AttributeKey.valueOf(Connections.class, "REQUESTS");

  private final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

  /** Takes a new one. */
  public void opened(ChannelPipeline pipeline) {
    Channel connection = pipeline.channel();
    connection.attr(REQUESTS).set(new AtomicInteger());
    open.add(connection);
  }

  void asked(ServiceRequestContext ctx) {
    AtomicInteger requests =
        ctx.log().ensureAvailable(RequestLogProperty.SESSION).channel().attr(REQUESTS).get();
    requests.incrementAndGet();
    ctx.log().whenComplete().thenRun(requests::decrementAndGet);
  }

  /** Closes those on which nothing is asked. */
  public void closeIdle() {
    for (Channel connection : open) {
      connection
          .eventLoop()
          .execute(
              () -> {
                if (connection.attr(REQUESTS).get().get() == 0) connection.close();
              });
    }
  }
}
