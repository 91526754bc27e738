// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.account.v1.Account;
import dev.corkboard.account.v1.AccountServiceGrpc;
import dev.corkboard.account.v1.CreateAccountRequest;
import dev.corkboard.account.v1.LookupAccountRequest;
import dev.corkboard.board.v1.BatchGetBoardStatesRequest;
import dev.corkboard.board.v1.BoardServiceGrpc;
import dev.corkboard.board.v1.GetBoardRequest;
import dev.corkboard.board.v1.PlacementServiceGrpc;
import dev.corkboard.platform.auth.ServiceIdentity;
import dev.corkboard.platform.client.Bearer;
import dev.corkboard.platform.client.ServiceTokens;
import dev.corkboard.platform.config.Env;
import dev.corkboard.platform.config.PrivateFiles;
import dev.corkboard.platform.config.TlsConfig;
import dev.corkboard.platform.server.Resources;
import dev.corkboard.platform.tls.CallGraph;
import dev.corkboard.stores.CassandraContact;
import dev.corkboard.stores.TestStores;
import io.grpc.CallCredentials;
import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** All services with certificates of an authority that is made for the test. */
class TlsIT {
  private static final String COLLAGE =
      """
      {"title": "Sealed", "document": {"canvas": {"width": 40, "height": 30}, "layers": []}}
      """;

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Resources OPEN = new Resources();
  private static final X509Bundle AUTHORITY = Certificates.authority();
  private static final Addresses ADDRESSES = Addresses.free(OptionalInt.empty());
  private static Path keys;
  private static Certificates certificates;
  private static String token;

  @BeforeAll
  static void start() throws Exception {
    Path data = OPEN.add(DataFolder.openTemporary()).path();
    keys = data.resolve("keys");
    ServiceIdentity.generate(keys, KeysCommand.names());
    certificates = Certificates.make(keys.resolve("tls"), KeysCommand.names());
    renew(Duration.ofDays(2));
    CassandraContact cassandra = TestStores.cassandra();
    Map<String, String> given = new HashMap<>();
    given.put("RATE_LIMITS", "off");
    for (Service service : Service.values()) {
      given.put(service.name() + "_KEYSPACE", "tls_" + service.id());
    }
    Map<String, String> settings =
        Settings.of(
            given,
            ADDRESSES,
            cassandra.contactPoints(),
            cassandra.localDatacenter(),
            TestStores.redis(),
            keys,
            data.resolve("media"));
    for (Service service : Service.values()) {
      OPEN.add(service.start(Env.of(Settings.with(settings, certificates.filesOf(service.id())))));
    }
    Operator operator =
        OPEN.add(
            Operator.open(
                ADDRESSES.of(Service.ACCOUNT),
                keys,
                Optional.of(certificates.filesOf(Operator.NAME))));
    token = operator.token(operator.account("tls"), Operator.ALL_SCOPES).text();
  }

  @AfterAll
  static void stop() {
    OPEN.close();
  }

  /** New certificates for everybody. */
  private static void renew(Duration life) throws IOException {
    PrivateFiles.write(certificates.filesOf(Operator.NAME).caFile(), AUTHORITY.getCertificatePEM());
    for (String name : KeysCommand.names()) {
      certificates.write(
          name, Certificates.issue(AUTHORITY, CallGraph.identity(name), Instant.now().plus(life)));
    }
  }

  private static X509Bundle good(String name) {
    return Certificates.issue(AUTHORITY, name, Instant.now().plus(Duration.ofDays(2)));
  }

