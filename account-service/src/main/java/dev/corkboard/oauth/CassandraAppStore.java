// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.oauth;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.google.protobuf.ByteString;
import com.google.protobuf.util.Timestamps;
import dev.corkboard.oauth.v1.App;
import dev.corkboard.platform.cassandra.Cas;
import dev.corkboard.platform.cassandra.Cql;
import dev.corkboard.platform.check.Ids;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Apps in Cassandra. */
final class CassandraAppStore implements AppStore {
  private static final String INSERT =
      "INSERT INTO oauth_app (app_id, name, redirect_uris, owner_id, secret_hash, create_time)"
          + " VALUES (?, ?, ?, ?, ?, ?) IF NOT EXISTS";
  private static final String SELECT =
      "SELECT app_id, name, redirect_uris, owner_id, secret_hash, create_time FROM oauth_app"
          + " WHERE app_id = ?";
  private static final String DELETE = "DELETE FROM oauth_app WHERE app_id = ? IF EXISTS";

  private final Cql cql;
  private final PreparedStatement insert;
  private final PreparedStatement select;
  private final PreparedStatement delete;

  CassandraAppStore(Cql cql) {
    this.cql = cql;
    insert = cql.prepare(INSERT, false);
    select = cql.prepare(SELECT, true);
    delete = cql.prepare(DELETE, false);
  }

  @Override
  public CompletionStage<Void> create(StoredApp stored) {
    App app = stored.app();
    return cql.cas(
            insert.bind(
                Long.parseLong(app.getId()),
                app.getName(),
                app.getRedirectUrisList(),
                app.getOwnerId().isEmpty() ? null : Long.valueOf(app.getOwnerId()),
                stored.secretHash().asReadOnlyByteBuffer(),
                Instant.ofEpochMilli(Timestamps.toMillis(app.getCreateTime()))))
        .thenAccept(cas -> {});
  }

  @Override
  public CompletionStage<Optional<StoredApp>> get(String appId) {
    OptionalLong id = Ids.parse(appId);
    if (id.isEmpty()) return CompletableFuture.completedStage(Optional.empty());
    return cql.one(select.bind(id.getAsLong()))
        .thenApply(row -> row.map(CassandraAppStore::stored));
  }

  private static StoredApp stored(Row row) {
    App.Builder app =
        App.newBuilder()
            .setId(Ids.format(row.getLong("app_id")))
            .setName(row.getString("name"))
            .addAllRedirectUris(row.getList("redirect_uris", String.class))
            .setCreateTime(Timestamps.fromMillis(row.getInstant("create_time").toEpochMilli()));
    if (!row.isNull("owner_id")) app.setOwnerId(Ids.format(row.getLong("owner_id")));
    return new StoredApp(app.build(), ByteString.copyFrom(row.getByteBuffer("secret_hash")));
  }

  @Override
  public CompletionStage<Boolean> delete(String appId) {
    OptionalLong id = Ids.parse(appId);
    if (id.isEmpty()) return CompletableFuture.completedStage(false);
    return cql.cas(delete.bind(id.getAsLong())).thenApply(Cas::applied);
  }
}
