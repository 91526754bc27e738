// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.corkboard.collage.store.v1.Publishing;
import dev.corkboard.collage.v1.Collage;
import dev.corkboard.collage.v1.Member;
import dev.corkboard.collage.v1.Role;
import dev.corkboard.platform.cassandra.Cas;
import dev.corkboard.platform.cassandra.Cql;
import dev.corkboard.platform.check.Ids;
import dev.corkboard.platform.check.Times;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** {@link CollageHeaders} in Cassandra: see {@code collage.cql}. */
public final class CassandraCollageHeaders implements CollageHeaders {
  private static final String SELECT =
      "SELECT "
          + CassandraCollageRows.HEADER
          + ", role, publishing FROM collage WHERE collage_id = ?"
          + " AND (kind, k) IN ((-1, 0x), (4, ?), (6, 0x))";
  private static final String SELECT_WRITE =
      "SELECT kind, write_id FROM collage WHERE collage_id = ? AND kind = -1 AND k = 0x";
  private static final String SELECT_MEMBERS =
      "SELECT k, role, at FROM collage WHERE collage_id = ? AND kind = 4";
  private static final String REPLACE =
      "UPDATE collage SET state = ?, published = ?, write_id = ?, updated_at = ?, metadata = ?"
          + " WHERE collage_id = ? IF write_id = ?";
  private static final String TOUCH =
      "UPDATE collage SET write_id = ? WHERE collage_id = ? IF write_id = ?";
  private static final String PUT_MEMBER =
      "INSERT INTO collage (collage_id, kind, k, role, at) VALUES (?, 4, ?, ?, ?)";
  private static final String DELETE_MEMBER =
      "DELETE FROM collage WHERE collage_id = ? AND kind = 4 AND k = ?";
  private static final String INSERT_PUBLISHING =
      "INSERT INTO collage (collage_id, kind, k, request_id, publishing) VALUES (?, 6, 0x, ?, ?)"
          + " IF NOT EXISTS";
  private static final String DELETE_PUBLISHING =
      "DELETE FROM collage WHERE collage_id = ? AND kind = 6 AND k = 0x IF request_id = ?";
  private static final String DELETE_KIND = "DELETE FROM collage WHERE collage_id = ? AND kind = ?";

  /** Of a collage of which nothing is kept. */
  private static final byte PURGED = 0;

  private static final byte[] KINDS = {0, 1, 4, 5, 6, 9};

  private final Cql cql;
  private final PreparedStatement select;
  private final PreparedStatement selectWrite;
  private final PreparedStatement selectMembers;
  private final PreparedStatement replace;
  private final PreparedStatement touch;
  private final PreparedStatement putMember;
  private final PreparedStatement deleteMember;
  private final PreparedStatement insertPublishing;
  private final PreparedStatement deletePublishing;
  private final PreparedStatement deleteKind;
  private final PreparedStatement insertRequest;

  public CassandraCollageHeaders(Cql cql) {
    this.cql = cql;
    select = cql.prepare(SELECT, true);
    selectWrite = cql.prepare(SELECT_WRITE, true);
    selectMembers = cql.prepare(SELECT_MEMBERS, true);
    replace = cql.prepare(REPLACE, false);
    touch = cql.prepare(TOUCH, false);
    putMember = cql.prepare(PUT_MEMBER, false);
    deleteMember = cql.prepare(DELETE_MEMBER, false);
    insertPublishing = cql.prepare(INSERT_PUBLISHING, false);
    deletePublishing = cql.prepare(DELETE_PUBLISHING, false);
    deleteKind = cql.prepare(DELETE_KIND, false);
    insertRequest = cql.prepare(CassandraCollageBatches.INSERT_REQUEST, false);
  }

  @Override
  public CompletionStage<Optional<Standing>> standing(long collageId, long accountId) {
    return cql.all(select.bind(collageId, Keys.of(accountId)))
        .thenApply(
            rows ->
                row(rows, -1)
                    .map(CassandraCollageRows::header)
                    .map(
                        collage ->
                            new Standing(
                                collage,
                                collage.role(
                                    accountId,
                                    row(rows, 4)
                                        .map(CassandraCollageRows::role)
                                        .orElse(Role.ROLE_UNSPECIFIED)),
                                row(rows, 6).map(CassandraCollageRows::publishing))));
  }

  private static Optional<Row> row(List<Row> rows, int kind) {
    return rows.stream().filter(row -> row.getByte("kind") == kind).findFirst();
  }

