// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.section;

import static dev.corkboard.board.Fixtures.await;
import static dev.corkboard.board.Fixtures.board;
import static dev.corkboard.board.Fixtures.caller;
import static dev.corkboard.board.Fixtures.failure;
import static dev.corkboard.board.Fixtures.id;
import static dev.corkboard.board.Fixtures.newId;
import static dev.corkboard.board.Fixtures.noRequest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.board.BoardStore;
import dev.corkboard.board.Role;
import dev.corkboard.board.v1.Board;
import dev.corkboard.board.v1.Privacy;
import dev.corkboard.board.v1.Section;
import dev.corkboard.error.v1.ErrorReason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every store of sections does. */
interface SectionStoreContract {
  BoardStore boards();

  SectionStore sections();

  void join(long boardId, long accountId, Role role);

  private Board create(Privacy privacy) {
    return await(boards().create(board(newId(), "Board " + newId(), privacy), noRequest()));
  }

  private Section made(Board board, String name) {
    return await(sections().create(Sections.byOwner(board, newId(), name)));
  }

  private static void assertRefused(CompletionStage<?> write, ErrorReason reason) {
    assertThat(failure(write).reason()).isEqualTo(reason);
  }

  @Test
  default void listsWhatWasCreatedOldestFirst() {
    Board board = create(Privacy.PRIVACY_PUBLIC);
    Section first = made(board, "First");
    Section second = made(board, "Second");
    assertThat(first.getName()).isEqualTo("First");
    assertThat(first.getBoardId()).isEqualTo(board.getId());
    assertThat(first.hasCreateTime()).isTrue();
    assertThat(await(sections().list(id(board), 0, 10))).containsExactly(first, second);
    assertThat(await(sections().list(id(board), 0, 1))).containsExactly(first);
    assertThat(await(sections().list(id(board), Long.parseLong(first.getId()), 10)))
        .containsExactly(second);
  }

  @Test
  default void getsThoseOfTheBoard() {
    Board board = create(Privacy.PRIVACY_PUBLIC);
    Section mine = made(board, "Mine");
    Section other = made(create(Privacy.PRIVACY_PUBLIC), "Other");
    assertThat(
            await(
                sections()
                    .getAll(
                        id(board),
                        List.of(
                            Long.parseLong(other.getId()), Long.parseLong(mine.getId()), newId()))))
        .containsExactly(mine);
  }

  @Test
  default void aRepeatedCreationAnswersWithTheSectionAsItIs() {
    Board board = create(Privacy.PRIVACY_PUBLIC);
    SectionWrite write = Sections.byOwner(board, newId(), "Once");
    Section made = await(sections().create(write));
    SectionWrite again =
        new SectionWrite(
            write.caller(), write.boardId(), newId(), write.name(), "", write.request());
    assertThat(await(sections().create(again))).isEqualTo(made);
    Section renamed =
        await(sections().update(Sections.byOwner(board, write.sectionId(), "Renamed")));
    assertThat(await(sections().create(again))).isEqualTo(renamed);
    assertThat(await(sections().list(id(board), 0, 10))).containsExactly(renamed);
  }

  @Test
  default void renamesAndChangesTheEtag() {
    Board board = create(Privacy.PRIVACY_PUBLIC);
    Section made = made(board, "Before");
    long id = Long.parseLong(made.getId());
    SectionWrite rename = Sections.byOwner(board, id, "After");
    Section renamed = await(sections().update(rename));
    assertThat(renamed.getName()).isEqualTo("After");
    assertThat(renamed.getEtag()).isNotEqualTo(made.getEtag());
    assertThat(renamed.getCreateTime()).isEqualTo(made.getCreateTime());
    assertThat(await(sections().update(rename))).as("repeated").isEqualTo(renamed);
    assertThat(await(sections().update(Sections.byOwner(board, id, "After"))))
        .as("no change")
        .isEqualTo(renamed);
    assertThat(await(sections().list(id(board), 0, 10))).containsExactly(renamed);
  }

  @Test
  default void anOldEtagIsRefused() {
    Board board = create(Privacy.PRIVACY_PUBLIC);
    Section made = made(board, "Before");
    SectionWrite write = Sections.byOwner(board, Long.parseLong(made.getId()), "After");
    SectionWrite stale =
        new SectionWrite(
            write.caller(), id(board), write.sectionId(), "After", "77", write.request());
    assertRefused(sections().update(stale), ErrorReason.ERROR_REASON_ETAG_MISMATCH);
    assertRefused(sections().delete(stale), ErrorReason.ERROR_REASON_ETAG_MISMATCH);
    assertThat(await(sections().list(id(board), 0, 10))).containsExactly(made);
  }

