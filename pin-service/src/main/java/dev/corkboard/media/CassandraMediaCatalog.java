// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.cassandra.Cas;
import dev.corkboard.platform.cassandra.Cql;
import dev.corkboard.platform.error.ApiException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** The catalog in the tables {@code media_content} and {@code media_asset}. */
final class CassandraMediaCatalog implements MediaCatalog {
  /** The schema. */
  static final String SCHEMA = "/media.cql";

  private static final int PUT_ATTEMPTS = 5;

  private static final String SELECT_CONTENT =
      "SELECT sha256, generation, image, digests, sizes, state, touched_at FROM media_content"
          + " WHERE sha256 = ?";
  private static final String SCAN_CONTENT =
      "SELECT sha256, generation, image, digests, sizes, state, touched_at FROM media_content";
  private static final String INSERT_CONTENT =
      "INSERT INTO media_content (sha256, generation, image, digests, sizes, state, touched_at)"
          + " VALUES (?, ?, ?, ?, ?, 'stored', ?) IF NOT EXISTS";
  private static final String REVIVE_CONTENT =
      "UPDATE media_content SET generation = ?, image = ?, digests = ?, sizes = ?,"
          + " state = 'stored', touched_at = ? WHERE sha256 = ?"
          + " IF state = 'deleting' AND generation = ?";
  private static final String TOUCH_CONTENT =
      "UPDATE media_content SET touched_at = ? WHERE sha256 = ? IF state = 'stored'";
  private static final String BEGIN_REMOVAL =
      "UPDATE media_content SET state = 'deleting' WHERE sha256 = ?"
          + " IF state = 'stored' AND generation = ? AND touched_at = ?";
  private static final String FINISH_REMOVAL =
      "DELETE FROM media_content WHERE sha256 = ? IF state = 'deleting' AND generation = ?";

  private static final String SELECT_ASSET =
      "SELECT asset_key, sha256, owner_id, created_at, touched_at FROM media_asset"
          + " WHERE asset_key = ?";
  private static final String SCAN_ASSETS =
      "SELECT asset_key, sha256, owner_id, created_at, touched_at FROM media_asset";
  private static final String INSERT_ASSET =
      "INSERT INTO media_asset (asset_key, sha256, owner_id, created_at, touched_at)"
          + " VALUES (?, ?, ?, ?, ?) IF NOT EXISTS";
  private static final String TOUCH_ASSET =
      "UPDATE media_asset SET touched_at = ? WHERE asset_key = ? IF EXISTS";
  private static final String DELETE_ASSET =
      "DELETE FROM media_asset WHERE asset_key = ? IF touched_at = ?";

  private final Cql cql;
  private final PreparedStatement selectContent;
  private final PreparedStatement scanContent;
  private final PreparedStatement insertContent;
  private final PreparedStatement reviveContent;
  private final PreparedStatement touchContent;
  private final PreparedStatement beginRemoval;
  private final PreparedStatement finishRemoval;
  private final PreparedStatement selectAsset;
  private final PreparedStatement scanAssets;
  private final PreparedStatement insertAsset;
  private final PreparedStatement touchAsset;
  private final PreparedStatement deleteAsset;

  CassandraMediaCatalog(Cql cql) {
    this.cql = cql;
    selectContent = cql.prepare(SELECT_CONTENT, true);
    scanContent = cql.prepare(SCAN_CONTENT, true);
    insertContent = cql.prepare(INSERT_CONTENT, false);
    reviveContent = cql.prepare(REVIVE_CONTENT, false);
    touchContent = cql.prepare(TOUCH_CONTENT, false);
    beginRemoval = cql.prepare(BEGIN_REMOVAL, false);
    finishRemoval = cql.prepare(FINISH_REMOVAL, false);
    selectAsset = cql.prepare(SELECT_ASSET, true);
    scanAssets = cql.prepare(SCAN_ASSETS, true);
    insertAsset = cql.prepare(INSERT_ASSET, false);
    touchAsset = cql.prepare(TOUCH_ASSET, false);
    deleteAsset = cql.prepare(DELETE_ASSET, false);
  }

