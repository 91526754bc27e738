// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.datastax.oss.driver.api.core.cql.Row;
import com.nimbusds.jose.jwk.ECKey;
import dev.corkboard.account.v1.AccountServiceGrpc;
import dev.corkboard.account.v1.GetAccountRequest;
import dev.corkboard.account.v1.LookupAccountRequest;
import dev.corkboard.board.v1.BoardServiceGrpc;
import dev.corkboard.board.v1.ListBoardsRequest;
import dev.corkboard.board.v1.PlacementServiceGrpc;
import dev.corkboard.board.v1.PurgeBoardRequest;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.pin.v1.ListPinsRequest;
import dev.corkboard.pin.v1.PinServiceGrpc;
import dev.corkboard.platform.auth.ServiceIdentity;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.testing.HostileTokens;
import dev.corkboard.platform.testing.TestCassandra;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forged and broken tokens against the running suite, over REST and gRPC: signed, where a signature
 * is not what is wrong, by the suite's own keys.
 */
class HostileTokensIT {
  private static final Logger log = LoggerFactory.getLogger(HostileTokensIT.class);
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final EndToEnd suite = EndToEnd.get();
  private final Rest owner = suite.newAccount();
  private final String good = owner.account().token();
  private final Map<String, ManagedChannel> channels = new HashMap<>();
  private int asked;

  @AfterEach
  void disconnect() {
    channels.values().forEach(ManagedChannel::shutdownNow);
  }

