// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.stores;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * One real Cassandra, one real Redis and one server that speaks S3 for all tests of a test process,
 * started when first asked for and gone, with their data, when the test run ends.
 *
 * <p>{@code CASSANDRA_CONTACT_POINTS} (with {@code CASSANDRA_LOCAL_DATACENTER}) and {@code
 * REDIS_URI} in the environment name stores to use instead.
 */
public final class TestStores {
  private static final TestStores RUN =
      new TestStores(
          System.getenv(),
          Path.of(System.getProperty("java.io.tmpdir"))
              .resolve("corkboard-test-" + System.getProperty("user.name")));

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(RUN::end, "stop-test-stores"));
  }

  private final Map<String, String> environment;
  private final Path parent;
  private Optional<Path> folder = Optional.empty();
  private Optional<EmbeddedCassandra> cassandra = Optional.empty();
  private Optional<EmbeddedRedis> redis = Optional.empty();
  private Optional<EmbeddedS3> s3 = Optional.empty();

  TestStores(Map<String, String> environment, Path parent) {
    this.environment = environment;
    this.parent = parent;
  }

  /** Where Cassandra is; the first call takes some seconds. */
  public static CassandraContact cassandra() {
    return RUN.cassandraContact();
  }

  /** Where Redis is, as {@code redis://host:port}. */
  public static String redis() {
    return RUN.redisUri();
  }

  /** A server that speaks S3; tests make buckets of their own. */
  public static EmbeddedS3 s3() {
    return RUN.s3Server();
  }

  /** Ends what was started; a later call starts anew. */
  static void stop() {
    RUN.end();
  }

  synchronized CassandraContact cassandraContact() {
    String given = environment.getOrDefault("CASSANDRA_CONTACT_POINTS", "");
    if (!given.isEmpty()) {
      return new CassandraContact(
          given,
          environment.getOrDefault(
              "CASSANDRA_LOCAL_DATACENTER", EmbeddedCassandra.LOCAL_DATACENTER));
    }
    if (cassandra.isEmpty()) {
      cassandra =
          Optional.of(EmbeddedCassandra.start(CassandraOptions.in(folder()).withQuickStart()));
    }
    return new CassandraContact(cassandra.get().contactPoint(), EmbeddedCassandra.LOCAL_DATACENTER);
  }

  synchronized String redisUri() {
    String given = environment.getOrDefault("REDIS_URI", "");
    if (!given.isEmpty()) {
      return given;
    }
    if (redis.isEmpty()) {
      redis = Optional.of(EmbeddedRedis.start(RedisOptions.in(folder())));
    }
    return redis.get().uri();
  }

  private synchronized EmbeddedS3 s3Server() {
    if (s3.isEmpty()) {
      s3 = Optional.of(EmbeddedS3.start(folder(), 0));
    }
    return s3.get();
  }

  synchronized void end() {
    s3.ifPresent(EmbeddedS3::kill);
    redis.ifPresent(EmbeddedRedis::kill);
    cassandra.ifPresent(EmbeddedCassandra::discard);
    folder.ifPresent(TestFolder::delete);
    s3 = Optional.empty();
    redis = Optional.empty();
    cassandra = Optional.empty();
    folder = Optional.empty();
  }

  private Path folder() {
    if (folder.isEmpty()) {
      folder = Optional.of(TestFolder.create(parent));
    }
    return folder.get();
  }
}
