// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy;

import dev.corkboard.platform.config.Env;
import dev.corkboard.platform.server.Resources;
import dev.corkboard.stores.CassandraOptions;
import dev.corkboard.stores.EmbeddedCassandra;
import dev.corkboard.stores.EmbeddedRedis;
import dev.corkboard.stores.Ports;
import dev.corkboard.stores.RedisOptions;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The stores of a suite: those the environment names, or embedded ones.
 *
 * @param cassandra {@code host:port}, comma-separated
 * @param redis the URI
 * @param pids of those started here
 */
record StoreProcesses(
    String cassandra, String localDatacenter, String redis, Map<String, Long> pids) {

  /**
   * Starts what the environment does not name, on free ports that it keeps.
   *
   * @param resources takes what is to be closed
   */
  static StoreProcesses start(
      Env env,
      Path data,
      Resources resources,
      StopSignal stop,
      Supervisor supervisor,
      Progress progress) {
    Map<String, Long> pids = new LinkedHashMap<>();
    // Redis is ready in 20 ms: not worth a thread beside Cassandra.
    String redis = redis(env, data, resources, supervisor, progress, pids);
    Optional<String> contactPoints = env.string("CASSANDRA_CONTACT_POINTS");
    if (contactPoints.isPresent()) {
      progress.line("  Cassandra at " + contactPoints.get() + " (CASSANDRA_CONTACT_POINTS)");
      return new StoreProcesses(
          contactPoints.get(),
          env.string("CASSANDRA_LOCAL_DATACENTER", EmbeddedCassandra.LOCAL_DATACENTER),
          redis,
          pids);
    }
    stop.check();
    CassandraOptions cassandraOptions =
        CassandraOptions.in(data)
            .withOwnSession()
            .withPorts(Ports.free(), Ports.free())
            .withJavaOptions(JavaOptions.of(env, "CASSANDRA"));
    EmbeddedCassandra cassandra =
        progress.step(
            "Cassandra",
            () ->
                supervisor.start(
                    "cassandra",
                    "Cassandra",
                    () -> EmbeddedCassandra.start(cassandraOptions),
                    resources),
            EmbeddedCassandra::contactPoint);
    pids.put("cassandra", cassandra.pid());
    return new StoreProcesses(cassandra.contactPoint(), cassandra.localDatacenter(), redis, pids);
  }

  private static String redis(
      Env env,
      Path data,
      Resources resources,
      Supervisor supervisor,
      Progress progress,
      Map<String, Long> pids) {
    Optional<String> uri = env.string("REDIS_URI");
    if (uri.isPresent()) {
      // Without what stands before an @, which may be a password.
      progress.line("  Redis at " + uri.get().replaceFirst("//.*@", "//") + " (REDIS_URI)");
      return uri.get();
    }
    RedisOptions redisOptions = RedisOptions.in(data).withOwnSession().withPort(Ports.free());
    EmbeddedRedis redis =
        progress.step(
            "Redis",
            () ->
                supervisor.start(
                    "redis", "Redis", () -> EmbeddedRedis.start(redisOptions), resources),
            started -> "127.0.0.1:" + started.port());
    pids.put("redis", redis.pid());
    return redis.uri();
  }
}