  private Channel channel(String service, String... authorization) {
    Metadata headers = new Metadata();
    for (String header : authorization) headers.put(AUTHORIZATION, header);
    ManagedChannel channel =
        channels.computeIfAbsent(
            service,
            name -> NettyChannelBuilder.forTarget(suite.grpc(name)).usePlaintext().build());
    return ClientInterceptors.intercept(
        channel, MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  private static ECKey issuerKey(EndToEnd suite, String issuer) throws Exception {
    Row row =
        TestCassandra.session(suite.settings("ACCOUNT_KEYSPACE"))
            .execute("SELECT private_jwk FROM signing_key WHERE issuer = '" + issuer + "' LIMIT 1")
            .one();
    return ECKey.parse(row.getString("private_jwk"));
  }

  private Map<String, String> tokens() throws Exception {
    String issuer = com.nimbusds.jwt.SignedJWT.parse(good).getJWTClaimsSet().getIssuer();
    ECKey key = issuerKey(suite, issuer);
    suite
        .withToken(HostileTokens.good(key, issuer, owner.account().id()))
        .get("/v5/boards")
        .expect(200);
    Map<String, String> tokens = HostileTokens.access(key, issuer, owner.account().id());
    return tokens;
  }

  private Map<String, String> serviceTokens(String service, String callee) {
    ServiceIdentity identity =
        ServiceIdentity.load(
            ServiceIdentity.keyFile(suite.keys(), service), ServiceIdentity.jwksFile(suite.keys()));
    return HostileTokens.service(identity.key(), callee);
  }

  /** Those that a gRPC client sends; others it drops. */
  private static Map<String, String> printable(Map<String, String> tokens) {
    tokens.values().removeIf(token -> token.chars().anyMatch(c -> c < ' ' || c > '~'));
    return tokens;
  }

  private void assertRestRefuses(String what, String... headers) {
    for (String line : new String[] {"GET /v5/boards", "POST /v5/pins", "DELETE /v5/pins/abc"}) {
      String request =
          line
              + " HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 0\r\n"
              + String.join("", headers)
              + "\r\n";
      String answer = Wire.exchange(suite.edge(), request);
      Wire.assertRefused(what, answer, 401);
      assertThat(answer).contains("\"code\":2,\"message\":\"Authentication failed.\"");
      asked++;
    }
  }

  private static String utf8(String text) {
    return new String(
        text.getBytes(java.nio.charset.StandardCharsets.UTF_8),
        java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  @Test
  void noTokenIsAcceptedOverRest() throws Exception {
    Map<String, String> tokens = tokens();
    tokens.forEach(
        (what, token) -> assertRestRefuses(what, "authorization: Bearer " + utf8(token) + "\r\n"));
    assertThat(tokens).hasSizeGreaterThan(60);
    owner.get("/v5/boards").expect(200);
    log.info("tokens {} over REST, {} requests: accepted 0, 5xx 0", tokens.size(), asked);
  }

  /** Ways to bring a good token that are not the one way there is. */
  private List<String[]> headers() {
    String line = "authorization: Bearer " + good + "\r\n";
    List<String[]> headers = new ArrayList<>();
    headers.add(new String[0]);
    for (String value :
        new String[] {
          "",
          "Bearer",
          "Bearer ",
          good,
          "Bearer" + good,
          "Bearer:" + good,
          "Bearer\t" + good,
          "Bearer=" + good,
          "Bearer, " + good,
          "Bearer Bearer " + good,
          "Bearer " + good + " " + good,
          "Bearer " + good + ", Bearer " + good,
          "Bearer " + good + ";",
          "Bearer " + good + "\u00a0",
          "Bearer \u00a0" + good,
          "Bearer \"" + good + "\"",
          "Bearer '" + good + "'",
          "Bearer <" + good + ">",
          "Bearer token=" + good,
          "Basic " + good,
          "Basic YTpi",
          "Digest username=\"a\"",
          "Token " + good,
          "JWT " + good,
          "DPoP " + good,
          "OAuth " + good,
          "Negotiate YIIJvwYG",
          "Basic YTpi, Bearer " + good,
          "Be\u00e4rer " + good,
          "B\u0435arer " + good
        }) {
      headers.add(new String[] {"authorization: " + utf8(value) + "\r\n"});
    }
    headers.add(new String[] {line, "authorization: Bearer x.y.z\r\n"});
    headers.add(new String[] {"authorization: Bearer x.y.z\r\n", line});
    headers.add(new String[] {line, line});
    headers.add(new String[] {"authorization: Basic YTpi\r\n", line});
    headers.add(new String[] {line, "AUTHORIZATION:\r\n"});
    for (String name :
        new String[] {
          "proxy-authorization", "x-authorization", "x-forwarded-authorization", "authorization-"
        }) {
      headers.add(new String[] {name + ": Bearer " + good + "\r\n"});
    }
    headers.add(new String[] {"cookie: access_token=" + good + "; authorization=" + good + "\r\n"});
    headers.add(new String[] {"x-account-id: " + owner.account().id() + "\r\n"});
    return headers;
  }

  @Test
  void noOtherWayToBringAGoodTokenIsAccepted() {
    List<String[]> headers = headers();
    headers.forEach(header -> assertRestRefuses(String.join("", header), header));
    suite.anonymous().get("/v5/boards?access_token=" + good).expect(401);
    suite.anonymous().get("/v5/boards?authorization=Bearer%20" + good).expect(401);
    for (String scheme : new String[] {"bearer", "BEARER"}) {
      String request =
          "GET /v5/boards HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: "
              + (scheme + " " + good)
              + "\r\n\r\n";
      assertThat(Wire.status(Wire.exchange(suite.edge(), request))).isEqualTo(200);
    }
    log.info("authorization headers {}, {} requests: accepted 0, 5xx 0", headers.size(), asked);
  }

  private void assertGrpcRefuses(String what, Runnable call, ErrorReason... reasons) {
    StatusRuntimeException refusal = catchThrowableOfType(StatusRuntimeException.class, call::run);
    assertThat(refusal).as(what).isNotNull();
    assertThat(ApiException.from(refusal).reason())
        .as("%s: %s", what, refusal)
        .isIn(List.of(reasons));
    asked++;
  }

  @Test
  void noTokenIsAcceptedOverGrpc() throws Exception {
    Map<String, String> tokens = printable(tokens());
    tokens.forEach((what, token) -> eachService(what, "Bearer " + token));
    eachService("two headers, good first", "Bearer " + good, "Bearer x.y.z");
    eachService("two headers", "Bearer x.y.z", "Bearer " + good);
    eachService("the same twice", "Bearer " + good, "Bearer " + good);
    eachService("no header");
    eachService("another scheme", "Basic " + good);
    listBoards(channel("board", "Bearer " + good));
    log.info("tokens {} over gRPC, {} calls: accepted 0, internal errors 0", tokens.size(), asked);
  }

  private static void listBoards(Channel channel) {
    BoardServiceGrpc.newBlockingStub(channel).listBoards(ListBoardsRequest.getDefaultInstance());
  }

  private void eachService(String what, String... headers) {
    List<Consumer<String[]>> calls =
        List.of(
            h -> listBoards(channel("board", h)),
            h ->
                PinServiceGrpc.newBlockingStub(channel("pin", h))
                    .listPins(ListPinsRequest.getDefaultInstance()),
            h ->
                AccountServiceGrpc.newBlockingStub(channel("account", h))
                    .getAccount(
                        GetAccountRequest.newBuilder().setAccountId(owner.account().id()).build()));
    for (Consumer<String[]> call : calls) {
      assertGrpcRefuses(what, () -> call.accept(headers), ErrorReason.ERROR_REASON_UNAUTHENTICATED);
    }
  }

  @Test
  void noTokenIsAcceptedWhereOnlyServicesMayCall() throws Exception {
    Map<String, String> users = printable(tokens());
    users.put("an account's good token", good);
    Map<String, String> pins = printable(serviceTokens("pin", "board"));
    Map<String, String> operators = printable(serviceTokens("operator", "account"));
    users.forEach((what, token) -> purge(what, token));
    users.forEach((what, token) -> lookup(what, token));
    pins.forEach(this::purge);
    operators.forEach(this::lookup);
    log.info(
        "service tokens {}, {} calls: accepted 0, internal errors 0",
        pins.size() + operators.size(),
        asked);
  }

  private void purge(String what, String token) {
    assertGrpcRefuses(
        what,
        () ->
            PlacementServiceGrpc.newBlockingStub(channel("board", "Bearer " + token))
                .purgeBoard(PurgeBoardRequest.newBuilder().setBoardId("1").build()),
        ErrorReason.ERROR_REASON_UNAUTHENTICATED,
        ErrorReason.ERROR_REASON_SERVICE_ONLY);
  }

  private void lookup(String what, String token) {
    assertGrpcRefuses(
        what,
        () ->
            AccountServiceGrpc.newBlockingStub(channel("account", "Bearer " + token))
                .lookupAccount(
                    LookupAccountRequest.newBuilder()
                        .setUsername(owner.account().username())
                        .build()),
        ErrorReason.ERROR_REASON_UNAUTHENTICATED,
        ErrorReason.ERROR_REASON_SERVICE_ONLY);
  }
}
