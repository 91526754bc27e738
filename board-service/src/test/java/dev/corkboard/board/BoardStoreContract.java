// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.board;

import static dev.corkboard.board.Fixtures.await;
import static dev.corkboard.board.Fixtures.board;
import static dev.corkboard.board.Fixtures.failure;
import static dev.corkboard.board.Fixtures.id;
import static dev.corkboard.board.Fixtures.newId;
import static dev.corkboard.board.Fixtures.noRequest;
import static dev.corkboard.board.Fixtures.rename;
import static dev.corkboard.board.Fixtures.request;
import static dev.corkboard.board.Fixtures.together;
import static dev.corkboard.board.Fixtures.update;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.board.Fixtures.Ended;
import dev.corkboard.board.v1.Board;
import dev.corkboard.board.v1.BoardState;
import dev.corkboard.board.v1.Privacy;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.error.ApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every store of boards does. */
interface BoardStoreContract {
  BoardStore boards();

  /** Makes an account a member, and lists the board with it. */
  void join(long boardId, long accountId, Role role);

  private Board create(long owner, String name) {
    return await(boards().create(board(owner, name), noRequest()));
  }

  private static ErrorReason reason(ApiException failure) {
    return failure.reason();
  }

  @Test
  @DisplayName("B10: a created board is there at once: found, listed, with its etag")
  default void createdBoardIsThere() {
    long owner = newId();
    Board asked =
        board(owner, "Kitchen", Privacy.PRIVACY_SECRET).toBuilder()
            .setDescription("Tiles and taps")
            .build();

    Board answered = await(boards().create(asked, noRequest()));

    assertThat(answered).isEqualTo(asked);
    assertThat(await(boards().get(id(asked)))).contains(asked);
    assertThat(await(boards().listed(owner, Long.MAX_VALUE, 10))).containsExactly(id(asked));
    assertThat(await(boards().states(List.of(id(asked)))).get(id(asked)).getDeleted()).isFalse();
  }

  @Test
  default void scanMeetsEveryBoardOnce() {
    Board live = create(newId(), "Here");
    Board deleted = create(newId(), "Gone");
    await(boards().delete(id(deleted), newId(), board -> {}, ""));

    List<BoardState> met = new ArrayList<>();
    BoardScan page = await(boards().scan(BoardScan.START, 3));
    met.addAll(page.boards());
    while (page.next().isPresent()) {
      page = await(boards().scan(page.next().getAsLong(), 3));
      met.addAll(page.boards());
    }

    assertThat(met).extracting(BoardState::getBoardId).doesNotHaveDuplicates();
    assertThat(met).containsAll(await(boards().states(List.of(id(live), id(deleted)))).values());
  }

  @Test
  default void boardsThatNeverWereAreAbsent() {
    long nothing = newId();

    assertThat(await(boards().get(nothing))).isEmpty();
    assertThat(await(boards().getAll(List.of(nothing)))).isEmpty();
    assertThat(await(boards().states(List.of(nothing)))).isEmpty();
    assertThat(await(boards().listed(nothing, Long.MAX_VALUE, 10))).isEmpty();
    assertThat(await(boards().member(nothing, newId()))).isEqualTo(Role.NONE);
  }

  @Test
  @DisplayName("B2: a name is taken for its owner, ignoring case, width and spacing")
  default void nameIsTakenForItsOwner() {
    long owner = newId();
    create(owner, "Summer  House");

    ApiException refused = failure(boards().create(board(owner, "\uFF33UMMER house"), noRequest()));

    assertThat(reason(refused)).isEqualTo(ErrorReason.ERROR_REASON_BOARD_NAME_TAKEN);
    assertThat(create(newId(), "summer house").getName()).isEqualTo("summer house");
    assertThat(await(boards().listed(owner, Long.MAX_VALUE, 10))).hasSize(1);
  }