  @Override
  public CompletionStage<Optional<Content>> content(String sha256) {
    return cql.one(selectContent.bind(sha256))
        .thenApply(row -> row.map(CassandraMediaRows::content));
  }

  @Override
  public CompletionStage<Boolean> putContent(Content content) {
    return putContent(content, 1);
  }

  private CompletionStage<Boolean> putContent(Content content, int attempt) {
    if (attempt > PUT_ATTEMPTS) {
      return CompletableFuture.failedStage(
          ApiException.aborted(
              ErrorReason.ERROR_REASON_CONTENTION, "The picture is being stored by others."));
    }
    return cql.cas(
            insertContent.bind(
                content.sha256(),
                content.generation(),
                CassandraMediaRows.image(content),
                CassandraMediaRows.digests(content),
                CassandraMediaRows.sizes(content),
                content.touchedAt()))
        .thenCompose(
            cas -> {
              if (cas.applied()) return CompletableFuture.completedStage(true);
              Content existing = CassandraMediaRows.content(cas.rows().get(0));
              if (existing.stored()) {
                // Ours when an unknown outcome was repeated.
                return CompletableFuture.completedStage(
                    existing.generation() == content.generation());
              }
              return revive(content, existing.generation(), attempt);
            });
  }

  private CompletionStage<Boolean> revive(Content content, long dying, int attempt) {
    return cql.cas(
            reviveContent.bind(
                content.generation(),
                CassandraMediaRows.image(content),
                CassandraMediaRows.digests(content),
                CassandraMediaRows.sizes(content),
                content.touchedAt(),
                content.sha256(),
                dying))
        .thenCompose(
            cas ->
                cas.applied()
                    ? CompletableFuture.completedStage(true)
                    : putContent(content, attempt + 1));
  }

  @Override
  public CompletionStage<Boolean> touchContent(String sha256, Instant now) {
    return cql.cas(touchContent.bind(now, sha256)).thenApply(Cas::applied);
  }

  @Override
  public CompletionStage<Boolean> beginRemoval(Content seen) {
    return cql.cas(beginRemoval.bind(seen.sha256(), seen.generation(), seen.touchedAt()))
        .thenApply(cas -> cas.applied() || cas.rows().stream().anyMatch(row -> dying(row, seen)));
  }

  private static boolean dying(Row row, Content seen) {
    return row.getColumnDefinitions().contains("state")
        && CassandraMediaRows.state(row) == Content.State.DELETING
        && row.getLong("generation") == seen.generation();
  }

  @Override
  public CompletionStage<Boolean> finishRemoval(String sha256, long generation) {
    return cql.cas(finishRemoval.bind(sha256, generation)).thenApply(Cas::applied);
  }

  @Override
  public CompletionStage<Optional<Asset>> asset(String key) {
    return cql.one(selectAsset.bind(key)).thenApply(row -> row.map(CassandraMediaRows::asset));
  }

  @Override
  public CompletionStage<Void> putAsset(Asset asset) {
    return cql.cas(
            insertAsset.bind(
                asset.key(), asset.sha256(), asset.ownerId(), asset.createdAt(), asset.touchedAt()))
        .thenAccept(
            cas -> {
              if (!cas.applied() && !CassandraMediaRows.asset(cas.rows().get(0)).equals(asset)) {
                throw new IllegalStateException("an asset key was given out twice");
              }
            });
  }

  @Override
  public CompletionStage<Boolean> touchAsset(String key, Instant now) {
    return cql.cas(touchAsset.bind(now, key)).thenApply(Cas::applied);
  }

  @Override
  public CompletionStage<Boolean> removeAsset(Asset seen) {
    return cql.cas(deleteAsset.bind(seen.key(), seen.touchedAt())).thenApply(Cas::applied);
  }

  @Override
  public CompletionStage<Void> forEachAsset(Consumer<Asset> consumer) {
    return cql.forEach(scanAssets.bind(), row -> consumer.accept(CassandraMediaRows.asset(row)));
  }

  @Override
  public CompletionStage<Void> forEachContent(Consumer<Content> consumer) {
    return cql.forEach(scanContent.bind(), row -> consumer.accept(CassandraMediaRows.content(row)));
  }
}
