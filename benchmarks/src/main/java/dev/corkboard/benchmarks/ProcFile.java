// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the kernel tells of a process in {@code /proc}. */
public final class ProcFile {
  /** Linux counts CPU time for programs in hundredths of a second, whatever its own clock. */
  private static final long MICROS_PER_TICK = 10_000;

  private ProcFile() {}

  /** CPU time so far, user and system, in microseconds. */
  public static long cpuMicros(long pid) {
    return cpuMicros(read(pid, "stat"));
  }

  /** The same, of the text of {@code /proc/PID/stat}. */
  static long cpuMicros(String stat) {
    // The name of the program stands in parentheses and may hold spaces and parentheses.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * MICROS_PER_TICK;
  }

  /** Whether the process is a JVM; any other would end when it is attached to. */
  public static boolean isJvm(long pid) {
    return read(pid, "comm").strip().equals("java");
  }

  /** Memory in use now, in MiB. */
  public static double residentMegabytes(long pid) {
    return megabytes(read(pid, "status"), "VmRSS");
  }

  /** The most memory that was in use so far, in MiB. */
  public static double peakMegabytes(long pid) {
    return megabytes(read(pid, "status"), "VmHWM");
  }

  /** A size in MiB, of the text of {@code /proc/PID/status}. */
  static double megabytes(String status, String field) {
    Matcher line =
        Pattern.compile("^" + field + ":\\s+(\\d+) kB$", Pattern.MULTILINE).matcher(status);
    if (!line.find()) throw new IllegalArgumentException("no " + field + " in: " + status);
    return Long.parseLong(line.group(1)) / 1024.0;
  }

  private static String read(long pid, String file) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid), file));
    } catch (IOException e) {
      throw new UncheckedIOException("process " + pid + " is gone", e);
    }
  }
}