  @Test
  @DisplayName("B11: of 16 creates of one name at once exactly one wins")
  default void oneOfManyCreatesWins() {
    long owner = newId();

    Ended<Board> ended = together(16, i -> boards().create(board(owner, "Only one"), noRequest()));

    assertThat(ended.values()).hasSize(1);
    assertThat(ended.failures())
        .hasSize(15)
        .allMatch(f -> reason(f) == ErrorReason.ERROR_REASON_BOARD_NAME_TAKEN);
    assertThat(await(boards().listed(owner, Long.MAX_VALUE, 50)))
        .containsExactly(id(ended.values().get(0)));
  }

  @Test
  default void repeatOfACreateAnswersWithTheBoardFirstCreated() {
    long owner = newId();
    UUID requestId = UUID.randomUUID();
    Board asked = board(owner, "Once");
    RequestKey key = request(requestId, asked);

    Ended<Board> ended =
        together(4, i -> boards().create(asked.toBuilder().setId("" + newId()).build(), key));

    assertThat(ended.failures()).isEmpty();
    assertThat(ended.values()).extracting(Board::getId).containsOnly(ended.values().get(0).getId());
    assertThat(await(boards().listed(owner, Long.MAX_VALUE, 10))).hasSize(1);
    ApiException other =
        failure(boards().create(board(owner, "Twice"), request(requestId, board(owner, "Twice"))));
    assertThat(reason(other)).isEqualTo(ErrorReason.ERROR_REASON_REQUEST_ID_REUSED);
  }

  @Test
  default void repeatOfACreateAnswersEvenWhenTheBoardIsDeleted() {
    Board asked = board(newId(), "Short lived");
    RequestKey key = request(UUID.randomUUID(), asked);
    Board first = await(boards().create(asked, key));
    await(boards().delete(id(first), newId(), b -> {}, ""));

    Board again = await(boards().create(asked.toBuilder().setId("" + newId()).build(), key));

    assertThat(again).isEqualTo(first);
    assertThat(await(boards().get(id(first)))).isEmpty();
  }

  @Test
  default void renamingTakesTheNewNameAndFreesTheOld() {
    long owner = newId();
    Board board = create(owner, "Before");

    Board renamed = await(boards().update(update(board, rename("After"))));

    assertThat(renamed.getName()).isEqualTo("After");
    assertThat(renamed.getEtag()).isNotEqualTo(board.getEtag());
    assertThat(await(boards().get(id(board)))).contains(renamed);
    assertThat(create(owner, "Before").getName()).isEqualTo("Before");
    assertThat(reason(failure(boards().create(board(owner, "AFTER"), noRequest()))))
        .isEqualTo(ErrorReason.ERROR_REASON_BOARD_NAME_TAKEN);
  }

  @Test
  default void renamingInCaseOnlyKeepsTheName() {
    long owner = newId();
    Board board = create(owner, "shout");

    assertThat(await(boards().update(update(board, rename("SHOUT")))).getName()).isEqualTo("SHOUT");
    assertThat(reason(failure(boards().create(board(owner, "Shout"), noRequest()))))
        .isEqualTo(ErrorReason.ERROR_REASON_BOARD_NAME_TAKEN);
  }

  @Test
  @DisplayName("B3: renaming to a name that is taken is refused and changes nothing")
  default void renamingToATakenNameChangesNothing() {
    long owner = newId();
    Board holder = create(owner, "Taken");
    Board board = create(owner, "Mine");

    ApiException refused = failure(boards().update(update(board, rename("taken"))));

    assertThat(reason(refused)).isEqualTo(ErrorReason.ERROR_REASON_BOARD_NAME_TAKEN);
    assertThat(await(boards().get(id(board)))).contains(board);
    assertThat(await(boards().get(id(holder)))).contains(holder);
  }

  @Test
  default void renamingBackAndForthLeavesNothingTaken() {
    long owner = newId();
    Board board = create(owner, "A");
    for (String name : List.of("B", "A", "C", "B", "A")) {
      board = await(boards().update(update(board, rename(name))));
    }

    assertThat(create(owner, "B").getName()).isEqualTo("B");
    assertThat(create(owner, "C").getName()).isEqualTo("C");
    assertThat(board.getName()).isEqualTo("A");
  }