  private static ChannelCredentials showing(X509Bundle shown) {
    try {
      return TlsChannelCredentials.newBuilder()
          .keyManager(stream(shown.getCertificatePEM()), stream(shown.getPrivateKeyPEM()))
          .trustManager(stream(AUTHORITY.getCertificatePEM()))
          .build();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ByteArrayInputStream stream(String pem) {
    return new ByteArrayInputStream(pem.getBytes(UTF_8));
  }

  /** The status of a call on a new connection; the credentials say who asks. */
  private static Status.Code call(
      Service service, String serverName, ChannelCredentials credentials, Call call) {
    ManagedChannel channel =
        NettyChannelBuilder.forTarget(ADDRESSES.of(service), credentials)
            .overrideAuthority(serverName)
            .build();
    try {
      call.on(channel);
      return Status.Code.OK;
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode();
    } finally {
      channel.shutdownNow();
    }
  }

  private interface Call {
    void on(ManagedChannel channel);
  }

  /** A call in an account's name; the board does not exist. */
  private static void getBoard(ManagedChannel channel) {
    var unused =
        BoardServiceGrpc.newBlockingStub(channel)
            .withCallCredentials(new Bearer(token, ""))
            .getBoard(GetBoardRequest.newBuilder().setBoardId("1").build());
  }

  private static CallCredentials as(String service, String audience) {
    ServiceIdentity self =
        ServiceIdentity.load(
            ServiceIdentity.keyFile(keys, service), ServiceIdentity.jwksFile(keys));
    return new ServiceTokens(self, Clock.systemUTC()).credentials(audience);
  }

  private static Status.Code getBoardShowing(X509Bundle certificate) {
    return call(Service.BOARD, "board-service", showing(certificate), TlsIT::getBoard);
  }

  private static int rest(String method, String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(ADDRESSES.edgeUrl() + path))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build();
    return HTTP.send(request, BodyHandlers.discarding()).statusCode();
  }

  @Test
  void theSuiteWorks() throws Exception {
    String name = "{\"name\": \"" + UUID.randomUUID() + "\"}";
    assertThat(rest("POST", "/v5/boards", name)).isEqualTo(201);
    assertThat(rest("GET", "/v5/boards", "")).isEqualTo(200);
    assertThat(rest("GET", "/v5/pins", "")).isEqualTo(200);
    assertThat(rest("POST", "/v1/collages", COLLAGE)).isEqualTo(201);
    assertThat(rest("GET", "/v5/user_account", "")).isEqualTo(200);
  }

  @Test
  void theRightCertificateIsLetIn() {
    assertThat(getBoardShowing(good("edge-gateway"))).isEqualTo(Status.Code.NOT_FOUND);
  }

  @Test
  void withoutCertificateNobodyGetsPastTheHandshake() throws Exception {
    ChannelCredentials nothing =
        TlsChannelCredentials.newBuilder()
            .trustManager(stream(AUTHORITY.getCertificatePEM()))
            .build();
    assertThat(call(Service.BOARD, "board-service", nothing, TlsIT::getBoard))
        .isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(
            call(
                Service.BOARD,
                "board-service",
                InsecureChannelCredentials.create(),
                TlsIT::getBoard))
        .isEqualTo(Status.Code.UNAVAILABLE);
  }

  @Test
  void aCertificateOfAnotherAuthorityIsRefused() {
    Instant later = Instant.now().plus(Duration.ofDays(1));
    X509Bundle foreign = Certificates.issue(Certificates.authority(), "edge-gateway", later);
    assertThat(getBoardShowing(foreign)).isEqualTo(Status.Code.UNAVAILABLE);
  }

  @Test
  void anExpiredCertificateIsRefused() {
    Instant past = Instant.now().minus(Duration.ofMinutes(1));
    assertThat(getBoardShowing(Certificates.issue(AUTHORITY, "edge-gateway", past)))
        .isEqualTo(Status.Code.UNAVAILABLE);
  }

  @Test
  void aNameThatDoesNotCallTheMethodIsRefused() {
    assertThat(getBoardShowing(good("backup-service"))).isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(getBoardShowing(good("operator"))).isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(getBoardShowing(good("account-service"))).isEqualTo(Status.Code.PERMISSION_DENIED);
    Call place =
        channel -> {
          var unused =
              PlacementServiceGrpc.newBlockingStub(channel)
                  .withCallCredentials(as("pin", "board"))
                  .batchGetBoardStates(
                      BatchGetBoardStatesRequest.newBuilder().addBoardIds("1").build());
        };
    assertThat(call(Service.BOARD, "board-service", showing(good("collage-service")), place))
        .isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(call(Service.BOARD, "board-service", showing(good("pin-service")), place))
        .isEqualTo(Status.Code.OK);
  }

  @Test
  void aServiceTokenCountsOnItsOwnServicesConnectionAlone() {
    Call create =
        channel -> {
          var unused =
              AccountServiceGrpc.newBlockingStub(channel)
                  .withCallCredentials(as(Operator.NAME, "account"))
                  .createAccount(
                      CreateAccountRequest.newBuilder()
                          .setAccount(Account.newBuilder().setUsername("stolen"))
                          .build());
        };
    assertThat(call(Service.ACCOUNT, "account-service", showing(good("edge-gateway")), create))
        .isEqualTo(Status.Code.PERMISSION_DENIED);
    Call lookup =
        channel -> {
          var unused =
              AccountServiceGrpc.newBlockingStub(channel)
                  .withCallCredentials(as(Operator.NAME, "account"))
                  .lookupAccount(LookupAccountRequest.newBuilder().setUsername("tls").build());
        };
    // The edge may call it, but not with the operator's token.
    assertThat(call(Service.ACCOUNT, "account-service", showing(good("edge-gateway")), lookup))
        .isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(call(Service.ACCOUNT, "account-service", showing(good("operator")), lookup))
        .isEqualTo(Status.Code.OK);
  }

  @Test
  void aServerWithTheNameOfAnotherServiceIsRefused() {
    assertThat(
            call(Service.ACCOUNT, "board-service", showing(good("edge-gateway")), TlsIT::getBoard))
        .isEqualTo(Status.Code.UNAVAILABLE);
  }

  private static String metric(Service service, String name) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + ADDRESSES.adminOf(service) + "/metrics"))
            .build();
    String body = HTTP.send(request, BodyHandlers.ofString()).body();
    List<String> values =
        Pattern.compile("(?m)^" + name + "(?:\\{[^}]*\\})? (.*)$")
            .matcher(body)
            .results()
            .map((MatchResult line) -> line.group(1))
            .toList();
    assertThat(values).as(name).hasSize(1);
    return values.get(0);
  }

  private static Map<Service, String> metrics(String name) throws Exception {
    Map<Service, String> values = new HashMap<>();
    for (Service service : Service.values()) values.put(service, metric(service, name));
    return values;
  }

  @Test
  void replacedFilesCountWithoutARestartAndWithoutAFailedCall() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger good = new AtomicInteger();
    List<Integer> bad = new ArrayList<>();
    Thread caller =
        new Thread(
            () -> {
              while (!over.get()) {
                try {
                  int status = rest("GET", "/v5/boards", "");
                  if (status == 200) good.incrementAndGet();
                  else bad.add(status);
                } catch (Exception e) {
                  bad.add(-1);
                }
              }
            });
    caller.start();
    try {
      String expires = "corkboard_tls_certificate_expires_seconds";
      Map<Service, String> before = metrics(expires);
      renew(Duration.ofDays(3));
      for (Service service : Service.values()) {
        Awaitility.await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> !metric(service, expires).equals(before.get(service)));
      }
      int sofar = good.get();
      Awaitility.await().until(() -> good.get() > sofar + 5);
      theSuiteWorks();
      theRightCertificateIsLetIn();
    } finally {
      over.set(true);
      caller.join();
    }
    assertThat(bad).isEmpty();
  }

  @Test
  void brokenFilesAreReportedAndThoseBeforeGoOn() throws Exception {
    TlsConfig files = certificates.filesOf("board");
    String failures = "corkboard_tls_reload_failures_total";
    String before = metric(Service.BOARD, failures);
    String whole = Files.readString(files.certFile());
    try {
      PrivateFiles.write(files.certFile(), whole.substring(0, whole.length() / 2));
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> !metric(Service.BOARD, failures).equals(before));
      theRightCertificateIsLetIn();
    } finally {
      PrivateFiles.write(files.certFile(), whole);
    }
  }
}
