// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy;

import dev.corkboard.account.v1.Account;
import dev.corkboard.deploy.demo.Demo;
import dev.corkboard.platform.config.Env;
import dev.corkboard.platform.config.OidcConfig;
import dev.corkboard.platform.config.TlsConfig;
import dev.corkboard.platform.server.Resources;
import dev.corkboard.stores.ProcessRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything on one machine: folder, stores, services, accounts, in this order. */
final class LocalSuite {
  private static final List<String> USERNAMES = List.of("demo", "guest");
  private static final Duration HEALTH_LIMIT = Duration.ofSeconds(60);

  private final RunOptions options;
  private final Map<String, String> environment;
  private final Progress progress;
  private final StopSignal stop;

  LocalSuite(
      RunOptions options, Map<String, String> environment, Progress progress, StopSignal stop) {
    this.options = options;
    this.environment = environment;
    this.progress = progress;
    this.stop = stop;
  }

  /**
   * Returns when everything is ready and said so.
   *
   * @param resources takes what is to be closed, also when the start fails
   */
  void start(Resources resources) {
    long begin = System.nanoTime();
    DataFolder folder = resources.add(options.openFolder());
    Readiness readiness = new Readiness(folder.readyFile());
    Supervisor supervisor = new Supervisor(readiness, stop, progress);
    Logs.toFile(folder.log("corkboard"));
    progress.line("Corkboard, data in " + folder.path());
    Env env = Env.of(environment);
    Optional<OidcConfig> oidc = OidcConfig.fromEnv(env);
    folder.clearAbandoned();
    endOrphans(folder);
    Addresses addresses =
        options.freePorts() ? Addresses.free(options.port()) : Addresses.fixed(env);
    progress.step("Service keys", () -> KeysCommand.make(folder.keys()));
    Optional<Certificates> certificates =
        options.tls()
            ? Optional.of(Certificates.make(folder.keys().resolve("tls"), KeysCommand.names()))
            : Optional.empty();
    StoreProcesses stores =
        StoreProcesses.start(env, folder.path(), resources, stop, supervisor, progress);
    Map<String, Long> pids = new LinkedHashMap<>();
    pids.put("launcher", ProcessHandle.current().pid());
    pids.putAll(stores.pids());
    startServices(folder, addresses, stores, certificates, supervisor, resources, pids);
    stop.check();
    Accounts accounts =
        oidc.isPresent() ? Accounts.NONE : accounts(folder, addresses, certificates);
    if (options.demo()) {
      Demo demo = new Demo(addresses.edgeUrl(), accounts.texts());
      progress.step("Demo boards, Pins, collages", demo::fill, text -> text);
    }
    stop.check();
    resources.add(readiness).publish(readyFile(addresses, stores, accounts, pids));
    progress.line(greeting(addresses.edgeUrl(), accounts, oidc, System.nanoTime() - begin));
  }

  private static String greeting(
      String url, Accounts accounts, Optional<OidcConfig> oidc, long startNanos) {
    return oidc.map(issuer -> Greeting.text(url, issuer, startNanos))
        .orElseGet(
            () ->
                Greeting.text(
                    url,
                    accounts.tokens().get(USERNAMES.get(0)),
                    accounts.signIn().orElseThrow(),
                    startNanos));
  }

  private void endOrphans(DataFolder folder) {
    if (!ProcessRecord.readAll(folder.path()).isEmpty()) {
      progress.step(
          "Left by an earlier run",
          () -> ProcessRecord.endOrphans(folder.path()),
          ended -> ended.isEmpty() ? "nothing" : "ended " + names(ended));
    }
  }

  private static String names(List<ProcessRecord> ended) {
    return String.join(
        ", ", ended.stream().map(entry -> entry.name() + " (" + entry.pid() + ")").toList());
  }