  @Test
  default void renamesOfOneBoardAtOnceLeaveOneNameTaken() {
    long owner = newId();
    Board board = create(owner, "Start");

    Ended<Board> ended = together(6, i -> boards().update(update(board, rename("Name " + i))));

    assertThat(ended.failures()).allMatch(f -> reason(f) == ErrorReason.ERROR_REASON_CONTENTION);
    Board end = await(boards().get(id(board))).orElseThrow();
    assertThat(end.getName()).startsWith("Name ");
    for (int i = 0; i < 6; i++) {
      String name = "Name " + i;
      if (!name.equals(end.getName())) {
        assertThat(create(owner, name).getName()).isEqualTo(name);
      }
    }
    assertThat(create(owner, "Start").getName()).isEqualTo("Start");
  }

  @Test
  @DisplayName("B4: description and privacy change under a new etag; nothing changed keeps it")
  default void updatesChangeTheEtag() {
    Board board = create(newId(), "Plain");

    Board secret =
        await(
            boards()
                .update(
                    update(
                        board,
                        b ->
                            b.toBuilder()
                                .setPrivacy(Privacy.PRIVACY_SECRET)
                                .setDescription("Hidden")
                                .build())));
    Board same = await(boards().update(update(board, b -> b)));

    assertThat(secret.getPrivacy()).isEqualTo(Privacy.PRIVACY_SECRET);
    assertThat(secret.getDescription()).isEqualTo("Hidden");
    assertThat(secret.getEtag()).isNotEqualTo(board.getEtag());
    assertThat(same).isEqualTo(secret);
    assertThat(await(boards().get(id(board)))).contains(secret);
  }

  @Test
  default void staleEtagIsRefused() {
    Board board = create(newId(), "Versioned");
    Board newer = await(boards().update(update(board, rename("Versioned 2"))));

    ApiException refused =
        failure(
            boards().update(update(board, rename("Versioned 3"), board.getEtag(), noRequest())));
    ApiException undeleted = failure(boards().delete(id(board), newId(), b -> {}, board.getEtag()));
    Board newest =
        await(boards().update(update(board, rename("Versioned 3"), newer.getEtag(), noRequest())));

    assertThat(reason(refused)).isEqualTo(ErrorReason.ERROR_REASON_ETAG_MISMATCH);
    assertThat(reason(undeleted)).isEqualTo(ErrorReason.ERROR_REASON_ETAG_MISMATCH);
    assertThat(newest.getName()).isEqualTo("Versioned 3");
  }

  @Test
  default void updatesOfOneBoardAtOnceAreAllThere() {
    Board board = create(newId(), "Counted");

    Ended<Board> ended =
        together(
            5,
            i ->
                boards()
                    .update(
                        update(
                            board,
                            b -> b.toBuilder().setDescription(b.getDescription() + i).build())));

    Board end = await(boards().get(id(board))).orElseThrow();
    assertThat(ended.failures()).isEmpty();
    assertThat(end.getDescription()).hasSize(5).contains("0", "1", "2", "3", "4");
  }

  @Test
  default void repeatOfAnUpdateChangesNothingMore() {
    Board board = create(newId(), "Repeated");
    RequestKey key = request(UUID.randomUUID(), board);
    BoardUpdate first = update(board, rename("Repeated 1"), "", key);
    await(boards().update(first));
    Board later = await(boards().update(update(board, rename("Repeated 2"))));

    assertThat(await(boards().update(first))).isEqualTo(later);
    BoardUpdate other = update(board, rename("x"), "", request(key.id().orElseThrow(), later));
    assertThat(reason(failure(boards().update(other))))
        .isEqualTo(ErrorReason.ERROR_REASON_REQUEST_ID_REUSED);
  }

