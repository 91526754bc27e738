// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.section;

import dev.corkboard.board.change.CassandraChangeRows;
import dev.corkboard.board.change.Commits;
import dev.corkboard.board.v1.Change;
import dev.corkboard.board.v1.Section;
import dev.corkboard.platform.cassandra.Attempts;
import dev.corkboard.platform.cassandra.Cql;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Sections in Cassandra: one read to decide, an intent, one conditional batch on the board's
 * partition. A refused batch is settled, so that it never comes late, and decided anew.
 */
public final class CassandraSectionStore implements SectionStore {
  private final CassandraSectionTable table;
  private final Commits commits;

  public CassandraSectionStore(Cql cql, Commits commits) {
    this.table = new CassandraSectionTable(cql);
    this.commits = commits;
  }

  @Override
  public CompletionStage<Section> create(SectionWrite write) {
    return Attempts.until(
        () ->
            table
                .snapshot(write)
                .thenCompose(
                    read -> {
                      Optional<Section> known = SectionRules.create(write, read.facts());
                      if (known.isPresent()) return asItIs(known.get());
                      return commits
                          .commit(
                              Change.Type.TYPE_SECTION_CREATED,
                              read.header().orElseThrow(),
                              0,
                              write.actorId(),
                              intent -> table.create(write, read, intent))
                          .thenApply(
                              committed ->
                                  committed.map(
                                      intent ->
                                          SectionRules.created(
                                              write,
                                              write.sectionId(),
                                              CassandraChangeRows.at(intent))));
                    }));
  }

  /** What a repeated request created, renamed since perhaps; as it was made when it is gone. */
  private CompletionStage<Optional<Section>> asItIs(Section created) {
    return getAll(Long.parseLong(created.getBoardId()), List.of(Long.parseLong(created.getId())))
        .thenApply(found -> Optional.of(found.isEmpty() ? created : found.get(0)));
  }

  @Override
  public CompletionStage<Section> update(SectionWrite write) {
    return Attempts.until(
        () ->
            table
                .snapshot(write)
                .thenCompose(
                    read -> {
                      Optional<Section> known = SectionRules.update(write, read.facts());
                      if (known.isPresent()) return CompletableFuture.completedStage(known);
                      Section renamed =
                          SectionRules.renamed(write, read.facts().standing().orElseThrow());
                      return commits
                          .commit(
                              Change.Type.TYPE_SECTION_UPDATED,
                              read.header().orElseThrow(),
                              0,
                              write.actorId(),
                              intent -> table.update(write, read, intent))
                          .thenApply(committed -> committed.map(intent -> renamed));
                    }));
  }

  @Override
  public CompletionStage<Void> delete(SectionWrite write) {
    return Attempts.until(
            () ->
                table
                    .snapshot(write)
                    .thenCompose(
                        read -> {
                          SectionRules.delete(write, read.facts());
                          return commits.commit(
                              Change.Type.TYPE_SECTION_DELETED,
                              read.header().orElseThrow(),
                              0,
                              write.actorId(),
                              intent -> table.delete(write, read, intent));
                        }))
        .thenAccept(done -> {});
  }

  @Override
  public CompletionStage<List<Section>> list(long boardId, long after, int limit) {
    return table.list(boardId, after, limit);
  }

  @Override
  public CompletionStage<List<Section>> getAll(long boardId, Collection<Long> sectionIds) {
    return table.getAll(boardId, sectionIds);
  }
}
