// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.e2e;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.google.protobuf.util.Durations;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.corkboard.account.v1.AccountServiceGrpc;
import dev.corkboard.account.v1.IssueAccessTokenRequest;
import dev.corkboard.deploy.RunningSuite;
import dev.corkboard.deploy.RunningSuite.TestAccount;
import dev.corkboard.platform.auth.Jwts;
import dev.corkboard.platform.auth.ServiceIdentity;
import dev.corkboard.platform.client.ServiceTokens;
import dev.corkboard.platform.testing.TestCassandra;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;

/** The running suite as the end-to-end tests use it: accounts that speak REST. */
final class EndToEnd {
  static final Set<String> ALL_SCOPES = RunningSuite.ALL_SCOPES;

  private static final byte GONE = 3;
  private static EndToEnd only;

  /** Waiting for a token to expire takes a second. */
  private static final Map<String, String> EXPIRED = new ConcurrentHashMap<>();

  private final RunningSuite suite = RunningSuite.get();

  static synchronized EndToEnd get() {
    if (only == null) only = new EndToEnd();
    return only;
  }

  String edge() {
    return suite.edge();
  }

  String grpc(String service) {
    return suite.grpc(service);
  }

  /** A value of the environment the services run with. */
  String settings(String name) {
    return suite.settings().get(name);
  }

  /** The folder of the service keys. */
  java.nio.file.Path keys() {
    return suite.keys();
  }

  Rest newAccount() {
    return rest(suite.newAccount());
  }

  Rest as(Rest owner, Collection<String> scopes) {
    return new Rest(edge(), owner.account(), token(owner, scopes));
  }

  String token(Rest owner, Collection<String> scopes) {
    return suite.token(owner.account(), scopes);
  }

  /** A token that a service signed for another. */
  String serviceToken(String from, String audience) {
    return serviceToken(identity(from).key(), from, audience);
  }

  /** The same, signed by a key that only claims to be the service's. */
  String forgedServiceToken(String from, String audience) {
    try {
      return serviceToken(new ECKeyGenerator(Curve.P_256).keyID(from).generate(), from, audience);
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String serviceToken(ECKey key, String from, String audience) {
    return Jwts.sign(
        key,
        Jwts.SERVICE,
        new JWTClaimsSet.Builder()
            .issuer(from)
            .audience(audience)
            .subject("")
            .claim("scope", String.join(" ", ALL_SCOPES))
            .issueTime(Date.from(Instant.now()))
            .expirationTime(Date.from(Instant.now().plusSeconds(60)))
            .build());
  }

  private ServiceIdentity identity(String service) {
    return ServiceIdentity.load(
        ServiceIdentity.keyFile(suite.keys(), service), ServiceIdentity.jwksFile(suite.keys()));
  }

  private Rest rest(TestAccount account) {
    return new Rest(edge(), account, account.token());
  }

  Rest anonymous() {
    return withToken("");
  }

  Rest withToken(String token) {
    return new Rest(edge(), new TestAccount("", "", ""), token);
  }

  /** A token that the issuer signed and that is over. */
  Rest expired(Rest owner) {
    return withToken(expiredToken(owner));
  }

  String expiredToken(Rest owner) {
    return EXPIRED.computeIfAbsent(owner.account().id(), id -> expire(owner));
  }

  private String expire(Rest owner) {
    ManagedChannel channel = NettyChannelBuilder.forTarget(grpc("account")).usePlaintext().build();
    try {
      ServiceIdentity operator = identity("operator");
      String token =
          AccountServiceGrpc.newBlockingStub(channel)
              .withCallCredentials(
                  new ServiceTokens(operator, Clock.systemUTC()).credentials("account"))
              .issueAccessToken(
                  IssueAccessTokenRequest.newBuilder()
                      .setAccountId(owner.account().id())
                      .addAllScopes(ALL_SCOPES)
                      .setTtl(Durations.fromSeconds(1))
                      .build())
              .getAccessToken();
      Instant end = SignedJWT.parse(token).getJWTClaimsSet().getExpirationTime().toInstant();
      Awaitility.await().until(() -> Instant.now().isAfter(end));
      return token;
    } catch (ParseException e) {
      throw new IllegalStateException(e);
    } finally {
      channel.shutdownNow();
    }
  }

  /** A token with all the right claims, signed by a key that only claims to be the issuer's. */
  Rest forged(Rest owner) {
    return withToken(forgedToken(owner));
  }

  String forgedToken(Rest owner) {
    try {
      SignedJWT good = SignedJWT.parse(owner.account().token());
      ECKey key = new ECKeyGenerator(Curve.P_256).keyID(good.getHeader().getKeyID()).generate();
      JWTClaimsSet claims =
          new JWTClaimsSet.Builder(good.getJWTClaimsSet())
              .expirationTime(Date.from(Instant.now().plusSeconds(600)))
              .build();
      return Jwts.sign(key, Jwts.ACCESS, claims);
    } catch (ParseException | JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether nothing is left of a deleted board but its header. */
  boolean isGone(String boardId) {
    Row row =
        cassandra("BOARD")
            .execute("SELECT state FROM board WHERE board_id = " + boardId + " LIMIT 1")
            .one();
    return row != null && row.getByte("state") == GONE;
  }

  /** The tables of a service. */
  CqlSession cassandra(String service) {
    return TestCassandra.session(suite.settings().get(service + "_KEYSPACE"));
  }
}