  @Test
  default void refusalOfTheEditChangesNothing() {
    Board board = create(newId(), "Untouched");

    ApiException refused =
        failure(
            boards()
                .update(
                    update(
                        board,
                        b -> {
                          throw ApiException.permissionDenied("no");
                        })));

    assertThat(reason(refused)).isEqualTo(ErrorReason.ERROR_REASON_PERMISSION_DENIED);
    assertThat(await(boards().get(id(board)))).contains(board);
  }

  @Test
  @DisplayName("B7: a deleted board is gone, unlisted, its name free; a second delete finds none")
  default void deletedBoardIsGone() {
    long owner = newId();
    Board board = create(owner, "Doomed");

    await(boards().delete(id(board), owner, b -> {}, ""));

    assertThat(await(boards().get(id(board)))).isEmpty();
    assertThat(await(boards().listed(owner, Long.MAX_VALUE, 10))).isEmpty();
    assertThat(await(boards().states(List.of(id(board)))).get(id(board)).getDeleted()).isTrue();
    assertThat(reason(failure(boards().delete(id(board), owner, b -> {}, ""))))
        .isEqualTo(ErrorReason.ERROR_REASON_BOARD_NOT_FOUND);
    assertThat(reason(failure(boards().update(update(board, rename("Alive"))))))
        .isEqualTo(ErrorReason.ERROR_REASON_BOARD_NOT_FOUND);
    assertThat(create(owner, "doomed").getName()).isEqualTo("doomed");
  }

  @Test
  default void refusalOfTheCheckKeepsTheBoard() {
    Board board = create(newId(), "Kept");

    ApiException refused =
        failure(
            boards()
                .delete(
                    id(board),
                    newId(),
                    b -> {
                      throw ApiException.permissionDenied("no");
                    },
                    ""));

    assertThat(reason(refused)).isEqualTo(ErrorReason.ERROR_REASON_PERMISSION_DENIED);
    assertThat(await(boards().get(id(board)))).contains(board);
  }

  @Test
  default void ofManyDeletesAtOnceOneIsAnswered() {
    long owner = newId();
    Board board = create(owner, "Contested");
    create(owner, "Other");

    Ended<Void> ended = together(6, i -> boards().delete(id(board), owner, b -> {}, ""));

    assertThat(ended.values()).hasSize(1);
    assertThat(ended.failures())
        .allMatch(f -> reason(f) == ErrorReason.ERROR_REASON_BOARD_NOT_FOUND);
    assertThat(await(boards().listed(owner, Long.MAX_VALUE, 10))).hasSize(1);
  }

  @Test
  default void boardsAreListedNewestFirst() {
    long owner = newId();
    List<Board> made =
        List.of(create(owner, "1"), create(owner, "2"), create(owner, "3"), create(owner, "4"));

    List<Long> first = await(boards().listed(owner, Long.MAX_VALUE, 3));
    List<Long> rest = await(boards().listed(owner, first.get(2), 3));

    assertThat(first).containsExactly(id(made.get(3)), id(made.get(2)), id(made.get(1)));
    assertThat(rest).containsExactly(id(made.get(0)));
  }

  @Test
  default void manyBoardsAreFoundInTheOrderAskedFor() {
    long owner = newId();
    Board one = create(owner, "1");
    Board two = create(owner, "2");

    assertThat(await(boards().getAll(List.of(id(two), newId(), id(one)))).values())
        .containsExactly(two, one);
  }

  @Test
  default void membersHaveTheirRole() {
    Board board = create(newId(), "Shared");
    long editor = newId();
    long viewer = newId();
    join(id(board), editor, Role.EDITOR);
    join(id(board), viewer, Role.VIEWER);

    assertThat(await(boards().member(id(board), editor))).isEqualTo(Role.EDITOR);
    assertThat(await(boards().member(id(board), viewer))).isEqualTo(Role.VIEWER);
    assertThat(await(boards().listed(editor, Long.MAX_VALUE, 10))).containsExactly(id(board));
  }
}
