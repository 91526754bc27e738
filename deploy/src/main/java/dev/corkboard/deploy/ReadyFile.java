// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What {@code ready.json} tells other programs while the suite is ready.
 *
 * @param edge the URL of the REST API
 * @param grpc {@code host:port} of each gRPC service
 * @param admin {@code host:port} of each process' metrics
 * @param stores {@code host:port} of Cassandra and the URI of Redis
 * @param tokens an access token for each demo account; none where an external issuer signs in
 * @param client the id and secret of an app, or nothing likewise
 * @param passwords the password of each demo account, or none likewise
 * @param pids the process each part runs in; several may share one
 */
record ReadyFile(
    String edge,
    Map<String, String> grpc,
    Map<String, String> admin,
    Map<String, String> stores,
    Map<String, String> tokens,
    Map<String, String> client,
    Map<String, String> passwords,
    Map<String, Long> pids) {
  /** The same, but for the process a part runs in. */
  ReadyFile withPid(String part, long pid) {
    Map<String, Long> moved = new LinkedHashMap<>(pids);
    moved.put(part, pid);
    return new ReadyFile(edge, grpc, admin, stores, tokens, client, passwords, moved);
  }

  /** Writes it in one step, readable by its owner alone: it holds tokens. */
  void write(Path file) {
    PrivateJson.write(file, this);
  }

  /** Removes it: the suite is no longer, or not yet, ready. */
  static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
