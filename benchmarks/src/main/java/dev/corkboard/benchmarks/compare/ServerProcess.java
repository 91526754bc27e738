// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.compare;

import dev.corkboard.benchmarks.ProcFile;
import dev.corkboard.deploy.ServiceProcess;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A server under test, a process of its own that listens on the port it finds in {@code PORT}. */
final class ServerProcess implements AutoCloseable {
  /** As much as the edge has under {@code ./run}. */
  private static final int HEAP_MEGABYTES = 256;

  private static final Duration START_LIMIT = Duration.ofMinutes(5);

  private final Process process;
  private final int port;
  private final double startSeconds;
  private final double idleMegabytes;

  private ServerProcess(Process process, int port, double startSeconds) {
    this.process = process;
    this.port = port;
    this.startSeconds = startSeconds;
    this.idleMegabytes = ProcFile.residentMegabytes(process.pid());
  }

  /** A main class in a JVM with the flags that the edge has. */
  static List<String> java(String classPath, String mainClass) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ServiceProcess.heap(HEAP_MEGABYTES));
    command.addAll(List.of("-cp", classPath, mainClass));
    return command;
  }

  /** Starts it; returns when it takes connections. Its output goes to a file of the folder. */
  static ServerProcess start(
      String name, Path folder, List<String> command, Map<String, String> environment) {
    try {
      int port = freePort();
      long begin = System.nanoTime();
      File output = Files.createDirectories(folder).resolve(name + ".log").toFile();
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(Redirect.to(output));
      builder.environment().putAll(environment);
      builder.environment().put("PORT", Integer.toString(port));
      Process process = builder.start();
      while (!takesConnections(port)) {
        boolean late = System.nanoTime() - begin > START_LIMIT.toNanos();
        if (late || !process.isAlive()) {
          process.destroyForcibly();
          throw new IllegalStateException(name + " did not start; see " + output);
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
      }
      return new ServerProcess(process, port, (System.nanoTime() - begin) / 1e9);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static boolean takesConnections(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  long pid() {
    return process.pid();
  }

  int port() {
    return port;
  }

  /** How long it took until it took connections. */
  double startSeconds() {
    return startSeconds;
  }

  /** Memory when it had just started. */
  double idleMegabytes() {
    return idleMegabytes;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
