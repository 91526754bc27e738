// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import dev.corkboard.platform.cassandra.CassandraConfig;
import dev.corkboard.platform.cassandra.Cql;
import dev.corkboard.platform.cassandra.NodeLease;
import dev.corkboard.platform.config.ConfigException;
import dev.corkboard.platform.config.Env;
import dev.corkboard.platform.config.PrivateFiles;
import dev.corkboard.platform.config.RedisLogin;
import dev.corkboard.platform.redis.RedisConnection;
import dev.corkboard.platform.redis.RedisOptions;
import dev.corkboard.platform.server.Resources;
import dev.corkboard.stores.CassandraContact;
import dev.corkboard.stores.CassandraOptions;
import dev.corkboard.stores.EmbeddedCassandra;
import dev.corkboard.stores.TestStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stores that are asked over TLS, and a Cassandra that asks for a password. */
class StoreLoginIT {
  private static final String HOST = "localhost";

  @TempDir private Path folder;

  private final Resources open = new Resources();
  private final X509Bundle authority = Certificates.authority();

  @AfterEach
  void close() {
    open.close();
  }

  private Path file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    PrivateFiles.write(file, text);
    return file;
  }

  private Path trusting(X509Bundle trusted) throws IOException {
    return file("ca.pem", trusted.getCertificatePEM());
  }

  private TlsRelay relay(String certified, InetSocketAddress target) {
    Instant tomorrow = Instant.now().plus(Duration.ofDays(1));
    return open.add(new TlsRelay(Certificates.issue(authority, certified, tomorrow), target));
  }

  private TlsRelay redis(String certified) {
    URI plain = URI.create(TestStores.redis());
    return relay(certified, new InetSocketAddress(plain.getHost(), plain.getPort()));
  }

  private RedisConnection connectRedis(TlsRelay redis, Path authorities) {
    return open.add(
        RedisConnection.open(
            RedisOptions.of(
                "rediss://" + HOST + ":" + redis.port(),
                new RedisLogin(Optional.empty(), Optional.of(authorities))),
            new SimpleMeterRegistry()));
  }

  @Test
  void redisIsAskedOverTls() throws IOException {
    TlsRelay relay = redis(HOST);
    RedisConnection redis = connectRedis(relay, trusting(authority));
    Awaitility.await().until(redis::connected);
    assertThat(
            redis
                .send("PING", Duration.ofSeconds(10), commands -> commands.ping())
                .toCompletableFuture()
                .join())
        .isEqualTo("PONG");
    assertThat(relay.passed()).isPositive();
  }

  @Test
  void aRedisOfAForeignAuthorityOrAnotherNameIsNotAsked() throws IOException {
    TlsRelay known = redis(HOST);
    RedisConnection foreign = connectRedis(known, trusting(Certificates.authority()));
    Awaitility.await().until(() -> known.broken() > 0);
    TlsRelay renamed = redis("elsewhere");
    RedisConnection misnamed = connectRedis(renamed, trusting(authority));
    Awaitility.await().until(() -> renamed.broken() > 0);
    assertThat(foreign.connected()).isFalse();
    assertThat(misnamed.connected()).isFalse();
  }

  private static InetSocketAddress socket(String contactPoint) {
    int colon = contactPoint.lastIndexOf(':');
    return new InetSocketAddress(
        contactPoint.substring(0, colon), Integer.parseInt(contactPoint.substring(colon + 1)));
  }

  private TlsRelay cassandra(String certified) {
    return relay(certified, socket(TestStores.cassandra().contactPoints()));
  }

  private Cql connect(String contactPoint, String datacenter, Map<String, String> login) {
    Map<String, String> settings = new HashMap<>(login);
    settings.put("CASSANDRA_CONTACT_POINTS", contactPoint);
    settings.put("CASSANDRA_LOCAL_DATACENTER", datacenter);
    CassandraConfig config =
        CassandraConfig.fromEnv(Env.of(settings), "LOGIN_KEYSPACE", "store_login");
    return open.add(Cql.open(config, new SimpleMeterRegistry(), NodeLease.SCHEMA));
  }

  private Cql connect(TlsRelay relay, Path authorities) {
    CassandraContact contact = TestStores.cassandra();
    return connect(
        HOST + ":" + relay.port(),
        contact.localDatacenter(),
        Map.of("CASSANDRA_TLS_CA_FILE", authorities.toString()));
  }

  @Test
  void cassandraIsAskedOverTls() throws IOException {
    TlsRelay relay = cassandra(HOST);
    assertThat(connect(relay, trusting(authority)).isConnected()).isTrue();
    assertThat(relay.passed()).isPositive();
  }

  @Test
  void aCassandraOfAForeignAuthorityOrAnotherNameIsNotAsked() throws IOException {
    TlsRelay known = cassandra(HOST);
    Path foreign = trusting(Certificates.authority());
    assertThatThrownBy(() -> connect(known, foreign)).isInstanceOf(AllNodesFailedException.class);
    assertThat(known.broken()).isPositive();
    TlsRelay renamed = cassandra("elsewhere");
    Path right = trusting(authority);
    assertThatThrownBy(() -> connect(renamed, right)).isInstanceOf(AllNodesFailedException.class);
    assertThat(renamed.broken()).isPositive();
  }

  @Test
  void aCassandraThatAsksForAPasswordIsToldIt() throws IOException {
    EmbeddedCassandra cassandra =
        open.add(
            EmbeddedCassandra.start(
                CassandraOptions.in(folder.resolve("data"))
                    .withQuickStart()
                    .withJavaOptions(
                        List.of(
                            "-Dcassandra.config.allow_system_properties=true",
                            "-Dcassandra.settings.authenticator=PasswordAuthenticator"))));
    String user = "cassandra";
    Path right = file("right", "cassandra\n");
    // It makes its first user a little after it answers.
    Cql known =
        Awaitility.await()
            .ignoreException(ConfigException.class)
            .until(
                () -> connect(cassandra, Map.of("CASSANDRA_USERNAME", user), right), any -> true);
    assertThat(known.isConnected()).isTrue();
    Path wrong = file("wrong", "not-the-password\n");
    assertThatThrownBy(() -> connect(cassandra, Map.of("CASSANDRA_USERNAME", user), wrong))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("CASSANDRA_USERNAME")
        .hasMessageContaining("CASSANDRA_PASSWORD_FILE")
        .message()
        .doesNotContain("not-the-password");
    assertThatThrownBy(
            () -> connect(cassandra.contactPoint(), cassandra.localDatacenter(), Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("CASSANDRA_USERNAME");
  }

  private Cql connect(EmbeddedCassandra cassandra, Map<String, String> login, Path password) {
    Map<String, String> all = new HashMap<>(login);
    all.put("CASSANDRA_PASSWORD_FILE", password.toString());
    return connect(cassandra.contactPoint(), cassandra.localDatacenter(), all);
  }
}
