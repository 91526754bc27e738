// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import dev.corkboard.collage.v1.Collage;
import dev.corkboard.collage.v1.Document;
import dev.corkboard.collage.v1.Edit;
import dev.corkboard.collage.v1.Picture;
import dev.corkboard.collage.v1.Revision;
import dev.corkboard.collage.v1.Role;
import dev.corkboard.platform.cassandra.Cql;
import dev.corkboard.platform.check.Times;
import java.time.Instant;
import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;

/** The conditional batches that change the table {@code collage}. */
final class CassandraCollageBatches {
  private static final String INSERT_HEADER =
      "INSERT INTO collage (collage_id, kind, k, owner_id, state, revision, kept_after, published,"
          + " write_id, updated_at, metadata) VALUES (?, -1, 0x, ?, ?, 0, 0, ?, ?, ?, ?)"
          + " IF NOT EXISTS";
  private static final String ADVANCE =
      "UPDATE collage SET revision = ?, write_id = ?, updated_at = ? WHERE collage_id = ?"
          + " IF write_id = ?";
  private static final String STILL_EDITOR =
      "UPDATE collage SET role = ? WHERE collage_id = ? AND kind = 4 AND k = ? IF role = ?";
  private static final String INSERT_ENTRY =
      "INSERT INTO collage (collage_id, kind, k, operations, inverse, touched, undoable, actor_id,"
          + " at, request_id, operation_count, undone, restored, bytes)"
          + " VALUES (?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) IF NOT EXISTS";
  static final String INSERT_REQUEST =
      "INSERT INTO collage (collage_id, kind, k, req_hash, edit, actor_id, at)"
          + " VALUES (?, 9, ?, ?, ?, ?, ?) IF NOT EXISTS USING TTL "
          + RequestKey.SECONDS;
  private static final String PUT_PICTURE =
      "INSERT INTO collage (collage_id, kind, k, picture) VALUES (?, 5, ?, ?)";
  private static final String INSERT_SNAPSHOT =
      "INSERT INTO collage (collage_id, kind, k, document, actor_id, at, operation_count, undone,"
          + " restored) VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?)";
  private static final String KEEP_AFTER =
      "UPDATE collage SET kept_after = ? WHERE collage_id = ? IF kept_after = ? AND published = ?";
  private static final String DELETE_ENTRIES =
      "DELETE FROM collage WHERE collage_id = ? AND kind = 0 AND k > ? AND k <= ?";
  private static final String DELETE_SNAPSHOTS =
      "DELETE FROM collage WHERE collage_id = ? AND kind = 1 AND k > ? AND k < ?";

  private static final byte EDITOR = (byte) Role.ROLE_EDITOR_VALUE;

  private final PreparedStatement insertHeader;
  private final PreparedStatement advance;
  private final PreparedStatement stillEditor;
  private final PreparedStatement insertEntry;
  private final PreparedStatement insertRequest;
  private final PreparedStatement putPicture;
  private final PreparedStatement insertSnapshot;
  private final PreparedStatement insertNewSnapshot;
  private final PreparedStatement keepAfter;
  private final PreparedStatement deleteEntries;
  private final PreparedStatement deleteSnapshots;

  CassandraCollageBatches(Cql cql) {
    insertHeader = cql.prepare(INSERT_HEADER, false);
    advance = cql.prepare(ADVANCE, false);
    stillEditor = cql.prepare(STILL_EDITOR, false);
    insertEntry = cql.prepare(INSERT_ENTRY, false);
    insertRequest = cql.prepare(INSERT_REQUEST, false);
    putPicture = cql.prepare(PUT_PICTURE, false);
    insertSnapshot = cql.prepare(INSERT_SNAPSHOT, false);
    insertNewSnapshot = cql.prepare(INSERT_SNAPSHOT + " IF NOT EXISTS", false);
    keepAfter = cql.prepare(KEEP_AFTER, false);
    deleteEntries = cql.prepare(DELETE_ENTRIES, false);
    deleteSnapshots = cql.prepare(DELETE_SNAPSHOTS, false);
  }