  private void startServices(
      DataFolder folder,
      Addresses addresses,
      StoreProcesses stores,
      Optional<Certificates> certificates,
      Supervisor supervisor,
      Resources resources,
      Map<String, Long> pids) {
    Map<String, String> shared =
        Settings.of(
            environment,
            addresses,
            stores.cassandra(),
            stores.localDatacenter(),
            stores.redis(),
            folder.keys(),
            folder.media());
    options.traceSettings(folder.traces()).forEach(shared::putIfAbsent);
    Health health = new Health(addresses);
    for (Service service : Service.values()) {
      stop.check();
      Map<String, String> settings =
          certificates
              .map(made -> Settings.with(shared, made.filesOf(service.id())))
              .orElse(shared);
      long pid =
          progress.step(
              service.id() + (service == Service.EDGE ? "" : "-service"),
              () ->
                  options.processes()
                      ? supervisor
                          .start(
                              service.id(),
                              service.id(),
                              () -> ServiceProcess.start(service, folder.path(), settings, health),
                              resources)
                          .pid()
                      : startHere(service, settings, health, resources),
              started -> addresses.of(service));
      pids.put(service.id(), pid);
    }
  }

  private static long startHere(
      Service service, Map<String, String> settings, Health health, Resources resources) {
    resources.add(service.start(Env.of(settings)));
    health.await(service, HEALTH_LIMIT);
    return ProcessHandle.current().pid();
  }

  /** What the demo accounts are used with. */
  private record Accounts(Map<String, Operator.Token> tokens, Optional<SignIn> signIn) {
    /** Where an external issuer knows the accounts. */
    static final Accounts NONE = new Accounts(Map.of(), Optional.empty());

    Map<String, String> texts() {
      Map<String, String> texts = new LinkedHashMap<>();
      tokens.forEach((username, token) -> texts.put(username, token.text()));
      return texts;
    }

    Map<String, String> client() {
      return signIn
          .map(app -> Map.of("id", app.clientId(), "secret", app.clientSecret()))
          .orElse(Map.of());
    }

    Map<String, String> passwords() {
      Map<String, String> passwords = new LinkedHashMap<>();
      signIn.ifPresent(
          known -> tokens.keySet().forEach(name -> passwords.put(name, known.password())));
      return passwords;
    }
  }

  private static Accounts accounts(Operator operator, Path keys) {
    Map<String, Operator.Token> tokens = new LinkedHashMap<>();
    List<Account> accounts = new ArrayList<>();
    for (String username : USERNAMES) {
      Account account = operator.account(username);
      accounts.add(account);
      tokens.put(username, operator.token(account, Operator.ALL_SCOPES));
    }
    return new Accounts(tokens, Optional.of(SignIn.open(keys, operator, accounts)));
  }

  private static Optional<TlsConfig> tls(Optional<Certificates> certificates) {
    return certificates.map(made -> made.filesOf(Operator.NAME));
  }

  private Accounts accounts(
      DataFolder folder, Addresses addresses, Optional<Certificates> certificates) {
    return progress.step(
        "Accounts, an app and tokens",
        () -> {
          try (Operator operator =
              Operator.open(addresses.of(Service.ACCOUNT), folder.keys(), tls(certificates))) {
            return accounts(operator, folder.keys());
          }
        },
        made -> String.join(", ", made.tokens().keySet()));
  }

  private static ReadyFile readyFile(
      Addresses addresses, StoreProcesses stores, Accounts accounts, Map<String, Long> pids) {
    Map<String, String> grpc = new LinkedHashMap<>();
    Map<String, String> admin = new LinkedHashMap<>();
    for (Service service : Service.values()) {
      if (service != Service.EDGE) {
        grpc.put(service.id(), addresses.of(service));
      }
      admin.put(service.id(), addresses.adminOf(service));
    }
    return new ReadyFile(
        addresses.edgeUrl(),
        grpc,
        admin,
        Map.of("cassandra", stores.cassandra(), "redis", stores.redis()),
        accounts.texts(),
        accounts.client(),
        accounts.passwords(),
        pids);
  }
}
