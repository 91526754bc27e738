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
import java.util.Set;
import org.awaitility.Awaitility;

/** The running suite as the end-to-end tests use it: accounts that speak REST. */
final class EndToEnd {
  static final Set<String> ALL_SCOPES = RunningSuite.ALL_SCOPES;

  private static final byte GONE = 3;
  private static EndToEnd only;

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

  Rest newAccount() {
    return rest(suite.newAccount());
  }

  Rest as(Rest owner, Collection<String> scopes) {
    return new Rest(edge(), owner.account(), suite.token(owner.account(), scopes));
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
    ManagedChannel channel = NettyChannelBuilder.forTarget(grpc("account")).usePlaintext().build();
    try {
      ServiceIdentity operator =
          ServiceIdentity.load(
              ServiceIdentity.keyFile(suite.keys(), "operator"),
              ServiceIdentity.jwksFile(suite.keys()));
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
      return withToken(token);
    } catch (ParseException e) {
      throw new IllegalStateException(e);
    } finally {
      channel.shutdownNow();
    }
  }

  /** A token with all the right claims, signed by a key that only claims to be the issuer's. */
  Rest forged(Rest owner) {
    try {
      SignedJWT good = SignedJWT.parse(owner.account().token());
      ECKey key = new ECKeyGenerator(Curve.P_256).keyID(good.getHeader().getKeyID()).generate();
      JWTClaimsSet claims =
          new JWTClaimsSet.Builder(good.getJWTClaimsSet())
              .expirationTime(Date.from(Instant.now().plusSeconds(600)))
              .build();
      return withToken(Jwts.sign(key, Jwts.ACCESS, claims));
    } catch (ParseException | JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether nothing is left of a deleted board but its header. */
  boolean isGone(String boardId) {
    CqlSession session = TestCassandra.session(suite.settings().get("BOARD_KEYSPACE"));
    Row row =
        session.execute("SELECT state FROM board WHERE board_id = " + boardId + " LIMIT 1").one();
    return row != null && row.getByte("state") == GONE;
  }
}
