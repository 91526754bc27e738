// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.e2e;

import static dev.corkboard.deploy.e2e.Rest.object;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JWSAlgorithm;
import dev.corkboard.account.v1.Account;
import dev.corkboard.account.v1.AccountServiceGrpc;
import dev.corkboard.account.v1.AccountServiceGrpc.AccountServiceBlockingStub;
import dev.corkboard.account.v1.CreateAccountRequest;
import dev.corkboard.account.v1.IssueAccessTokenRequest;
import dev.corkboard.board.v1.BoardServiceGrpc;
import dev.corkboard.board.v1.ListBoardsRequest;
import dev.corkboard.deploy.Launcher;
import dev.corkboard.deploy.RunningSuite.TestAccount;
import dev.corkboard.platform.auth.ServiceIdentity;
import dev.corkboard.platform.client.Bearer;
import dev.corkboard.platform.client.ServiceTokens;
import dev.corkboard.platform.testing.TestIssuer;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A copy of everything whose people an issuer elsewhere signs in. In order, because an unknown key
 * id is asked for once in half a minute.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ExternalIssuerIT {
  private static final Logger log = LoggerFactory.getLogger(ExternalIssuerIT.class);

  @TempDir private static Path folder;

  private final TestIssuer issuer = new TestIssuer(JWSAlgorithm.RS256);
  private final Map<String, ManagedChannel> channels = new LinkedHashMap<>();
  private Launcher suite;

  private static Path data() {
    return folder.resolve("data");
  }

  @BeforeAll
  void start() {
    suite =
        Launcher.start(
                data(),
                Map.of("OIDC_ISSUER", issuer.url(), "OIDC_AUDIENCE", TestIssuer.AUDIENCE),
                "--ephemeral",
                "--processes")
            .awaitReady();
    for (String service : List.of("account", "board")) {
      String target = suite.ready().get("grpc").get(service).textValue();
      channels.put(service, NettyChannelBuilder.forTarget(target).usePlaintext().build());
    }
  }

  @AfterAll
  void end() {
    channels.values().forEach(ManagedChannel::shutdownNow);
    if (suite != null) suite.close();
    issuer.close();
  }

  private Rest with(String token) {
    return new Rest(suite.ready().get("edge").textValue(), new TestAccount("", "", token), token);
  }

  private Rest as(String subject, String username) {
    return with(issuer.token(subject, username));
  }

  private static JsonNode account(Rest who) {
    return who.get("/v5/user_account").expect(200).json();
  }

  private static String username(Rest who) {
    return account(who).get("username").textValue();
  }

  @Test
  @Order(1)
  void theLauncherSaysWhereSignInIsAndMakesNoAccounts() {
    assertThat(suite.output()).contains("Sign-in is at " + issuer.url());
    for (String secret : List.of("tokens", "client", "passwords")) {
      assertThat(suite.ready().get(secret)).as(secret).isEmpty();
    }
  }

  @Test
  @Order(2)
  void theFirstCallMakesTheAccountWithTheClaimedUsername() {
    Rest ann = as("ann-1", "ann.lee@example.org");
    JsonNode account = account(ann);
    assertThat(account.get("username").textValue()).isEqualTo("ann_lee");
    String board = ann.createBoard("SECRET");
    String pin = ann.createPin(board);
    Rest again = as("ann-1", "renamed");
    assertThat(account(again).get("id")).isEqualTo(account.get("id"));
    assertThat(username(again)).isEqualTo("ann_lee");
    again.get("/v5/boards/" + board).expect(200);
    again.get("/v5/pins/" + pin).expect(200);
    as("bob-1", "bob").get("/v5/boards/" + board).expect(404);
  }

  @Test
  @Order(2)
  void manyFirstCallsAtOnceMakeOneAccount() {
    List<CompletableFuture<JsonNode>> calls =
        IntStream.range(0, 6)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> account(as("many", "many"))))
            .toList();
    assertThat(calls.stream().map(call -> call.join().get("id")).distinct()).hasSize(1);
    assertThat(username(as("many", "many"))).isEqualTo("many");
  }

  @Test
  @Order(2)
  void aUsernameThatIsTakenGetsASuffix() {
    assertThat(username(as("carol-1", "carol"))).isEqualTo("carol");
    String second = username(as("carol-2", "Carol"));
    assertThat(second).matches("Carol_[a-z2-7]{6}");
    assertThat(username(as("carol-2", "Carol"))).isEqualTo(second);
  }

  @Test
  @Order(2)
  void aPersonMayChangeTheUsernameForGood() {
    Rest dan = as("dan-1", "dan");
    dan.patch("/v5/user_account", object(o -> o.put("username", "danube"))).expect(200);
    assertThat(username(as("dan-1", "dan"))).isEqualTo("danube");
    assertThat(username(as("dan-2", "dan"))).isEqualTo("dan");
  }

  @Test
  @Order(2)
  void scopesAreThoseOfTheTokenThatAreOurs() {
    Rest reader = with(issuer.token(issuer.claims("eve", "openid user_accounts:read boards:read")));
    reader.get("/v5/boards").expect(200);
    reader
        .post("/v5/boards", object(o -> o.put("name", "No")))
        .expect(401, 3, "Missing: ['boards:write']");
    with(issuer.token(issuer.claims("eve", "openid email")))
        .get("/v5/boards")
        .expect(401, 3, "Missing: ['boards:read']");
  }

  @Test
  @Order(2)
  void anotherAudienceIsRefused() {
    with(issuer.token(issuer.claims("eve", "boards:read").audience("another")))
        .get("/v5/boards")
        .expect(401, 2, "Authentication failed.");
  }

  @Test
  @Order(2)
  void signInHereIsOff() {
    for (String path : List.of("/v5/oauth/token", "/v5/oauth/token/revoke", "/oauth/sign-in")) {
      with("").send("POST", path).expect(403, 29, issuer.url());
    }
    with("").get("/oauth/").expect(403, 29, issuer.url());
  }

  @Test
  @Order(2)
  void ourOwnTokensAreForTheServicesAlone() {
    ServiceIdentity operator =
        ServiceIdentity.load(
            ServiceIdentity.keyFile(data().resolve("keys"), "operator"),
            ServiceIdentity.jwksFile(data().resolve("keys")));
    AccountServiceBlockingStub accounts =
        AccountServiceGrpc.newBlockingStub(channels.get("account"))
            .withCallCredentials(
                new ServiceTokens(operator, Clock.systemUTC()).credentials("account"));
    Account frank =
        accounts.createAccount(
            CreateAccountRequest.newBuilder()
                .setAccount(Account.newBuilder().setUsername("frank"))
                .build());
    String own =
        accounts
            .issueAccessToken(
                IssueAccessTokenRequest.newBuilder()
                    .setAccountId(frank.getId())
                    .addScopes("boards:read")
                    .build())
            .getAccessToken();
    with(own).get("/v5/boards").expect(401, 2, "Authentication failed.");
    assertThat(
            BoardServiceGrpc.newBlockingStub(channels.get("board"))
                .withCallCredentials(new Bearer(own, "r1"))
                .listBoards(ListBoardsRequest.getDefaultInstance())
                .getBoardsList())
        .isEmpty();
  }

  @Test
  @Order(3)
  void aRotationOfKeysFailsNoCall() {
    String before = issuer.token("gail", "gail");
    account(with(before));
    String old = issuer.token("gail", "gail");
    issuer.rotate(JWSAlgorithm.ES256);
    for (int i = 0; i < 10; i++) {
      assertThat(username(as("gail", "gail"))).isEqualTo("gail");
      account(with(before));
    }
    account(with(old));
  }

  @Test
  @Order(4)
  void anIssuerThatIsDownFailsNoCallWhoseKeyIsKnown() {
    issuer.setDown(true);
    try {
      assertThat(username(as("hal", "hal"))).isEqualTo("hal");
      assertThat(username(as("ann-1", "ann"))).isEqualTo("ann_lee");
    } finally {
      issuer.setDown(false);
    }
  }

  @Test
  @Order(5)
  void noForgedTokenIsAcceptedAndNoneIsADefect() {
    Map<String, String> table = issuer.hostileTokens(issuer.signer().toECKey());
    table.values().removeIf(token -> !token.matches("[!-~]+( [!-~]+)*"));
    int reads = issuer.keyReads();
    table.forEach(
        (what, token) ->
            assertThat(with(token).get("/v5/boards").status()).as(what).isIn(401, 431));
    log.info("forged external tokens {}: accepted 0, 5xx 0", table.size());
    assertThat(issuer.keyReads() - reads).isLessThanOrEqualTo(2);
  }
}
