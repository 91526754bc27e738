// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.stores;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A real Cassandra 5 in a Java process of its own, serving CQL on a loopback address.
 *
 * <p>What it acknowledged survives {@code kill -9}, and a start on the same data folder finds it
 * again whatever ports are chosen.
 */
public final class EmbeddedCassandra implements RunningProcess {
  /** What Cassandra calls its only data centre when told nothing else. */
  public static final String LOCAL_DATACENTER = "datacenter1";

  private final ChildProcess process;
  private final ClassArchive archive;
  private final NodeAddress address;
  private final int port;

  private EmbeddedCassandra(
      ChildProcess process, ClassArchive archive, NodeAddress address, int port) {
    this.process = process;
    this.archive = archive;
    this.address = address;
    this.port = port;
  }

  /**
   * Starts Cassandra and returns when a query has been answered.
   *
   * @throws StartFailedException with the reason in one line: no Java 17, no jars, a port in use;
   *     or with the last lines of output when Cassandra itself gave up
   */
  public static EmbeddedCassandra start(CassandraOptions options) {
    Path jdk = Jdk17.find();
    CassandraJars jars = CassandraJars.find();
    NodeAddress address = options.address();
    int nativePort = Ports.claim("Cassandra", address.host(), options.nativePort());
    int storagePort = Ports.claim("Cassandra's storage", address.host(), options.storagePort());
    CassandraHome home = new CassandraHome(options.dataDir());
    home.configure(address, nativePort, storagePort);
    ClassArchive archive = ClassArchive.of(jdk, jars);
    ChildProcess process =
        ChildProcess.start(
            "cassandra",
            options.dataDir(),
            home.command(jdk, jars, options, archive.flags()),
            // Fewer malloc arenas: tens of megabytes less with dozens of threads.
            Map.of("MALLOC_ARENA_MAX", "2"),
            options.ownSession());
    process.awaitReady(
        options.startLimit(), new CqlProbe(Ports.at(address.host(), nativePort), LOCAL_DATACENTER));
    return new EmbeddedCassandra(process, archive, address, nativePort);
  }

  public String host() {
    return address.host();
  }

  /** Where CQL is served. */
  public int nativePort() {
    return port;
  }

  /** {@code host:port}, as drivers take it. */
  public String contactPoint() {
    return address.announced() + ":" + port;
  }

  public String localDatacenter() {
    return LOCAL_DATACENTER;
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public CompletableFuture<Integer> onExit() {
    return process.onExit();
  }

  /** SIGKILL, as when the power fails. */
  public void kill() {
    process.kill();
  }

  /** Stops in order, at most 30 seconds, then by SIGKILL. */
  @Override
  public void close() {
    process.close();
    archive.keep();
  }

  /** For data nobody wants again: stops as quickly as possible. */
  void discard() {
    if (archive.isMissing()) {
      close();
    } else {
      kill();
    }
  }
}
