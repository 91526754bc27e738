// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.stores;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * How to start the embedded Cassandra.
 *
 * @param dataDir the data folder; Cassandra keeps to {@code cassandra/}, {@code log/} and {@code
 *     run/} in it
 * @param nativePort where CQL is served on 127.0.0.1; 0 for a free port
 * @param storagePort for traffic between nodes; 0 for a free port
 * @param heapMegabytes largest Java heap; the process as a whole takes about 300 MB more
 * @param address where it is among other nodes, of which there are none by default
 * @param javaOptions flags of its JVM, after those it has
 * @param ownSession see {@link ChildProcess#start}
 * @param startLimit how long the start may take before it counts as failed
 */
public record CassandraOptions(
    Path dataDir,
    int nativePort,
    int storagePort,
    int heapMegabytes,
    NodeAddress address,
    List<String> javaOptions,
    boolean ownSession,
    Duration startLimit) {
  private static final int SMALLEST_HEAP = 192;

  /** Refuses ports outside 0-65535 or twice the same, and a heap Cassandra does not start with. */
  public CassandraOptions {
    javaOptions = List.copyOf(javaOptions);
    requirePort("nativePort", nativePort);
    requirePort("storagePort", storagePort);
    if (nativePort == storagePort && nativePort != 0) {
      throw new IllegalArgumentException(
          "storagePort: " + storagePort + " (expected: another port than nativePort)");
    }
    if (heapMegabytes < SMALLEST_HEAP) {
      throw new IllegalArgumentException(
          "heapMegabytes: " + heapMegabytes + " (expected: at least " + SMALLEST_HEAP + ")");
    }
  }

  /** Free ports, 256 MB of heap, compiled for load, two minutes to start. */
  public static CassandraOptions in(Path dataDir) {
    return new CassandraOptions(
        dataDir, 0, 0, 256, NodeAddress.ALONE, List.of(), false, Duration.ofMinutes(2));
  }

  public CassandraOptions withPorts(int nativePort, int storagePort) {
    return changed(
        draft -> {
          draft.nativePort = nativePort;
          draft.storagePort = storagePort;
        });
  }

  public CassandraOptions withHeapMegabytes(int heapMegabytes) {
    return changed(draft -> draft.heapMegabytes = heapMegabytes);
  }

  CassandraOptions withDataDir(Path dataDir) {
    return changed(draft -> draft.dataDir = dataDir);
  }

  public CassandraOptions withAddress(NodeAddress address) {
    return changed(draft -> draft.address = address);
  }

  public CassandraOptions withStartLimit(Duration startLimit) {
    return changed(draft -> draft.startLimit = startLimit);
  }

  /** Adds flags. */
  public CassandraOptions withJavaOptions(List<String> more) {
    return changed(draft -> draft.javaOptions.addAll(more));
  }

  /** Compiles less: ready sooner, slower under load; for tests. */
  public CassandraOptions withQuickStart() {
    return withJavaOptions(List.of("-XX:TieredStopAtLevel=1"));
  }

  public CassandraOptions withOwnSession() {
    return changed(draft -> draft.ownSession = true);
  }

  private CassandraOptions changed(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.options();
  }

  private static final class Draft {
    private Path dataDir;
    private int nativePort;
    private int storagePort;
    private int heapMegabytes;
    private NodeAddress address;
    private final List<String> javaOptions;
    private boolean ownSession;
    private Duration startLimit;

    Draft(CassandraOptions from) {
      dataDir = from.dataDir;
      nativePort = from.nativePort;
      storagePort = from.storagePort;
      heapMegabytes = from.heapMegabytes;
      address = from.address;
      javaOptions = new ArrayList<>(from.javaOptions);
      ownSession = from.ownSession;
      startLimit = from.startLimit;
    }

    CassandraOptions options() {
      return new CassandraOptions(
          dataDir,
          nativePort,
          storagePort,
          heapMegabytes,
          address,
          javaOptions,
          ownSession,
          startLimit);
    }
  }

  private static void requirePort(String field, int port) {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException(field + ": " + port + " (expected: 0-65535)");
    }
  }
}
