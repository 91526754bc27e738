// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.section;

import dev.corkboard.board.v1.Section;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Keeps the sections of boards. Every write is one transaction on its board, in which the caller's
 * role, the board's state and quota, the etag and the request are checked by {@link SectionRules}.
 */
public interface SectionStore {
  /** The most sections a board may have. */
  int MAX_SECTIONS = 500;

  /** Creates a section under the id that the write gives it. */
  CompletionStage<Section> create(SectionWrite write);

  /** Renames a section; fails with SECTION_NOT_FOUND when the board has no such section. */
  CompletionStage<Section> update(SectionWrite write);

  /** Deletes a section; fails with SECTION_NOT_FOUND when the board has no such section. */
  CompletionStage<Void> delete(SectionWrite write);

  /** The sections of a board with ids above {@code after}, in the order of their ids. */
  CompletionStage<List<Section>> list(long boardId, long after, int limit);

  /** Those of the sections that the board has. */
  CompletionStage<List<Section>> getAll(long boardId, Collection<Long> sectionIds);
}
