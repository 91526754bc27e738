// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.stores;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What {@code <data>/run/<name>.pid} says about a started process: its pid and when it started.
 *
 * <p>A pid alone may have been given to another process since; pid and start together may not.
 *
 * @param start {@code boot-id:ticks} on Linux, which no change of the clock moves; elsewhere the
 *     start as an ISO-8601 instant; empty when the system does not tell, and then never matched
 */
public record ProcessRecord(String name, long pid, String start) {
  private static final Logger log = LoggerFactory.getLogger(ProcessRecord.class);
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
  private static final String SUFFIX = ".pid";

  /** Field 22 of {@code /proc/<pid>/stat}, counted from the field after the command's ")". */
  private static final int START_TICKS = 19;

  /** How long {@link #endOrphans(Path)} waits between SIGTERM and SIGKILL. */
  public static final Duration GRACE = Duration.ofSeconds(20);

  public static ProcessRecord of(String name, ProcessHandle process) {
    return new ProcessRecord(name, process.pid(), startOf(process));
  }

  /** Writes this record in one step, so that a reader never sees half of it. */
  public void write(Path dataDir) {
    Path file = fileOf(dataDir, name);
    Path unfinished = file.resolveSibling(name + ".tmp");
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(unfinished, pid + "\n" + start + "\n");
      Files.move(
          unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes the record of this process, and no newer one of the same name. */
  public void delete(Path dataDir) {
    Path file = fileOf(dataDir, name);
    if (read(file).filter(this::equals).isPresent()) {
      deleteFile(file);
    }
  }

  /** The very process that was recorded, if it still runs. */
  public Optional<ProcessHandle> running() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(process -> !start.isEmpty() && start.equals(startOf(process)));
  }

  /** Everything recorded in the data folder, alive or not. */
  public static List<ProcessRecord> readAll(Path dataDir) {
    List<ProcessRecord> records = new ArrayList<>();
    Path folder = dataDir.resolve("run");
    if (!Files.isDirectory(folder)) {
      return records;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      files.forEach(file -> read(file).ifPresent(records::add));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return records;
  }

  /**
   * Ends what a killed launcher left running in this data folder, and forgets all its records.
   *
   * <p>Call it only while holding the data folder's lock: whatever is recorded there is taken for
   * orphaned.
   *
   * @return the processes that were still running
   */
  public static List<ProcessRecord> endOrphans(Path dataDir) {
    return endOrphans(dataDir, GRACE);
  }

  /**
   * As {@link #endOrphans(Path)}; SIGTERM to all at once, SIGKILL to those left after the grace.
   */
  public static List<ProcessRecord> endOrphans(Path dataDir, Duration grace) {
    List<ProcessRecord> ended = new ArrayList<>();
    List<ProcessHandle> orphans = new ArrayList<>();
    List<ProcessRecord> records = readAll(dataDir);
    for (ProcessRecord entry : records) {
      entry
          .running()
          .ifPresent(
              process -> {
                log.info(
                    "ending {} (pid {}), left behind by an earlier run", entry.name, entry.pid);
                process.destroy();
                orphans.add(process);
                ended.add(entry);
              });
    }
    ProcessEnd.await(orphans, grace);
    records.forEach(entry -> deleteFile(fileOf(dataDir, entry.name)));
    return ended;
  }

  private static Path fileOf(Path dataDir, String name) {
    return dataDir.resolve("run").resolve(name + SUFFIX);
  }

  private static Optional<ProcessRecord> read(Path file) {
    String fileName = file.getFileName().toString();
    try {
      List<String> lines = Files.readAllLines(file);
      return Optional.of(
          new ProcessRecord(
              fileName.substring(0, fileName.length() - SUFFIX.length()),
              Long.parseLong(lines.get(0)),
              lines.get(1)));
    } catch (IOException | IndexOutOfBoundsException | NumberFormatException e) {
      log.warn("{} is not a process record and is left alone: {}", file, e.toString());
      return Optional.empty();
    }
  }

  private static String startOf(ProcessHandle process) {
    Path stat = Path.of("/proc", Long.toString(process.pid()), "stat");
    if (Files.isReadable(BOOT_ID)) {
      try {
        String line = Files.readString(stat);
        String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
        return Files.readString(BOOT_ID).strip() + ":" + fields[START_TICKS];
      } catch (IOException gone) {
        log.debug("{}: {}", stat, gone.toString());
        return "";
      }
    }
    return process.info().startInstant().map(Object::toString).orElse("");
  }

  private static void deleteFile(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
