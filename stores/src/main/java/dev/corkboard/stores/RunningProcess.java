// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.stores;

import java.util.concurrent.CompletableFuture;

/** A child process that was started and is ready. */
public interface RunningProcess extends AutoCloseable {
  long pid();

  /** The exit code, once it has ended for whatever reason. */
  CompletableFuture<Integer> onExit();

  /** Stops it; returns when it has ended. */
  @Override
  void close();
}
