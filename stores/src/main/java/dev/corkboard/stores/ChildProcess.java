// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.stores;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * A process this one started, recorded under {@code <data>/run} and writing its output to {@code
 * <data>/log/<name>.out} (that of the run before is kept as {@code .out.1}).
 */
public final class ChildProcess implements RunningProcess {
  private static final Path SETSID = Path.of("/usr/bin/setsid");
  private static final int QUOTED_LINES = 12;
  private static final int QUOTED_BYTES = 8 * 1024;

  /** How long {@link #close()} waits between SIGTERM and SIGKILL. */
  private static final Duration GRACE = Duration.ofSeconds(30);

  private final String name;
  private final Path dataDir;
  private final Path output;
  private final Process process;
  private final ProcessRecord entry;

  private ChildProcess(String name, Path dataDir, Path output, Process process) {
    this.name = name;
    this.dataDir = dataDir;
    this.output = output;
    this.process = process;
    this.entry = ProcessRecord.of(name, process.toHandle());
  }

  /**
   * Starts and records a process; standard input is empty.
   *
   * @param name letters, digits and dashes; names the record and the log
   * @param environment added to what this process has
   * @param ownSession whether Ctrl-C in the terminal must reach only this process and not the
   *     child, so that children can be stopped in order; without {@code setsid} on the machine it
   *     reaches both
   */
  public static ChildProcess start(
      String name,
      Path dataDir,
      List<String> command,
      Map<String, String> environment,
      boolean ownSession) {
    List<String> line = new ArrayList<>();
    if (ownSession && Files.isExecutable(SETSID)) {
      line.add(SETSID.toString());
    }
    line.addAll(command);
    try {
      Path output = Files.createDirectories(dataDir.resolve("log")).resolve(name + ".out");
      if (Files.exists(output)) {
        Files.move(
            output, output.resolveSibling(name + ".out.1"), StandardCopyOption.REPLACE_EXISTING);
      }
      ProcessBuilder builder =
          new ProcessBuilder(line)
              .redirectErrorStream(true)
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .redirectOutput(output.toFile());
      builder.environment().putAll(environment);
      ChildProcess child = new ChildProcess(name, dataDir, output, builder.start());
      child.record();
      return child;
    } catch (IOException e) {
      throw new StartFailedException(name + " could not be started: " + e.getMessage(), e);
    }
  }

  /**
   * Returns when the probe says true.
   *
   * @param probe asked about twenty times a second; false means not yet
   * @throws StartFailedException with the last lines of output when the process ends or the limit
   *     passes first; the process is ended then
   */
  public void awaitReady(Duration limit, BooleanSupplier probe) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!probe.getAsBoolean()) {
      if (!process.isAlive()) {
        entry.delete(dataDir);
        throw new StartFailedException(
            name + " ended while starting, exit code " + process.exitValue() + lastLines());
      }
      if (System.nanoTime() > deadline) {
        close();
        throw new StartFailedException(
            name + " was not ready within " + limit.toSeconds() + " s" + lastLines());
      }
      pause();
    }
  }

  public String name() {
    return name;
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public CompletableFuture<Integer> onExit() {
    return process.onExit().thenApply(Process::exitValue);
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL: the process gets no chance to tidy up, as when the power fails. */
  public void kill() {
    process.destroyForcibly();
    end();
  }

  /** SIGTERM, then SIGKILL after 30 seconds; returns when the process has ended. */
  @Override
  public void close() {
    process.destroy();
    end();
  }

  private void record() {
    try {
      entry.write(dataDir);
    } catch (UncheckedIOException e) {
      process.destroyForcibly();
      throw new StartFailedException(name + " could not be recorded: " + e.getMessage(), e);
    }
  }

  private void end() {
    ProcessEnd.await(List.of(process.toHandle()), GRACE);
    entry.delete(dataDir);
  }

  private void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
      throw new StartFailedException(name + ": interrupted while starting", e);
    }
  }

  private String lastLines() {
    try (RandomAccessFile file = new RandomAccessFile(output.toFile(), "r")) {
      file.seek(Math.max(0, file.length() - QUOTED_BYTES));
      byte[] tail = new byte[(int) (file.length() - file.getFilePointer())];
      file.readFully(tail);
      List<String> lines = new String(tail, StandardCharsets.UTF_8).strip().lines().toList();
      List<String> last = lines.subList(Math.max(0, lines.size() - QUOTED_LINES), lines.size());
      return "; last lines of " + output + ":\n  " + String.join("\n  ", last);
    } catch (IOException e) {
      return "; its output " + output + " cannot be read: " + e.getMessage();
    }
  }
}
