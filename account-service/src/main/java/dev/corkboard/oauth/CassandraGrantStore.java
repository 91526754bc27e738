// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.oauth;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.google.protobuf.ByteString;
import dev.corkboard.platform.cassandra.Cql;
import dev.corkboard.platform.check.Ids;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** Grants, codes and refresh tokens in Cassandra. */
final class CassandraGrantStore implements GrantStore {
  private static final String INSERT_GRANT =
      "INSERT INTO oauth_grant (grant_id, app_id, account_id, scopes, revoked)"
          + " VALUES (?, ?, ?, ?, false) IF NOT EXISTS";
  private static final String SELECT_GRANT =
      "SELECT app_id, account_id, scopes, revoked FROM oauth_grant WHERE grant_id = ?";
  private static final String REVOKE =
      "UPDATE oauth_grant SET revoked = true WHERE grant_id = ? IF revoked = false";
  private static final String INSERT_CODE =
      "INSERT INTO oauth_code (code_hash, grant_id, redirect_uri, challenge, expire_time)"
          + " VALUES (?, ?, ?, ?, ?) IF NOT EXISTS";
  private static final String SELECT_CODE =
      "SELECT grant_id, redirect_uri, challenge, expire_time FROM oauth_code WHERE code_hash = ?";
  private static final String REDEEM =
      "UPDATE oauth_code SET redeemed_by = ? WHERE code_hash = ? IF redeemed_by = null";
  private static final String INSERT_TOKEN =
      "INSERT INTO oauth_refresh_token (token_hash, grant_id, expire_time)"
          + " VALUES (?, ?, ?) IF NOT EXISTS";
  private static final String SELECT_TOKEN =
      "SELECT grant_id, expire_time FROM oauth_refresh_token WHERE token_hash = ?";
  private static final String USE =
      "UPDATE oauth_refresh_token SET used_by = ? WHERE token_hash = ? IF used_by = null";

  private final Cql cql;
  private final PreparedStatement insertGrant;
  private final PreparedStatement selectGrant;
  private final PreparedStatement revoke;
  private final PreparedStatement insertCode;
  private final PreparedStatement selectCode;
  private final PreparedStatement redeem;
  private final PreparedStatement insertToken;
  private final PreparedStatement selectToken;
  private final PreparedStatement use;

  CassandraGrantStore(Cql cql) {
    this.cql = cql;
    insertGrant = cql.prepare(INSERT_GRANT, false);
    selectGrant = cql.prepare(SELECT_GRANT, true);
    revoke = cql.prepare(REVOKE, false);
    insertCode = cql.prepare(INSERT_CODE, false);
    selectCode = cql.prepare(SELECT_CODE, true);
    redeem = cql.prepare(REDEEM, false);
    insertToken = cql.prepare(INSERT_TOKEN, false);
    selectToken = cql.prepare(SELECT_TOKEN, true);
    use = cql.prepare(USE, false);
  }

  private CompletionStage<Void> apply(BoundStatement statement) {
    return cql.cas(statement).thenAccept(cas -> {});
  }

  @Override
  public CompletionStage<Void> create(Grant grant) {
    return apply(
        insertGrant.bind(
            UUID.fromString(grant.id()),
            Long.parseLong(grant.appId()),
            Long.parseLong(grant.accountId()),
            grant.scopes()));
  }

  @Override
  public CompletionStage<Optional<Grant>> grant(String grantId) {
    return cql.one(selectGrant.bind(UUID.fromString(grantId)))
        .thenApply(
            found ->
                found.map(
                    row ->
                        new Grant(
                            grantId,
                            Ids.format(row.getLong("app_id")),
                            Ids.format(row.getLong("account_id")),
                            row.getSet("scopes", String.class),
                            row.getBoolean("revoked"))));
  }

  @Override
  public CompletionStage<Void> revoke(String grantId) {
    return apply(revoke.bind(UUID.fromString(grantId)));
  }

  @Override
  public CompletionStage<Void> addCode(Code code) {
    return apply(
        insertCode.bind(
            code.hash().asReadOnlyByteBuffer(),
            UUID.fromString(code.grantId()),
            code.redirectUri(),
            code.challenge(),
            code.expireTime()));
  }

  @Override
  public CompletionStage<Optional<Code>> code(ByteString hash) {
    return cql.one(selectCode.bind(hash.asReadOnlyByteBuffer()))
        .thenApply(
            found ->
                found.map(
                    row ->
                        new Code(
                            hash,
                            row.getUuid("grant_id").toString(),
                            row.getString("redirect_uri"),
                            row.getString("challenge"),
                            row.getInstant("expire_time"))));
  }

  @Override
  public CompletionStage<Boolean> redeem(ByteString codeHash) {
    return once(redeem, "redeemed_by", codeHash);
  }

  @Override
  public CompletionStage<Void> addRefreshToken(RefreshToken token) {
    return apply(
        insertToken.bind(
            token.hash().asReadOnlyByteBuffer(),
            UUID.fromString(token.grantId()),
            token.expireTime()));
  }

  @Override
  public CompletionStage<Optional<RefreshToken>> refreshToken(ByteString hash) {
    return cql.one(selectToken.bind(hash.asReadOnlyByteBuffer()))
        .thenApply(
            found ->
                found.map(
                    row ->
                        new RefreshToken(
                            hash,
                            row.getUuid("grant_id").toString(),
                            row.getInstant("expire_time"))));
  }

  @Override
  public CompletionStage<Boolean> use(ByteString refreshTokenHash) {
    return once(use, "used_by", refreshTokenHash);
  }

  /** An attempt that is repeated after an unknown outcome knows its earlier success by its UUID. */
  private CompletionStage<Boolean> once(PreparedStatement take, String column, ByteString hash) {
    UUID attempt = UUID.randomUUID();
    return cql.cas(take.bind(attempt, hash.asReadOnlyByteBuffer()))
        .thenApply(
            cas ->
                cas.applied()
                    || cas.rows().stream().anyMatch(row -> attempt.equals(row.getUuid(column))));
  }
}
