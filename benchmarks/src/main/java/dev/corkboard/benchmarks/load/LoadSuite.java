// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.load;

import dev.corkboard.benchmarks.load.Balancer.Copy;
import dev.corkboard.deploy.Addresses;
import dev.corkboard.deploy.Health;
import dev.corkboard.deploy.Operator;
import dev.corkboard.deploy.Service;
import dev.corkboard.deploy.ServiceProcess;
import dev.corkboard.deploy.Settings;
import dev.corkboard.deploy.faults.FaultProxy;
import dev.corkboard.platform.auth.ServiceIdentity;
import dev.corkboard.platform.server.Resources;
import dev.corkboard.stores.CassandraCluster;
import dev.corkboard.stores.EmbeddedRedis;
import dev.corkboard.stores.Ports;
import dev.corkboard.stores.ProcessRecord;
import dev.corkboard.stores.RedisOptions;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A fresh installation: nodes of Cassandra, Redis, and some copies of each service, every one a
 * process of its own; in front of each a proxy where there are several copies or links are to
 * break.
 */
final class LoadSuite implements AutoCloseable {
  static final String REDIS = "redis";
  static final String CASSANDRA = "cassandra";

  private final Resources resources = new Resources();
  private final Shape shape;
  private final Path data;
  private final LoadCassandra cassandra;
  private final Map<String, List<Part>> parts = new LinkedHashMap<>();
  private final Map<String, List<FaultProxy>> links = new LinkedHashMap<>();
  private final List<Addresses> copies = new ArrayList<>();
  private String redis;

  /**
   * How large it is.
   *
   * @param nodes of Cassandra, 1 or 3
   * @param copies of each service
   * @param proxied whether links can be cut
   * @param smallDisk whether the disk of a node can be filled
   */
  record Shape(int nodes, int copies, boolean proxied, boolean smallDisk) {}

  /** A suite for a folder that holds nothing yet. */
  LoadSuite(Path data, Shape shape) {
    this.data = data;
    this.shape = shape;
    this.cassandra = resources.add(new LoadCassandra(data, shape));
  }

  /** Starts everything; what was started when it fails goes with {@link #close()}. */
  void start() {
    startStores();
    startServices();
  }

  private void startStores() {
    RedisOptions options = RedisOptions.in(data).withOwnSession().withPort(Ports.free());
    add(REDIS, Part.start(REDIS, () -> EmbeddedRedis.start(options)));
    redis = "127.0.0.1:" + options.port();
    if (shape.proxied()) {
      FaultProxy proxy = front(REDIS);
      proxy.target(socket(redis));
      redis = proxy.address();
    }
    cassandra.start().forEach(node -> add(CASSANDRA, node));
    if (shape.proxied()) links.put(CASSANDRA, cassandra.linksOfOneNode());
  }

  private void startServices() {
    List<String> names = new ArrayList<>(List.of(Operator.NAME));
    for (Service service : Service.values()) names.add(service.id());
    ServiceIdentity.generate(keys(), names);
    for (int i = 0; i < shape.copies(); i++) copies.add(Addresses.free(OptionalInt.empty()));
    Map<Service, String> addresses = new EnumMap<>(Service.class);
    for (Service service : Service.values()) addresses.put(service, addressOf(service));
    for (Service service : Service.values()) {
      for (int i = 0; i < shape.copies(); i++) {
        Path folder = copy(i);
        Map<String, String> settings = settings(copies.get(i), addresses);
        Health health = new Health(copies.get(i));
        String name = service.id() + (shape.copies() == 1 ? "" : "-" + (i + 1));
        add(
            service.id(),
            Part.start(name, () -> ServiceProcess.start(service, folder, settings, health)));
      }
    }
  }

  /** The one copy, or a proxy in front of all. */
  private String addressOf(Service service) {
    if (copies.size() == 1 && !shape.proxied()) return copies.get(0).of(service);
    FaultProxy proxy = front(service.id());
    List<Copy> behind =
        copies.stream()
            .map(copy -> new Copy(socket(copy.of(service)), copy.adminOf(service)))
            .toList();
    resources.add(new Balancer(proxy, behind));
    return proxy.address();
  }

  private FaultProxy front(String name) {
    FaultProxy proxy = resources.add(new FaultProxy());
    links.put(name, List.of(proxy));
    return proxy;
  }

  @SuppressWarnings("AddressSelection") // Numeric addresses: no name is looked up.
  static InetSocketAddress socket(String address) {
    int colon = address.lastIndexOf(':');
    return new InetSocketAddress(
        address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
  }

  private Map<String, String> settings(Addresses own, Map<Service, String> addresses) {
    Map<String, String> given = new HashMap<>(System.getenv());
    given.put("RATE_LIMITS", "off");
    given.put("CASSANDRA_REPLICATION_FACTOR", Integer.toString(shape.nodes()));
    given.put("PIN_RECONCILE_PERIOD", "10s");
    given.put("DRAIN_DELAY", "2s");
    given.put("PUBLIC_URL", "http://" + addresses.get(Service.EDGE));
    Map<String, String> settings =
        Settings.of(
            given,
            own,
            cassandra.contactPoints(),
            LoadCassandra.DATACENTER,
            "redis://" + redis,
            keys(),
            data.resolve("media"));
    addresses.forEach((service, address) -> settings.put(service.name() + "_URI", address));
    return settings;
  }

  private void add(String name, Part part) {
    parts.computeIfAbsent(name, any -> new ArrayList<>()).add(resources.add(part));
  }

  private Path keys() {
    return data.resolve("keys");
  }

  /** The URL of the REST API. */
  String edge() {
    if (links.containsKey(Service.EDGE.id())) {
      return "http://" + links.get(Service.EDGE.id()).get(0).address();
    }
    return copies.get(0).edgeUrl();
  }

  /** To make accounts with. */
  Operator operator() {
    return Operator.open(copies.get(0).of(Service.ACCOUNT), keys(), Optional.empty());
  }

  /** {@code host:port} of the metrics of every copy of pin-service. */
  List<String> pinMetrics() {
    return copies.stream().map(copy -> copy.adminOf(Service.PIN)).toList();
  }

  /** {@code host:port} of Redis itself. */
  InetSocketAddress redis() {
    return links.containsKey(REDIS) ? socketOfRedis() : socket(redis);
  }

  private InetSocketAddress socketOfRedis() {
    return links.get(REDIS).get(0).target();
  }

  /** The processes of a service or a store. */
  List<Part> parts(String name) {
    return parts.get(name);
  }

  List<Part> everything() {
    return parts.values().stream().flatMap(List::stream).toList();
  }

  /** The proxies whose fault cuts callers off from a service or a store. */
  List<FaultProxy> link(String name) {
    return links.getOrDefault(name, List.of());
  }

  LoadCassandra cassandra() {
    return cassandra;
  }

  /** Ends everything at once, also what is just being started again. */
  @Override
  public void close() {
    resources.close();
    folders().forEach(folder -> ProcessRecord.endOrphans(folder, Duration.ZERO));
  }

  private List<Path> folders() {
    List<Path> folders = new ArrayList<>(List.of(data));
    for (int i = 0; i < shape.copies(); i++) folders.add(copy(i));
    for (int i = 0; i < shape.nodes(); i++) folders.add(CassandraCluster.folder(data, i));
    return folders;
  }

  private Path copy(int i) {
    return data.resolve("copy" + (i + 1));
  }
}
