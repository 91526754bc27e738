// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy;

import java.nio.file.Path;
import java.util.Optional;

/** Keeps {@code ready.json} true from when the suite is ready until it stops. */
final class Readiness implements AutoCloseable {
  private final Path file;
  private Optional<ReadyFile> published = Optional.empty();

  /** Removes what an earlier run left. */
  Readiness(Path file) {
    this.file = file;
    ReadyFile.delete(file);
  }

  synchronized boolean isReady() {
    return published.isPresent();
  }

  synchronized void publish(ReadyFile ready) {
    ready.write(file);
    published = Optional.of(ready);
  }

  /** A part runs in another process from now on; told only while the suite is ready. */
  synchronized void moved(String part, long pid) {
    published.map(ready -> ready.withPid(part, pid)).ifPresent(this::publish);
  }

  @Override
  public synchronized void close() {
    published = Optional.empty();
    ReadyFile.delete(file);
  }
}