  BatchStatement create(StoredCollage stored, Document document, Collection<Picture> pictures) {
    Collage collage = stored.collage();
    BatchStatementBuilder batch =
        BatchStatement.builder(BatchType.LOGGED)
            .addStatement(
                insertHeader.bind(
                    stored.id(),
                    stored.ownerId(),
                    (byte) collage.getStateValue(),
                    stored.publishedRevision(),
                    stored.write(),
                    Times.fromProto(collage.getUpdateTime()),
                    CassandraCollageRows.cell(collage)));
    Revision first =
        Revision.newBuilder()
            .setActorId(collage.getOwnerId())
            .setEditTime(collage.getCreateTime())
            .build();
    batch.addStatement(bind(insertSnapshot, stored.id(), new Snapshot(first, document)));
    pictures.forEach(picture -> batch.addStatement(picture(stored.id(), picture)));
    return batch.build();
  }

  BatchStatement append(
      EditFacts facts, Entry entry, RequestKey request, Collection<Picture> pictures) {
    StoredCollage stored = facts.collage();
    Edit edit = entry.edit();
    Instant at = Times.fromProto(edit.getEditTime());
    BatchStatementBuilder batch =
        BatchStatement.builder(BatchType.LOGGED)
            .addStatement(
                advance.bind(
                    edit.getRevision(), UUID.randomUUID(), at, stored.id(), stored.write()))
            .addStatement(entry(stored.id(), entry, request, at))
            .addStatement(
                insertRequest.bind(
                    stored.id(),
                    Keys.of(request.id()),
                    request.digest().asReadOnlyByteBuffer(),
                    edit.getRevision(),
                    facts.actorId(),
                    at));
    if (facts.role() != Role.ROLE_OWNER) {
      batch.addStatement(stillEditor.bind(EDITOR, stored.id(), Keys.of(facts.actorId()), EDITOR));
    }
    pictures.forEach(picture -> batch.addStatement(picture(stored.id(), picture)));
    return batch.build();
  }

  private BoundStatement entry(long collageId, Entry entry, RequestKey request, Instant at) {
    Edit edit = entry.edit();
    return insertEntry.bind(
        collageId,
        Keys.of(edit.getRevision()),
        CassandraCollageRows.operations(edit.getOperationsList()),
        CassandraCollageRows.operations(entry.inverse()),
        CassandraCollageRows.touched(entry.touched()),
        !entry.inverse().isEmpty(),
        Long.parseLong(edit.getActorId()),
        at,
        request.id(),
        edit.getOperationsCount(),
        edit.getUndoneRevision(),
        edit.getRestoredRevision(),
        (int) entry.bytes());
  }

  private BoundStatement picture(long collageId, Picture picture) {
    return putPicture.bind(
        collageId, Keys.of(picture.getImage().getAssetKey()), CassandraCollageRows.cell(picture));
  }

  BoundStatement snapshot(long collageId, Snapshot snapshot) {
    return bind(insertNewSnapshot, collageId, snapshot);
  }

  private static BoundStatement bind(PreparedStatement insert, long collageId, Snapshot snapshot) {
    Revision revision = snapshot.revision();
    return insert.bind(
        collageId,
        Keys.of(revision.getRevision()),
        CassandraCollageRows.cell(snapshot.document()),
        Long.parseLong(revision.getActorId()),
        Times.fromProto(revision.getEditTime()),
        revision.getOperationCount(),
        revision.getUndoneRevision(),
        revision.getRestoredRevision());
  }

  /** Deletes all snapshots between those that are kept, so that none that came late stays. */
  BatchStatement trim(StoredCollage read, long upTo, Collection<Long> keptSnapshots) {
    BatchStatementBuilder batch =
        BatchStatement.builder(BatchType.LOGGED)
            .addStatement(
                keepAfter.bind(upTo, read.id(), read.keptAfter(), read.publishedRevision()))
            .addStatement(deleteEntries.bind(read.id(), Keys.of(read.keptAfter()), Keys.of(upTo)));
    SortedSet<Long> ends = new TreeSet<>(keptSnapshots).headSet(upTo);
    var begin = Keys.none();
    for (long end : ends) {
      batch.addStatement(deleteSnapshots.bind(read.id(), begin, Keys.of(end)));
      begin = Keys.of(end);
    }
    return batch.addStatement(deleteSnapshots.bind(read.id(), begin, Keys.of(upTo))).build();
  }
}