  @Override
  public CompletionStage<List<Member>> members(long collageId) {
    return cql.all(selectMembers.bind(collageId))
        .thenApply(
            rows ->
                rows.stream()
                    .map(
                        row ->
                            Member.newBuilder()
                                .setAccountId(Ids.format(Keys.number(row.getByteBuffer("k"))))
                                .setRole(CassandraCollageRows.role(row))
                                .setCreateTime(Times.toProto(row.getInstant("at")))
                                .build())
                    .toList());
  }

  @Override
  public CompletionStage<Boolean> replace(
      StoredCollage read, Collage next, Optional<RequestKey> request, long actorId) {
    Write write = new Write(read);
    write.batch.addStatement(header(write, next));
    request.ifPresent(
        key ->
            write.batch.addStatement(
                insertRequest.bind(
                    read.id(),
                    Keys.of(key.id()),
                    key.digest().asReadOnlyByteBuffer(),
                    read.revision(),
                    actorId,
                    Times.fromProto(next.getUpdateTime()))));
    return write.run();
  }

  private BoundStatement header(Write write, Collage next) {
    return replace.bind(
        (byte) next.getStateValue(),
        next.hasPublication() ? next.getPublication().getRevision() : -1L,
        write.id,
        Times.fromProto(next.getUpdateTime()),
        CassandraCollageRows.cell(next),
        write.read.id(),
        write.read.write());
  }

  private BoundStatement touch(Write write) {
    return touch.bind(write.id, write.read.id(), write.read.write());
  }

  @Override
  public CompletionStage<Boolean> putMember(StoredCollage read, Member member) {
    Write write = new Write(read);
    write
        .batch
        .addStatement(touch(write))
        .addStatement(
            putMember.bind(
                read.id(),
                Keys.of(Long.parseLong(member.getAccountId())),
                (byte) member.getRoleValue(),
                Times.fromProto(member.getCreateTime())));
    return write.run();
  }

  @Override
  public CompletionStage<Boolean> removeMember(StoredCollage read, String accountId) {
    Write write = new Write(read);
    write
        .batch
        .addStatement(touch(write))
        .addStatement(deleteMember.bind(read.id(), Keys.of(Long.parseLong(accountId))));
    return write.run();
  }

  @Override
  public CompletionStage<Boolean> begin(StoredCollage read, Publishing publishing) {
    Write write = new Write(read);
    write
        .batch
        .addStatement(touch(write))
        .addStatement(
            insertPublishing.bind(
                read.id(),
                UUID.fromString(publishing.getId()),
                CassandraCollageRows.cell(publishing)));
    return write.run();
  }

  @Override
  public CompletionStage<Boolean> finish(StoredCollage read, Publishing publishing, Collage next) {
    Write write = new Write(read);
    write.batch.addStatement(header(write, next)).addStatement(delete(read.id(), publishing));
    return write.run();
  }

  private BoundStatement delete(long collageId, Publishing publishing) {
    return deletePublishing.bind(collageId, UUID.fromString(publishing.getId()));
  }

  @Override
  public CompletionStage<Void> abandon(long collageId, Publishing publishing) {
    return cql.cas(delete(collageId, publishing)).thenAccept(cas -> {});
  }

  @Override
  public CompletionStage<Boolean> purge(StoredCollage read) {
    Write write = new Write(read);
    write.batch.addStatement(
        replace.bind(
            PURGED,
            -1L,
            write.id,
            Times.fromProto(read.collage().getUpdateTime()),
            CassandraCollageRows.cell(Collage.getDefaultInstance()),
            read.id(),
            read.write()));
    for (byte kind : KINDS) write.batch.addStatement(deleteKind.bind(read.id(), kind));
    return write.run();
  }

  /** A transaction on a collage as it was read. */
  private final class Write {
    private final StoredCollage read;
    private final UUID id = UUID.randomUUID();
    private final BatchStatementBuilder batch = BatchStatement.builder(BatchType.LOGGED);

    Write(StoredCollage read) {
      this.read = read;
    }

    /** One that is refused may have been applied before, without an answer. */
    CompletionStage<Boolean> run() {
      return cql.cas(batch.build())
          .thenApply(Cas::applied)
          .thenCompose(
              applied ->
                  applied
                      ? CompletableFuture.completedStage(true)
                      : cql.one(selectWrite.bind(read.id()))
                          .thenApply(
                              row ->
                                  row.filter(r -> id.equals(r.getUuid("write_id"))).isPresent()));
    }
  }
}
