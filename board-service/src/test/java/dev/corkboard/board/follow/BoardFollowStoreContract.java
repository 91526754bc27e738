// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.board.follow;

import static dev.corkboard.board.Fixtures.await;
import static dev.corkboard.board.Fixtures.board;
import static dev.corkboard.board.Fixtures.failure;
import static dev.corkboard.board.Fixtures.id;
import static dev.corkboard.board.Fixtures.newId;
import static dev.corkboard.board.Fixtures.noRequest;
import static dev.corkboard.board.Fixtures.together;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.board.BoardStore;
import dev.corkboard.board.v1.Board;
import dev.corkboard.board.v1.Privacy;
import dev.corkboard.error.v1.ErrorReason;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What every {@link BoardFollowStore} does. */
interface BoardFollowStoreContract {
  BoardStore boards();

  BoardFollowStore follows();

  private Board create() {
    Board board = board(newId(), "Board " + newId(), Privacy.PRIVACY_PUBLIC);
    return await(boards().create(board, noRequest()));
  }

  private int followers(Board board) {
    return await(boards().get(id(board))).orElseThrow().getFollowerCount();
  }

  private List<Long> followed(long account) {
    return await(follows().listed(account, Long.MAX_VALUE, 100));
  }

  private void set(long account, Board board, boolean follow) {
    await(follows().set(account, id(board), follow));
  }

  @Test
  default void followedBoardsAreListedAndCounted() {
    long account = newId();
    Board first = create();
    Board second = create();
    set(account, first, true);
    set(account, second, true);
    assertThat(followed(account)).containsExactly(id(second), id(first));
    assertThat(await(follows().followed(account, List.of(id(first), newId()))))
        .containsExactly(id(first));
    assertThat(followers(first)).isEqualTo(1);
    set(account, first, false);
    assertThat(followed(account)).containsExactly(id(second));
    assertThat(await(follows().followed(account, List.of(id(first))))).isEmpty();
    assertThat(followers(first)).isZero();
    assertThat(followers(second)).isEqualTo(1);
  }

  @Test
  default void repeatsCountOnce() {
    long account = newId();
    Board board = create();
    set(account, board, false);
    for (int i = 0; i < 3; i++) set(account, board, true);
    assertThat(followers(board)).isEqualTo(1);
    for (int i = 0; i < 3; i++) set(account, board, false);
    assertThat(followers(board)).isZero();
    assertThat(await(follows().followed(account, followed(account)))).isEmpty();
  }

  @Test
  default void listsInPages() {
    long account = newId();
    List<Board> made = List.of(create(), create(), create());
    made.forEach(board -> set(account, board, true));
    List<Long> first = await(follows().listed(account, Long.MAX_VALUE, 2));
    assertThat(first).containsExactly(id(made.get(2)), id(made.get(1)));
    assertThat(await(follows().listed(account, first.get(1), 2))).containsExactly(id(made.get(0)));
  }

  @Test
  default void manyFollowersAtOnceAreAllCounted() {
    Board board = create();
    assertThat(together(8, i -> follows().set(newId(), id(board), true)).failures()).isEmpty();
    assertThat(followers(board)).isEqualTo(8);
  }

  @RepeatedTest(5)
  default void onAndOffAtOnceAgree() {
    long account = newId();
    Board board = create();
    assertThat(together(6, i -> follows().set(account, id(board), i % 2 == 0)).failures())
        .isEmpty();
    int follows = await(follows().followed(account, List.of(id(board)))).size();
    assertThat(followers(board)).isEqualTo(follows);
    if (follows == 1) assertThat(followed(account)).containsExactly(id(board));
  }

  @Test
  default void onlyLiveBoardsAreFollowed() {
    Board board = create();
    await(boards().delete(id(board), Long.parseLong(board.getOwnerId()), b -> {}, ""));
    assertThat(failure(follows().set(newId(), id(board), true)).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_BOARD_NOT_FOUND);
    assertThat(failure(follows().set(newId(), newId(), true)).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_BOARD_NOT_FOUND);
  }
}
