// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What {@code run} was asked for.
 *
 * @param port of the edge, 0 for a free one; with any given, everything else is on free ports
 * @param data the data folder, if not the default one
 * @param ephemeral whether to start with no data and leave none
 * @param demo whether to fill the demo accounts
 * @param processes whether each service gets a process of its own
 * @param tls whether services show each other certificates, made for the run
 * @param traces whether every request is traced to files
 */
record RunOptions(
    OptionalInt port,
    Optional<Path> data,
    boolean ephemeral,
    boolean demo,
    boolean processes,
    boolean tls,
    boolean traces) {
  /** Where the project is, which the script {@code run} knows. */
  private static final String HOME = "corkboard.home";

  /** Opens the folder to work in. */
  DataFolder openFolder() {
    if (ephemeral) {
      return data.map(DataFolder::openEphemeral).orElseGet(DataFolder::openTemporary);
    }
    return DataFolder.open(data.orElseGet(RunOptions::home));
  }

  /** The data folder, unless another one is named. */
  static Path home() {
    return Path.of(System.getProperty(HOME, "")).resolve(".corkboard");
  }

  /** What the services are set to about traces, where the environment says nothing. */
  Map<String, String> traceSettings(Path directory) {
    Map<String, String> settings = new HashMap<>(Map.of("TRACES_DIR", directory.toString()));
    if (traces) {
      settings.put("OTEL_TRACES_EXPORTER", "file");
      settings.put("OTEL_TRACES_SAMPLER_ARG", "1");
    }
    return settings;
  }

  boolean freePorts() {
    return ephemeral || port.isPresent();
  }
}
