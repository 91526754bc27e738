// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.stores;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Three real nodes of one Cassandra, all on the same ports of loopback addresses of their own. On
 * Linux 127.0.0.0/8 is there; elsewhere 127.0.1.1 to 127.0.1.3 must be made first.
 *
 * <p>Each node takes about 300 MB beside its heap.
 */
public final class CassandraCluster implements AutoCloseable {
  /** How many nodes there are; a quorum lives with one of them dead. */
  public static final int NODES = 3;

  private static final String NAME = "node";

  private final List<CassandraOptions> options;
  private final List<EmbeddedCassandra> nodes;

  private CassandraCluster(List<CassandraOptions> options, List<EmbeddedCassandra> nodes) {
    this.options = options;
    this.nodes = nodes;
  }

  /** The address node {@code i}, from 0, listens on. */
  public static String host(int i) {
    return "127.0.1." + (i + 1);
  }

  /**
   * Starts all nodes at once and returns when each has answered a query.
   *
   * @param first heap, ports and flags of each node; the folders of nodes are made in its data
   *     folder; ports 0 for free ones
   * @param announced the addresses nodes announce, where something must pass traffic on to {@link
   *     #host}
   * @throws StartFailedException as a node does
   */
  public static CassandraCluster start(CassandraOptions first, List<String> announced) {
    int nativePort = first.nativePort() == 0 ? Ports.free() : first.nativePort();
    int storagePort = first.storagePort() == 0 ? Ports.free() : first.storagePort();
    List<CassandraOptions> options =
        IntStream.range(0, NODES)
            .mapToObj(
                i ->
                    first
                        .withDataDir(folder(first.dataDir(), i))
                        .withPorts(nativePort, storagePort)
                        .withAddress(
                            new NodeAddress(
                                host(i), announced.get(i), announced, OptionalLong.of(token(i)))))
            .toList();
    List<CompletableFuture<EmbeddedCassandra>> starting =
        options.stream()
            .map(one -> CompletableFuture.supplyAsync(() -> EmbeddedCassandra.start(one)))
            .toList();
    try {
      CompletableFuture.allOf(starting.toArray(CompletableFuture<?>[]::new)).join();
    } catch (CompletionException e) {
      starting.stream()
          .filter(one -> one.isDone() && !one.isCompletedExceptionally())
          .forEach(one -> one.join().kill());
      throw new StartFailedException(e.getCause().getMessage(), e);
    }
    return new CassandraCluster(
        options, new ArrayList<>(starting.stream().map(CompletableFuture::join).toList()));
  }

  /** As {@link #start(CassandraOptions, List)} with nothing between the nodes. */
  public static CassandraCluster start(CassandraOptions first) {
    return start(first, IntStream.range(0, NODES).mapToObj(CassandraCluster::host).toList());
  }

  /** The data folder of a node in that of the cluster. */
  public static Path folder(Path dataDir, int i) {
    return dataDir.resolve(NAME + (i + 1));
  }

  /** A third of the ring each. */
  private static long token(int i) {
    return Long.MIN_VALUE + 1 + i * (Long.MAX_VALUE / NODES * 2);
  }

  /** {@code host:port} of all nodes, as drivers take them. */
  public synchronized String contactPoints() {
    return nodes.stream().map(EmbeddedCassandra::contactPoint).collect(Collectors.joining(","));
  }

  /** The node as it was last started. */
  public synchronized EmbeddedCassandra node(int i) {
    return nodes.get(i);
  }

  /**
   * Starts a node that has ended on its data; returns when it has answered a query.
   *
   * @throws StartFailedException as a node does
   */
  public EmbeddedCassandra restart(int i) {
    EmbeddedCassandra next = EmbeddedCassandra.start(options.get(i));
    synchronized (this) {
      nodes.set(i, next);
    }
    return next;
  }

  /** For data nobody wants again: SIGKILL for all. */
  public synchronized void kill() {
    nodes.forEach(EmbeddedCassandra::kill);
  }

  /** Stops all nodes in order. */
  @Override
  public synchronized void close() {
    nodes.forEach(EmbeddedCassandra::close);
  }
}
