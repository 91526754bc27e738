// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.corkboard.collage.document.Pictures;
import dev.corkboard.collage.v1.Document;
import dev.corkboard.collage.v1.Edit;
import dev.corkboard.collage.v1.Operation;
import dev.corkboard.collage.v1.Picture;
import dev.corkboard.collage.v1.Revision;
import dev.corkboard.collage.v1.Role;
import dev.corkboard.platform.cassandra.Cas;
import dev.corkboard.platform.cassandra.Cassandra;
import dev.corkboard.platform.cassandra.Cql;
import dev.corkboard.platform.error.ApiException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Collages in Cassandra, each in a partition of its own; see {@code collage.cql}. */
public final class CassandraCollageStore implements CollageStore {
  /** The schema, as a resource. */
  public static final String SCHEMA = "/collage.cql";

  private static final String SELECT_HEADER =
      "SELECT "
          + CassandraCollageRows.HEADER
          + " FROM collage WHERE collage_id = ? AND kind = -1 AND k = 0x";
  private static final String SELECT_FACTS =
      "SELECT "
          + CassandraCollageRows.HEADER
          + ", role, req_hash, edit, actor_id, at FROM collage WHERE collage_id = ?"
          + " AND (kind, k) IN ((-1, 0x), (4, ?), (9, ?))";
  private static final String SELECT_EDITS =
      "SELECT "
          + CassandraCollageRows.REVISION
          + ", operations, request_id FROM collage"
          + " WHERE collage_id = ? AND kind = 0 AND k > ? LIMIT ?";
  private static final String SELECT_TRACES =
      "SELECT "
          + CassandraCollageRows.REVISION
          + ", touched, undoable FROM collage"
          + " WHERE collage_id = ? AND kind = 0 AND k < ? ORDER BY kind DESC, k DESC LIMIT ?";
  private static final String SELECT_SIZES =
      "SELECT bytes FROM collage WHERE collage_id = ? AND kind = 0 AND k > ?";
  private static final String SELECT_INVERSE =
      "SELECT inverse FROM collage WHERE collage_id = ? AND kind = 0 AND k = ?";
  private static final String SELECT_SNAPSHOT =
      "SELECT "
          + CassandraCollageRows.REVISION
          + ", document FROM collage"
          + " WHERE collage_id = ? AND kind = 1 AND k <= ? ORDER BY kind DESC, k DESC LIMIT 1";
  private static final String SELECT_SNAPSHOTS =
      "SELECT "
          + CassandraCollageRows.REVISION
          + " FROM collage WHERE collage_id = ? AND kind = 1 ORDER BY kind DESC, k DESC";
  private static final String SELECT_PICTURES =
      "SELECT picture FROM collage WHERE collage_id = ? AND kind = 5 AND k IN ?";

  /** How many rows that may be megabytes come in one message. */
  private static final int LARGE_ROWS = 5;

  private final Cql cql;
  private final CassandraCollageBatches batches;
  private final PreparedStatement selectHeader;
  private final PreparedStatement selectFacts;
  private final PreparedStatement selectEdits;
  private final PreparedStatement selectTraces;
  private final PreparedStatement selectSizes;
  private final PreparedStatement selectInverse;
  private final PreparedStatement selectSnapshot;
  private final PreparedStatement selectSnapshots;
  private final PreparedStatement selectPictures;

  public CassandraCollageStore(Cql cql) {
    this.cql = cql;
    batches = new CassandraCollageBatches(cql);
    selectHeader = cql.prepare(SELECT_HEADER, true);
    selectFacts = cql.prepare(SELECT_FACTS, true);
    selectEdits = cql.prepare(SELECT_EDITS, true);
    selectTraces = cql.prepare(SELECT_TRACES, true);
    selectSizes = cql.prepare(SELECT_SIZES, true);
    selectInverse = cql.prepare(SELECT_INVERSE, true);
    selectSnapshot = cql.prepare(SELECT_SNAPSHOT, true);
    selectSnapshots = cql.prepare(SELECT_SNAPSHOTS, true);
    selectPictures = cql.prepare(SELECT_PICTURES, true);
  }

  @Override
  public CompletionStage<Void> create(StoredCollage collage, Document document) {
    Map<String, Picture> pictures = new LinkedHashMap<>();
    Pictures.forEach(document, p -> pictures.put(p.getImage().getAssetKey(), p));
    return cql.cas(batches.create(collage, document, pictures.values()))
        .thenCompose(
            cas ->
                cas.applied()
                    ? CompletableFuture.completedStage(null)
                    : get(collage.id()).thenAccept(standing -> requireOwn(collage, standing)));
  }

