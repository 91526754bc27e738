// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Freezes and thaws processes, as a pause of their machine does. */
public final class Signals {
  private Signals() {}

  public static void freeze(long pid) {
    send("-STOP", pid);
  }

  public static void thaw(long pid) {
    send("-CONT", pid);
  }

  private static void send(String signal, long pid) {
    try {
      int exit = new ProcessBuilder("kill", signal, Long.toString(pid)).start().waitFor();
      assertThat(exit).as("kill " + signal + " " + pid).isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
