// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.board;

import static dev.corkboard.board.Fixtures.await;
import static dev.corkboard.board.Fixtures.board;
import static dev.corkboard.board.Fixtures.newId;
import static dev.corkboard.board.Fixtures.noRequest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.corkboard.board.follow.InMemoryBoardFollowStore;
import dev.corkboard.board.v1.Board;
import dev.corkboard.board.v1.BoardServiceGrpc;
import dev.corkboard.board.v1.BoardServiceGrpc.BoardServiceBlockingStub;
import dev.corkboard.board.v1.FollowBoardRequest;
import dev.corkboard.board.v1.GetBoardCountRequest;
import dev.corkboard.board.v1.ListBoardsRequest;
import dev.corkboard.board.v1.ListBoardsResponse;
import dev.corkboard.board.v1.ListFollowedBoardsRequest;
import dev.corkboard.board.v1.ListFollowedBoardsResponse;
import dev.corkboard.board.v1.Privacy;
import dev.corkboard.board.v1.UnfollowBoardRequest;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.page.PageTokens;
import dev.corkboard.platform.testing.GrpcExtension;
import dev.corkboard.platform.testing.TestTokens;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BoardFollowsTest {
  private static final InMemoryBoardStore STORE = new InMemoryBoardStore();

  @RegisterExtension
  static final GrpcExtension GRPC =
      new GrpcExtension(
          "board",
          tokens ->
              List.of(
                  new BoardService(
                      STORE,
                      new InMemoryBoardFollowStore(STORE),
                      Fixtures::newId,
                      new PageTokens(new byte[32], Clock.systemUTC()),
                      Clock.systemUTC())));

  private final long me = newId();
  private final long owner = newId();
  private final BoardServiceBlockingStub mine = as(me, TestTokens.ALL_SCOPES);

  private static BoardServiceBlockingStub as(long account, Set<String> scopes) {
    return BoardServiceGrpc.newBlockingStub(GRPC.channel())
        .withCallCredentials(GRPC.tokens().user("" + account, scopes));
  }

  private Board create(Privacy privacy) {
    return await(STORE.create(board(owner, "Board " + newId(), privacy), noRequest()));
  }

  private Board followed() {
    Board board = create(Privacy.PRIVACY_PUBLIC);
    mine.followBoard(FollowBoardRequest.newBuilder().setBoardId(board.getId()).build());
    return board;
  }

  private List<String> listed(BoardServiceBlockingStub who) {
    List<String> ids = new ArrayList<>();
    String token = "";
    do {
      ListFollowedBoardsResponse page =
          who.listFollowedBoards(
              ListFollowedBoardsRequest.newBuilder().setPageSize(2).setPageToken(token).build());
      page.getBoardsList().forEach(board -> ids.add(board.getId()));
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    return ids;
  }

  @Test
  void followedBoardsAreListedNewestFirst() {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 5; i++) made.add(0, followed().getId());
    assertThat(listed(mine)).isEqualTo(made);
    assertThat(listed(as(owner, TestTokens.ALL_SCOPES))).isEmpty();
    mine.unfollowBoard(UnfollowBoardRequest.newBuilder().setBoardId(made.remove(2)).build());
    assertThat(listed(mine)).isEqualTo(made);
  }

  @Test
  void whatIsNoLongerSeenIsNoLongerListed() {
    Board kept = followed();
    Board hidden = followed();
    Board gone = followed();
    synchronized (STORE) {
      STORE.entry(Fixtures.id(hidden)).orElseThrow().board =
          hidden.toBuilder().setPrivacy(Privacy.PRIVACY_SECRET).build();
      STORE.entry(Fixtures.id(gone)).orElseThrow().live = false;
    }
    assertThat(listed(mine)).containsExactly(kept.getId());
  }

  @Test
  void aHiddenBoardIsFollowedByNobodyElse() {
    Board secret = create(Privacy.PRIVACY_SECRET);
    FollowBoardRequest follow = FollowBoardRequest.newBuilder().setBoardId(secret.getId()).build();
    assertThat(ApiException.from(catchThrowable(() -> mine.followBoard(follow))).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_BOARD_NOT_FOUND);
  }

  @Test
  void secretBoardsCountForWhoMayReadThem() {
    create(Privacy.PRIVACY_PUBLIC);
    create(Privacy.PRIVACY_SECRET);
    Set<String> open = new HashSet<>(TestTokens.ALL_SCOPES);
    open.remove("boards:read_secret");
    GetBoardCountRequest ask = GetBoardCountRequest.getDefaultInstance();
    assertThat(as(owner, TestTokens.ALL_SCOPES).getBoardCount(ask).getCount()).isEqualTo(2);
    assertThat(as(owner, open).getBoardCount(ask).getCount()).isEqualTo(1);
    assertThat(mine.getBoardCount(ask).getCount()).isZero();
  }

  private List<String> named(String query) {
    List<String> ids = new ArrayList<>();
    String token = "";
    do {
      ListBoardsResponse page =
          as(owner, TestTokens.ALL_SCOPES)
              .listBoards(
                  ListBoardsRequest.newBuilder()
                      .setPageSize(1)
                      .setPageToken(token)
                      .setQuery(token.isEmpty() ? query : "")
                      .build());
      page.getBoardsList().forEach(board -> ids.add(board.getId()));
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    return ids;
  }

  private String create(String name) {
    return await(STORE.create(board(owner, name, Privacy.PRIVACY_SECRET), noRequest())).getId();
  }

  @Test
  void boardsAreFoundByTheWordsOfTheirNames() {
    String first = create("Käse & Wine 1");
    String second = create("Wine 2");
    create("Swine");
    assertThat(named("WINE")).containsExactly(second, first);
    assertThat(named("wine kase")).containsExactly(first);
    assertThat(named("beer")).isEmpty();
    assertThat(named("")).hasSize(3);
  }
}
