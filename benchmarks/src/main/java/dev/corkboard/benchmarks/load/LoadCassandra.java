// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.load;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.Statement;
import dev.corkboard.deploy.faults.FaultProxy;
import dev.corkboard.stores.CassandraCluster;
import dev.corkboard.stores.CassandraOptions;
import dev.corkboard.stores.EmbeddedCassandra;
import dev.corkboard.stores.Ports;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The nodes of a load's Cassandra, and what stands between them. */
final class LoadCassandra implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LoadCassandra.class);

  static final String DATACENTER = EmbeddedCassandra.LOCAL_DATACENTER;

  /** The node whose links are cut and whose disk is filled: the last. */
  private static final int VICTIM = CassandraCluster.NODES - 1;

  private static final int HEAP_MEGABYTES = 320;
  private static final Duration START_LIMIT = Duration.ofMinutes(4);
  private static final int DISK_MEGABYTES = 320;
  private static final int FILLING_ROWS = 48;

  private final Path data;
  private final LoadSuite.Shape shape;
  private final List<FaultProxy> proxies = new ArrayList<>();
  private Optional<Disk> disk = Optional.empty();
  private String contactPoints = "";

  LoadCassandra(Path data, LoadSuite.Shape shape) {
    this.data = data;
    this.shape = shape;
  }

  List<Part> start() {
    return shape.nodes() == 1 ? List.of(single()) : cluster();
  }

  /** Ports that are kept, and time enough for a machine that is busy with the load. */
  private CassandraOptions options() {
    String flags = System.getenv().getOrDefault("CASSANDRA_JAVA_OPTIONS", "").strip();
    return CassandraOptions.in(data)
        .withOwnSession()
        .withPorts(Ports.free(), Ports.free())
        .withStartLimit(START_LIMIT)
        .withJavaOptions(flags.isEmpty() ? List.of() : List.of(flags.split("\\s+")));
  }

  private Part single() {
    CassandraOptions options = options();
    EmbeddedCassandra first = EmbeddedCassandra.start(options);
    contactPoints = first.contactPoint();
    return new Part(LoadSuite.CASSANDRA, first, () -> EmbeddedCassandra.start(options));
  }

  private List<Part> cluster() {
    if (shape.smallDisk()) {
      Path commitLog = CassandraCluster.folder(data, VICTIM).resolve("cassandra/commitlog");
      disk = Disk.mount(commitLog, DISK_MEGABYTES);
    }
    CassandraOptions options = options().withHeapMegabytes(HEAP_MEGABYTES);
    List<String> announced =
        IntStream.range(0, CassandraCluster.NODES)
            .mapToObj(i -> shape.proxied() ? "127.0.2." + (i + 1) : CassandraCluster.host(i))
            .toList();
    if (shape.proxied()) {
      for (int i = 0; i < CassandraCluster.NODES; i++) {
        proxies.add(proxy(announced.get(i), CassandraCluster.host(i), options.nativePort()));
        proxies.add(proxy(announced.get(i), CassandraCluster.host(i), options.storagePort()));
      }
    }
    CassandraCluster cluster = CassandraCluster.start(options, announced);
    contactPoints = cluster.contactPoints();
    if (disk.isPresent()) makeFilling();
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < CassandraCluster.NODES; i++) {
      int node = i;
      parts.add(
          new Part(
              LoadSuite.CASSANDRA + "-" + (i + 1), cluster.node(i), () -> cluster.restart(node)));
    }
    return parts;
  }

  private static FaultProxy proxy(String announced, String host, int port) {
    FaultProxy proxy = new FaultProxy(LoadSuite.socket(announced + ":" + port));
    proxy.target(LoadSuite.socket(host + ":" + port));
    return proxy;
  }

  String contactPoints() {
    return contactPoints;
  }

  /** What cuts one node off from services and from what other nodes send it. */
  List<FaultProxy> linksOfOneNode() {
    return proxies.isEmpty() ? List.of() : proxies.subList(2 * VICTIM, 2 * VICTIM + 2);
  }

  /** Whether the disk of a node can be filled here. */
  boolean hasSmallDisk() {
    return disk.isPresent();
  }

  /** Fills the commit log's disk of a node, and writes until that node has noticed. */
  void fillDisk() {
    try (CqlSession cql = session()) {
      var insert = cql.prepare("INSERT INTO filling.rows (id, bytes) VALUES (?, ?)");
      disk.orElseThrow().fill();
      for (int i = 0; i < FILLING_ROWS; i++) {
        fill(cql, insert.bind(i, ByteBuffer.allocate(1024 * 1024)).setIdempotent(true));
      }
    }
  }

  private CqlSession session() {
    DriverConfigLoader config =
        DriverConfigLoader.programmaticBuilder()
            .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(10))
            .withDuration(
                DefaultDriverOption.CONTROL_CONNECTION_AGREEMENT_TIMEOUT, Duration.ofMinutes(1))
            .build();
    return CqlSession.builder()
        .withLocalDatacenter(DATACENTER)
        .withConfigLoader(config)
        .addContactPoint(LoadSuite.socket(contactPoints.split(",", -1)[0]))
        .build();
  }

  /** What fills a disk later, made while there is no load that would keep nodes from agreeing. */
  private void makeFilling() {
    try (CqlSession cql = session()) {
      cql.execute(
          "CREATE KEYSPACE IF NOT EXISTS filling WITH replication ="
              + " {'class': 'NetworkTopologyStrategy', 'replication_factor': 3}");
      cql.execute("CREATE TABLE IF NOT EXISTS filling.rows (id int PRIMARY KEY, bytes blob)");
    }
  }

  private static void fill(CqlSession cql, Statement<?> insert) {
    try {
      cql.execute(insert);
    } catch (DriverException stopped) {
      log.info("a node takes no more: {}", stopped.toString());
    }
  }

  void freeDisk() {
    disk.orElseThrow().free();
  }

  /** The node whose disk is small. */
  static int victim() {
    return VICTIM;
  }

  @Override
  public void close() {
    proxies.forEach(FaultProxy::close);
    disk.ifPresent(Disk::close);
  }
}