  private static void requireOwn(StoredCollage written, Optional<StoredCollage> standing) {
    if (standing.isEmpty() || !standing.get().write().equals(written.write())) {
      throw ApiException.internal(
          new IllegalStateException("collage " + written.id() + " is there already"));
    }
  }

  @Override
  public CompletionStage<Optional<StoredCollage>> get(long collageId) {
    return cql.one(selectHeader.bind(collageId))
        .thenApply(row -> row.map(CassandraCollageRows::header));
  }

  @Override
  public CompletionStage<Optional<EditFacts>> facts(long collageId, long actorId, UUID requestId) {
    return cql.all(
            selectFacts
                .bind(collageId, Keys.of(actorId), Keys.of(requestId))
                .setExecutionProfileName(Cassandra.SERIAL))
        .thenApply(rows -> row(rows, -1).map(header -> facts(header, rows, actorId)));
  }

  private static EditFacts facts(Row header, List<Row> rows, long actorId) {
    StoredCollage collage = CassandraCollageRows.header(header);
    Role member = row(rows, 4).map(CassandraCollageRows::role).orElse(Role.ROLE_UNSPECIFIED);
    return new EditFacts(
        collage,
        actorId,
        collage.role(actorId, member),
        row(rows, 9).map(CassandraCollageRows::seen));
  }

  private static Optional<Row> row(List<Row> rows, int kind) {
    return rows.stream().filter(row -> row.getByte("kind") == kind).findFirst();
  }

  @Override
  public CompletionStage<Boolean> append(EditFacts facts, Entry entry, RequestKey request) {
    Map<String, Picture> pictures = new LinkedHashMap<>();
    for (Operation operation : entry.edit().getOperationsList()) {
      Pictures.forEach(operation, p -> pictures.put(p.getImage().getAssetKey(), p));
    }
    return cql.cas(batches.append(facts, entry, request, pictures.values()))
        .thenApply(Cas::applied);
  }

  @Override
  public CompletionStage<List<Edit>> edits(long collageId, long after, int limit) {
    return cql.all(selectEdits.bind(collageId, Keys.of(after), limit).setPageSize(LARGE_ROWS))
        .thenApply(rows -> rows.stream().map(CassandraCollageRows::edit).toList());
  }

  @Override
  public CompletionStage<List<Entry.Trace>> traces(long collageId, long below, int limit) {
    return cql.all(selectTraces.bind(collageId, Keys.of(below), limit))
        .thenApply(rows -> rows.stream().map(CassandraCollageRows::trace).toList());
  }

  @Override
  public CompletionStage<List<Integer>> sizes(long collageId, long after) {
    return cql.all(selectSizes.bind(collageId, Keys.of(after)))
        .thenApply(rows -> rows.stream().map(row -> row.getInt("bytes")).toList());
  }

  @Override
  public CompletionStage<Optional<List<Operation>>> inverse(long collageId, long revision) {
    return cql.one(selectInverse.bind(collageId, Keys.of(revision)))
        .thenApply(row -> row.map(r -> CassandraCollageRows.operations(r, "inverse")));
  }

  @Override
  public CompletionStage<Void> putSnapshot(long collageId, Snapshot snapshot) {
    return cql.cas(batches.snapshot(collageId, snapshot)).thenAccept(cas -> {});
  }

  @Override
  public CompletionStage<Optional<Snapshot>> snapshot(long collageId, long atMost) {
    return cql.one(selectSnapshot.bind(collageId, Keys.of(atMost)))
        .thenApply(row -> row.map(CassandraCollageRows::snapshot));
  }

  @Override
  public CompletionStage<List<Revision>> snapshots(long collageId) {
    return cql.all(selectSnapshots.bind(collageId))
        .thenApply(rows -> rows.stream().map(CassandraCollageRows::revision).toList());
  }

  @Override
  public CompletionStage<Boolean> trim(StoredCollage read, long upTo, Set<Long> keptSnapshots) {
    return cql.cas(batches.trim(read, upTo, keptSnapshots)).thenApply(Cas::applied);
  }

  @Override
  public CompletionStage<List<Picture>> pictures(long collageId, Collection<String> assetKeys) {
    if (assetKeys.isEmpty()) return CompletableFuture.completedStage(List.of());
    List<ByteBuffer> keys = assetKeys.stream().distinct().map(Keys::of).toList();
    return cql.all(selectPictures.bind(collageId, keys))
        .thenApply(rows -> rows.stream().map(CassandraCollageRows::picture).toList());
  }
}
