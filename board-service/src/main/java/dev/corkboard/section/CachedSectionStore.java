// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.section;

import dev.corkboard.board.store.v1.Head;
import dev.corkboard.board.v1.Section;
import dev.corkboard.platform.redis.RedisCache;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Keeps cached first pages of boards true: what stood in a deleted section stands in none. */
public final class CachedSectionStore implements SectionStore {
  private final SectionStore store;
  private final RedisCache<Head> heads;

  public CachedSectionStore(SectionStore store, RedisCache<Head> heads) {
    this.store = store;
    this.heads = heads;
  }

  @Override
  public CompletionStage<Section> create(SectionWrite write) {
    return store.create(write);
  }

  @Override
  public CompletionStage<Section> update(SectionWrite write) {
    return store.update(write);
  }

  @Override
  public CompletionStage<Void> delete(SectionWrite write) {
    return heads.write(Set.of(Long.toString(write.boardId())), () -> store.delete(write));
  }

  @Override
  public CompletionStage<List<Section>> list(long boardId, long after, int limit) {
    return store.list(boardId, after, limit);
  }

  @Override
  public CompletionStage<List<Section>> getAll(long boardId, Collection<Long> sectionIds) {
    return store.getAll(boardId, sectionIds);
  }
}
