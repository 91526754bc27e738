// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.compare;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * The floor of what reads and writes cost: Lettuce and the driver with nothing of ours around them.
 * Each connection to {@code PORT} sends one line, what to do, how many at once, for how many
 * milliseconds, and gets one line back.
 */
final class StoreClients {
  private static final byte[] KEY = "bench:compare:pin".getBytes(StandardCharsets.US_ASCII);
  private static final int VALUE_BYTES = 1_000;

  private final AtomicLong ids = new AtomicLong(System.currentTimeMillis() << 20);
  private final ByteBuffer value = ByteBuffer.allocate(VALUE_BYTES).asReadOnlyBuffer();
  private final RedisAsyncCommands<byte[], byte[]> redis;
  private final CqlSession session;
  private final PreparedStatement read;
  private final PreparedStatement write;
  private final long known = ids.incrementAndGet();

  private StoreClients(RedisAsyncCommands<byte[], byte[]> redis, CqlSession session) {
    this.redis = redis;
    this.session = session;
    session.execute(
        "CREATE KEYSPACE IF NOT EXISTS bench_compare WITH replication ="
            + " {'class': 'SimpleStrategy', 'replication_factor': 1}");
    session.execute("CREATE TABLE IF NOT EXISTS bench_compare.pin (id bigint PRIMARY KEY, v blob)");
    read = session.prepare("SELECT v FROM bench_compare.pin WHERE id = ?");
    write = session.prepare("INSERT INTO bench_compare.pin (id, v) VALUES (?, ?) IF NOT EXISTS");
    session.execute(write.bind(known, value));
  }

  /** Takes {@code REDIS_URI}, {@code CASSANDRA_CONTACT_POINTS} and {@code PORT}. */
  public static void main(String[] args) throws IOException {
    RedisClient redis = RedisClient.create(RedisURI.create(System.getenv("REDIS_URI")));
    String contact = System.getenv("CASSANDRA_CONTACT_POINTS");
    int colon = contact.lastIndexOf(':');
    CqlSession session =
        CqlSession.builder()
            .addContactPoint(
                new InetSocketAddress(
                    contact.substring(0, colon), Integer.parseInt(contact.substring(colon + 1))))
            .withLocalDatacenter("datacenter1")
            .build();
    StoreClients clients =
        new StoreClients(redis.connect(ByteArrayCodec.INSTANCE).async(), session);
    try (ServerSocket server =
        new ServerSocket(
            Integer.parseInt(System.getenv("PORT")), 50, InetAddress.getLoopbackAddress())) {
      while (true) clients.serve(server);
    }
  }

  private void serve(ServerSocket server) throws IOException {
    try (Socket socket = server.accept();
        BufferedReader order =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
      String line = order.readLine();
      if (line == null) return;
      List<String> words = List.of(line.split(" ", -1));
      redis.set(KEY, new byte[VALUE_BYTES]).toCompletableFuture().join();
      Load load =
          ClosedLoop.run(
              Integer.parseInt(words.get(1)),
              Duration.ofMillis(Long.parseLong(words.get(2))),
              work(words.get(0)));
      socket.getOutputStream().write(LoadText.format(load).getBytes(StandardCharsets.US_ASCII));
    }
  }

  private Supplier<CompletionStage<?>> work(String name) {
    return switch (name) {
      case "get" -> () -> redis.get(KEY);
      case "read" -> () -> session.executeAsync(read.bind(known));
      case "write" -> () -> session.executeAsync(write.bind(ids.incrementAndGet(), value));
      default -> throw new IllegalArgumentException(name);
    };
  }
}
