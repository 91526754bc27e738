// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.stores;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A real Redis 7 as a cache on 127.0.0.1: nothing of it is written to disk. */
public final class EmbeddedRedis implements RunningProcess {
  private static final String HOST = "127.0.0.1";
  private static final byte[] PING = "PING\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] PONG = "+PONG\r\n".getBytes(StandardCharsets.US_ASCII);

  private final ChildProcess process;
  private final int port;

  private EmbeddedRedis(ChildProcess process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts Redis and returns when it has answered PING.
   *
   * @throws StartFailedException with the reason in one line, or with Redis' last lines of output
   */
  public static EmbeddedRedis start(RedisOptions options) {
    Path folder = options.dataDir().resolve("redis").toAbsolutePath();
    int port = Ports.claim("Redis", options.port());
    Path binary = RedisBinary.extract(folder);
    List<String> command =
        List.of(
            binary.toString(),
            "--bind",
            HOST,
            "--port",
            Integer.toString(port),
            "--dir",
            folder.toString(),
            "--save",
            "",
            "--appendonly",
            "no",
            "--maxmemory",
            options.maxMemoryMegabytes() + "mb",
            "--maxmemory-policy",
            "volatile-ttl");
    ChildProcess process =
        ChildProcess.start("redis", options.dataDir(), command, Map.of(), options.ownSession());
    process.awaitReady(options.startLimit(), () -> answersPing(port));
    return new EmbeddedRedis(process, port);
  }

  public String host() {
    return HOST;
  }

  public int port() {
    return port;
  }

  /** {@code redis://127.0.0.1:port}. */
  public String uri() {
    return "redis://" + HOST + ":" + port;
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public CompletableFuture<Integer> onExit() {
    return process.onExit();
  }

  /** SIGKILL, as when the power fails. */
  public void kill() {
    process.kill();
  }

  @Override
  public void close() {
    process.close();
  }

  private static boolean answersPing(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(Ports.local(port), 500);
      socket.setSoTimeout(500);
      socket.getOutputStream().write(PING);
      return Arrays.equals(PONG, socket.getInputStream().readNBytes(PONG.length));
    } catch (IOException notYet) {
      return false;
    }
  }
}
