// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.section;

import static dev.corkboard.board.Fixtures.caller;
import static dev.corkboard.board.Fixtures.id;

import dev.corkboard.board.Fixtures;
import dev.corkboard.board.RequestKey;
import dev.corkboard.board.v1.Board;
import dev.corkboard.board.v1.Section;
import dev.corkboard.platform.server.Caller;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** Changes of sections for tests. */
public final class Sections {
  private Sections() {}

  static SectionWrite write(Caller caller, Board board, long section, String name) {
    RequestKey key =
        RequestKey.of(
            UUID.randomUUID().toString(),
            caller.accountId(),
            Section.newBuilder().setName(name).build());
    return new SectionWrite(caller, id(board), section, name, "", key);
  }

  static SectionWrite byOwner(Board board, long section, String name) {
    return write(caller(Long.parseLong(board.getOwnerId())), board, section, name);
  }

  /** Makes a section, by the board's owner. */
  public static CompletionStage<Section> create(SectionStore sections, Board board, long section) {
    return sections.create(byOwner(board, section, "Section " + section));
  }

  /** Renames a section, by the board's owner. */
  public static CompletionStage<Section> rename(
      SectionStore sections, Board board, long section, String name) {
    return sections.update(byOwner(board, section, name));
  }

  /** Deletes a section, by the board's owner. */
  public static CompletionStage<Void> delete(SectionStore sections, Board board, long section) {
    return sections.delete(byOwner(board, section, ""));
  }

  /** Makes a section and waits for it. */
  public static void add(SectionStore sections, Board board, long section) {
    Fixtures.await(create(sections, board, section));
  }

  /** Deletes a section and waits for it. */
  public static void remove(SectionStore sections, Board board, long section) {
    Fixtures.await(delete(sections, board, section));
  }
}