  @Test
  @DisplayName("S4: a section is deleted once")
  default void deletesOnce() {
    Board board = create(Privacy.PRIVACY_PUBLIC);
    long id = Long.parseLong(made(board, "Gone").getId());
    Sections.remove(sections(), board, id);
    assertThat(await(sections().list(id(board), 0, 10))).isEmpty();
    assertRefused(
        sections().delete(Sections.byOwner(board, id, "")),
        ErrorReason.ERROR_REASON_SECTION_NOT_FOUND);
    assertRefused(
        sections().update(Sections.byOwner(board, id, "Back")),
        ErrorReason.ERROR_REASON_SECTION_NOT_FOUND);
  }

  @Test
  @DisplayName("S2: a section belongs to its board")
  default void isFoundOnItsBoardOnly() {
    long id = Long.parseLong(made(create(Privacy.PRIVACY_PUBLIC), "Here").getId());
    Board elsewhere = create(Privacy.PRIVACY_PUBLIC);
    assertRefused(
        sections().update(Sections.byOwner(elsewhere, id, "There")),
        ErrorReason.ERROR_REASON_SECTION_NOT_FOUND);
    assertRefused(
        sections().delete(Sections.byOwner(elsewhere, id, "")),
        ErrorReason.ERROR_REASON_SECTION_NOT_FOUND);
  }

  @Test
  default void editorsArrangeAndOthersDoNot() {
    Board board = create(Privacy.PRIVACY_SECRET);
    long editor = newId();
    long viewer = newId();
    join(id(board), editor, Role.EDITOR);
    join(id(board), viewer, Role.VIEWER);
    Section made =
        await(sections().create(Sections.write(caller(editor), board, newId(), "By an editor")));
    long id = Long.parseLong(made.getId());
    await(sections().update(Sections.write(caller(editor), board, id, "Renamed")));
    assertRefused(
        sections().delete(Sections.write(caller(viewer), board, id, "")),
        ErrorReason.ERROR_REASON_PERMISSION_DENIED);
    assertRefused(
        sections().create(Sections.write(caller(newId()), board, newId(), "By a stranger")),
        ErrorReason.ERROR_REASON_BOARD_NOT_FOUND);
    await(sections().delete(Sections.write(caller(editor), board, id, "")));
  }

  @Test
  default void aBoardThatIsNotThereHasNoSections() {
    Board never = board(newId(), "Never " + newId(), Privacy.PRIVACY_PUBLIC);
    assertRefused(
        sections().create(Sections.byOwner(never, newId(), "Nowhere")),
        ErrorReason.ERROR_REASON_BOARD_NOT_FOUND);
    Board deleted = create(Privacy.PRIVACY_PUBLIC);
    await(boards().delete(id(deleted), Long.parseLong(deleted.getOwnerId()), b -> {}, ""));
    assertRefused(
        sections().create(Sections.byOwner(deleted, newId(), "Nowhere")),
        ErrorReason.ERROR_REASON_BOARD_NOT_FOUND);
  }

  @Test
  @DisplayName("S5: writers at the same time lose no section")
  default void concurrentCreationsLoseNothing() {
    Board board = create(Privacy.PRIVACY_PUBLIC);
    List<CompletableFuture<Section>> creations =
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    sections()
                        .create(Sections.byOwner(board, newId(), "Section " + i))
                        .toCompletableFuture())
            .toList();
    List<Section> made = new ArrayList<>();
    creations.forEach(creation -> made.add(creation.join()));
    assertThat(await(sections().list(id(board), 0, 20))).containsExactlyInAnyOrderElementsOf(made);
  }

  @Test
  default void aBoardHasAtMost500() {
    Board board = create(Privacy.PRIVACY_PUBLIC);
    for (int i = 0; i < SectionStore.MAX_SECTIONS; i++) Sections.add(sections(), board, newId());
    assertRefused(
        sections().create(Sections.byOwner(board, newId(), "One too many")),
        ErrorReason.ERROR_REASON_TOO_MANY_SECTIONS);
    assertThat(await(sections().list(id(board), 0, 1_000))).hasSize(SectionStore.MAX_SECTIONS);
  }
}
