// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy;

import dev.corkboard.account.v1.Account;
import dev.corkboard.edge.EdgeServer;
import dev.corkboard.platform.auth.ServiceIdentity;
import dev.corkboard.platform.config.Env;
import dev.corkboard.platform.server.Resources;
import dev.corkboard.stores.CassandraContact;
import dev.corkboard.stores.TestStores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * All services in this JVM, on the test run's Cassandra and Redis, in keyspaces of their own, on
 * free ports. The first test that asks for it starts it; it ends after the last test.
 */
public final class RunningSuite {
  /** All that an account may be allowed. */
  public static final Set<String> ALL_SCOPES = Set.copyOf(Operator.ALL_SCOPES);

  /** Closed in reverse after the last test, also when the start failed half-way. */
  private static final Resources RESOURCES = new Resources();

  private static CompletableFuture<RunningSuite> running;

  /** Background work at a pace tests can wait for. */
  private static final Map<String, String> PACE =
      Map.of(
          "BOARD_SWEEP_PERIOD", "1s",
          "BOARD_INTENT_GRACE", "2s",
          "PIN_SWEEP_PERIOD", "1s",
          "PIN_SAGA_AGE", "2s",
          "PIN_FOLLOW_PERIOD", "1s");

  /** Limits that no test but their own meets; a busy machine gets the time it needs. */
  private static final Map<String, String> LIMITS =
      Map.of(
          "RATE_LIMIT_ORG_READ", "1000000/1s",
          "RATE_LIMIT_ORG_WRITE", "1000000/1s",
          "RATE_LIMIT_ORG_ANALYTICS", "1000000/1s",
          "RATE_LIMIT_ADS_READ", "1000000/1s",
          "RATE_LIMIT_TIMEOUT", "10s");

  private final Addresses addresses = Addresses.free(OptionalInt.empty());
  private final Path data;
  private final Map<String, String> settings;
  private final Operator operator;
  private Set<String> operations = Set.of();
  private final TestAccount demo;
  private final TestAccount guest;

  /**
   * An account to act as.
   *
   * @param token an access token of the account
   */
  public record TestAccount(String id, String username, String token) {}

  private RunningSuite() {
    this.data = RESOURCES.add(DataFolder.openTemporary()).path();
    CassandraContact cassandra = TestStores.cassandra();
    Path keys = data.resolve("keys");
    Map<String, String> given = new HashMap<>(PACE);
    given.putAll(LIMITS);
    List<String> names = new ArrayList<>(List.of(Operator.NAME));
    for (Service service : Service.values()) {
      given.put(service.name() + "_KEYSPACE", "suite_" + service.id());
      names.add(service.id());
    }
    ServiceIdentity.generate(keys, names);
    this.settings =
        Settings.of(
            given,
            addresses,
            cassandra.contactPoints(),
            cassandra.localDatacenter(),
            TestStores.redis(),
            keys,
            data.resolve("media"));
    for (Service service : Service.values()) {
      AutoCloseable started = RESOURCES.add(service.start(Env.of(settings)));
      if (started instanceof EdgeServer edge) operations = edge.operations();
    }
    this.operator =
        RESOURCES.add(Operator.open(addresses.of(Service.ACCOUNT), keys, Optional.empty()));
    this.demo = account("demo", ALL_SCOPES);
    this.guest = account("guest", ALL_SCOPES);
  }

  /** The one suite of this test run; the first call takes some seconds. */
  public static synchronized RunningSuite get() {
    if (running == null) {
      running = CompletableFuture.completedFuture(null).thenApply(first -> new RunningSuite());
    }
    // A start that failed is not tried again by every test.
    return running.join();
  }

  static synchronized void end() {
    if (running != null) {
      RESOURCES.close();
      running = null;
    }
  }

  /** {@code http://127.0.0.1:port}. */
  public String edge() {
    return addresses.edgeUrl();
  }

  /** What the edge serves, such as {@code GET /v5/boards/{board_id}}. */
  public Set<String> operations() {
    return operations;
  }

  /** {@code host:port} of {@code account}, {@code board} or {@code pin}. */
  public String grpc(String service) {
    return addresses.of(named(service));
  }

  /** {@code http://host:port} where a service's metrics are; {@code edge} included. */
  public String adminUrl(String service) {
    return "http://" + addresses.adminOf(named(service));
  }

  private static Service named(String service) {
    return Service.valueOf(service.toUpperCase(Locale.ROOT));
  }

  /** Where pictures lie. */
  public Path media() {
    return data.resolve("media");
  }

  /** The folder of the service keys, the operator's included. */
  public Path keys() {
    return data.resolve("keys");
  }

  /** The environment the services run with. */
  public Map<String, String> settings() {
    return Map.copyOf(settings);
  }

  /** The account demo, with all scopes. */
  public TestAccount demo() {
    return demo;
  }

  /** The account guest, with all scopes. */
  public TestAccount guest() {
    return guest;
  }

  /** An account nobody else has, with all scopes. */
  public TestAccount newAccount() {
    return newAccount(ALL_SCOPES);
  }

  /** An account nobody else has, with these scopes. */
  public TestAccount newAccount(Collection<String> scopes) {
    return account("t" + UUID.randomUUID().toString().replace("-", "").substring(0, 20), scopes);
  }

  /** Another token for an account, with these scopes. */
  public String token(TestAccount account, Collection<String> scopes) {
    return operator.token(Account.newBuilder().setId(account.id()).build(), scopes).text();
  }

  private TestAccount account(String username, Collection<String> scopes) {
    Account account = operator.account(username);
    return new TestAccount(account.getId(), username, operator.token(account, scopes).text());
  }
}
