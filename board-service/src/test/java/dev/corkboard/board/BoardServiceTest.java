// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.board;

import static dev.corkboard.board.Fixtures.newId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.FieldMask;
import dev.corkboard.board.follow.InMemoryBoardFollowStore;
import dev.corkboard.board.v1.BatchGetBoardsRequest;
import dev.corkboard.board.v1.Board;
import dev.corkboard.board.v1.BoardServiceGrpc;
import dev.corkboard.board.v1.BoardServiceGrpc.BoardServiceBlockingStub;
import dev.corkboard.board.v1.CreateBoardRequest;
import dev.corkboard.board.v1.DeleteBoardRequest;
import dev.corkboard.board.v1.GetBoardRequest;
import dev.corkboard.board.v1.ListBoardsRequest;
import dev.corkboard.board.v1.ListBoardsResponse;
import dev.corkboard.board.v1.Privacy;
import dev.corkboard.board.v1.UpdateBoardRequest;
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
import java.util.UUID;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BoardServiceTest {
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

  private final String me = "" + newId();
  private final BoardServiceBlockingStub mine = as(me, TestTokens.ALL_SCOPES);
  private final BoardServiceBlockingStub others = as("" + newId(), TestTokens.ALL_SCOPES);

  private static BoardServiceBlockingStub as(String account, Set<String> scopes) {
    return BoardServiceGrpc.newBlockingStub(GRPC.channel())
        .withCallCredentials(GRPC.tokens().user(account, scopes));
  }

  private static Set<String> without(String... scopes) {
    Set<String> left = new HashSet<>(TestTokens.ALL_SCOPES);
    left.removeAll(List.of(scopes));
    return left;
  }

  private static Board create(BoardServiceBlockingStub stub, String name, Privacy privacy) {
    return stub.createBoard(
        CreateBoardRequest.newBuilder()
            .setBoard(Board.newBuilder().setName(name).setPrivacy(privacy))
            .build());
  }

  private static Board get(BoardServiceBlockingStub stub, Board board) {
    return stub.getBoard(GetBoardRequest.newBuilder().setBoardId(board.getId()).build());
  }

  private static Board update(BoardServiceBlockingStub stub, Board board, String... paths) {
    return stub.updateBoard(
        UpdateBoardRequest.newBuilder()
            .setBoard(board)
            .setUpdateMask(FieldMask.newBuilder().addAllPaths(List.of(paths)))
            .build());
  }

  private static void delete(BoardServiceBlockingStub stub, Board board) {
    var unused =
        stub.deleteBoard(DeleteBoardRequest.newBuilder().setBoardId(board.getId()).build());
  }

  private static ErrorReason refusal(ThrowingCallable call) {
    Throwable refused = catchThrowable(call);
    assertThat(refused).as("refused").isNotNull();
    return ApiException.from(refused).reason();
  }

  @Test
  @DisplayName("B1: a created board is the caller's, public and empty")
  void createdBoardIsTheCallers() {
    Board board =
        mine.createBoard(
            CreateBoardRequest.newBuilder()
                .setBoard(Board.newBuilder().setName("Kitchen"))
                .build());

    assertThat(board.getOwnerId()).isEqualTo(me);
    assertThat(board.getPrivacy()).isEqualTo(Privacy.PRIVACY_PUBLIC);
    assertThat(board.getPinCount()).isZero();
    assertThat(board.getCreateTime()).isEqualTo(board.getPinsModifyTime());
    assertThat(get(mine, board)).isEqualTo(board);
    assertThat(get(others, board)).isEqualTo(board);
  }

  @Test
  @DisplayName("B2: the same name is taken for its owner alone")
  void sameNameIsTakenForItsOwner() {
    create(mine, "Kitchen", Privacy.PRIVACY_PUBLIC);

    assertThat(refusal(() -> create(mine, "KITCHEN", Privacy.PRIVACY_PUBLIC)))
        .isEqualTo(ErrorReason.ERROR_REASON_BOARD_NAME_TAKEN);
    assertThat(create(others, "Kitchen", Privacy.PRIVACY_PUBLIC).getName()).isEqualTo("Kitchen");
  }

  @Test
  void repeatOfACreateAnswersWithTheBoardFirstCreated() {
    CreateBoardRequest request =
        CreateBoardRequest.newBuilder()
            .setBoard(Board.newBuilder().setName("Once"))
            .setRequestId(UUID.randomUUID().toString())
            .build();
    Board first = mine.createBoard(request);

    assertThat(mine.createBoard(request)).isEqualTo(first);
    CreateBoardRequest.Builder other = request.toBuilder();
    other.getBoardBuilder().setName("Twice");
    assertThat(refusal(() -> mine.createBoard(other.build())))
        .isEqualTo(ErrorReason.ERROR_REASON_REQUEST_ID_REUSED);
    assertThat(others.createBoard(request).getId()).isNotEqualTo(first.getId());
  }

  @Test
  void tokensAndScopesAreAsked() {
    Board board = create(mine, "Guarded", Privacy.PRIVACY_PUBLIC);
    BoardServiceBlockingStub nobody = BoardServiceGrpc.newBlockingStub(GRPC.channel());

    assertThat(refusal(() -> get(nobody, board)))
        .isEqualTo(ErrorReason.ERROR_REASON_UNAUTHENTICATED);
    assertThat(refusal(() -> get(as(me, without("boards:read")), board)))
        .isEqualTo(ErrorReason.ERROR_REASON_INSUFFICIENT_SCOPE);
    assertThat(refusal(() -> delete(as(me, without("boards:write")), board)))
        .isEqualTo(ErrorReason.ERROR_REASON_INSUFFICIENT_SCOPE);
  }

  @Test
  void badIdsAreInvalidAndImpossibleOnesNotFound() {
    Board bad = Board.newBuilder().setId("12x").build();
    Board impossible = Board.newBuilder().setId("9".repeat(30)).build();

    assertThat(refusal(() -> get(mine, bad))).isEqualTo(ErrorReason.ERROR_REASON_INVALID_FIELD);
    assertThat(refusal(() -> get(mine, impossible)))
        .isEqualTo(ErrorReason.ERROR_REASON_BOARD_NOT_FOUND);
    assertThat(refusal(() -> delete(mine, impossible)))
        .isEqualTo(ErrorReason.ERROR_REASON_BOARD_NOT_FOUND);
    assertThat(refusal(() -> delete(mine, bad))).isEqualTo(ErrorReason.ERROR_REASON_INVALID_FIELD);
  }

  @Test
  @DisplayName("B9: a secret board does not exist for others or without the scope")
  void secretBoardDoesNotExistForOthers() {
    Board secret = create(mine, "Secret", Privacy.PRIVACY_SECRET);
    Board missing = Board.newBuilder().setId("" + newId()).build();
    BoardServiceBlockingStub blind = as(me, without("boards:read_secret"));

    Throwable hidden = catchThrowable(() -> get(others, secret));
    Throwable absent = catchThrowable(() -> get(others, missing));

    assertThat(hidden).hasMessage(absent.getMessage());
    assertThat(ApiException.from(hidden).metadata()).containsOnlyKeys("board_id");
    assertThat(refusal(() -> get(blind, secret)))
        .isEqualTo(ErrorReason.ERROR_REASON_BOARD_NOT_FOUND);
    assertThat(refusal(() -> update(others, secret.toBuilder().setName("x").build(), "name")))
        .isEqualTo(ErrorReason.ERROR_REASON_BOARD_NOT_FOUND);
    assertThat(refusal(() -> delete(others, secret)))
        .isEqualTo(ErrorReason.ERROR_REASON_BOARD_NOT_FOUND);
    assertThat(refusal(() -> delete(blind, secret)))
        .isEqualTo(ErrorReason.ERROR_REASON_BOARD_NOT_FOUND);
    assertThat(get(mine, secret)).isEqualTo(secret);
  }

  @Test
  void secretBoardsAreWrittenWithTheirScope() {
    BoardServiceBlockingStub reader = as(me, without("boards:write_secret"));
    Board secret = create(mine, "Secret", Privacy.PRIVACY_SECRET);
    Board open = create(mine, "Open", Privacy.PRIVACY_PUBLIC);

    assertThat(refusal(() -> create(reader, "x", Privacy.PRIVACY_SECRET)))
        .isEqualTo(ErrorReason.ERROR_REASON_INSUFFICIENT_SCOPE);
    assertThat(refusal(() -> delete(reader, secret)))
        .isEqualTo(ErrorReason.ERROR_REASON_INSUFFICIENT_SCOPE);
    assertThat(
            refusal(
                () ->
                    update(
                        reader,
                        secret.toBuilder().setPrivacy(Privacy.PRIVACY_PUBLIC).build(),
                        "privacy")))
        .isEqualTo(ErrorReason.ERROR_REASON_INSUFFICIENT_SCOPE);
    assertThat(
            refusal(
                () ->
                    update(
                        reader,
                        open.toBuilder().setPrivacy(Privacy.PRIVACY_SECRET).build(),
                        "privacy")))
        .isEqualTo(ErrorReason.ERROR_REASON_INSUFFICIENT_SCOPE);
    assertThat(get(mine, open)).isEqualTo(open);
  }

  @Test
  void membersSeeASecretBoardAndMayNotChangeIt() {
    Board secret = create(mine, "Shared", Privacy.PRIVACY_SECRET);
    long member = newId();
    STORE.entry(Fixtures.id(secret)).orElseThrow().members.put(member, Role.EDITOR);
    BoardServiceBlockingStub theirs = as("" + member, TestTokens.ALL_SCOPES);

    assertThat(get(theirs, secret)).isEqualTo(secret);
    assertThat(refusal(() -> delete(theirs, secret)))
        .isEqualTo(ErrorReason.ERROR_REASON_PERMISSION_DENIED);
    assertThat(list(theirs, 0, "").getBoardsList()).containsExactly(secret);
  }

  @Test
  @DisplayName("B4: privacy goes to secret and back, seen by the next read")
  void privacyGoesToSecretAndBack() {
    Board board = create(mine, "Shy", Privacy.PRIVACY_PUBLIC);

    Board secret =
        update(
            mine,
            board.toBuilder().setPrivacy(Privacy.PRIVACY_SECRET).clearEtag().build(),
            "privacy");
    assertThat(refusal(() -> get(others, board)))
        .isEqualTo(ErrorReason.ERROR_REASON_BOARD_NOT_FOUND);
    Board open =
        update(
            mine,
            board.toBuilder().setPrivacy(Privacy.PRIVACY_PUBLIC).clearEtag().build(),
            "privacy");

    assertThat(secret.getPrivacy()).isEqualTo(Privacy.PRIVACY_SECRET);
    assertThat(get(others, board)).isEqualTo(open);
    assertThat(Set.of(board.getEtag(), secret.getEtag(), open.getEtag())).hasSize(3);
  }

  @Test
  @DisplayName("B3, B5: a taken name and protected privacy are refused on update")
  void badUpdatesAreRefused() {
    create(mine, "Taken", Privacy.PRIVACY_PUBLIC);
    Board board = create(mine, "Mine", Privacy.PRIVACY_PUBLIC);

    assertThat(refusal(() -> update(mine, board.toBuilder().setName("taken").build(), "name")))
        .isEqualTo(ErrorReason.ERROR_REASON_BOARD_NAME_TAKEN);
    assertThat(
            refusal(
                () ->
                    update(
                        mine,
                        board.toBuilder().setPrivacy(Privacy.PRIVACY_PROTECTED).build(),
                        "privacy")))
        .isEqualTo(ErrorReason.ERROR_REASON_INVALID_FIELD);
    assertThat(get(mine, board)).isEqualTo(board);
  }

  @Test
  void strangersWhoSeeABoardMayNotChangeIt() {
    Board board = create(mine, "Open", Privacy.PRIVACY_PUBLIC);

    assertThat(refusal(() -> update(others, board.toBuilder().setName("x").build(), "name")))
        .isEqualTo(ErrorReason.ERROR_REASON_PERMISSION_DENIED);
    assertThat(refusal(() -> delete(others, board)))
        .isEqualTo(ErrorReason.ERROR_REASON_PERMISSION_DENIED);
    assertThat(get(mine, board)).isEqualTo(board);
  }

  @Test
  void staleEtagIsRefused() {
    Board board = create(mine, "Versioned", Privacy.PRIVACY_PUBLIC);
    update(mine, board.toBuilder().setName("Versioned 2").build(), "name");

    assertThat(refusal(() -> update(mine, board.toBuilder().setName("v3").build(), "name")))
        .isEqualTo(ErrorReason.ERROR_REASON_ETAG_MISMATCH);
    assertThat(
            refusal(
                () ->
                    mine.deleteBoard(
                        DeleteBoardRequest.newBuilder()
                            .setBoardId(board.getId())
                            .setEtag(board.getEtag())
                            .build())))
        .isEqualTo(ErrorReason.ERROR_REASON_ETAG_MISMATCH);
  }

  @Test
  @DisplayName("B7: a deleted board is found by nobody, not even by a second delete")
  void deletedBoardIsFoundByNobody() {
    Board board = create(mine, "Doomed", Privacy.PRIVACY_PUBLIC);

    delete(mine, board);

    assertThat(refusal(() -> get(mine, board))).isEqualTo(ErrorReason.ERROR_REASON_BOARD_NOT_FOUND);
    assertThat(refusal(() -> delete(mine, board)))
        .isEqualTo(ErrorReason.ERROR_REASON_BOARD_NOT_FOUND);
    assertThat(list(mine, 0, "").getBoardsList()).isEmpty();
  }

  @Test
  void batchHoldsWhatTheCallerSeesInRequestOrder() {
    Board open = create(mine, "Open", Privacy.PRIVACY_PUBLIC);
    Board secret = create(mine, "Secret", Privacy.PRIVACY_SECRET);
    BatchGetBoardsRequest request =
        BatchGetBoardsRequest.newBuilder()
            .addBoardIds(secret.getId())
            .addBoardIds("" + newId())
            .addBoardIds("9".repeat(25))
            .addBoardIds(open.getId())
            .addBoardIds(secret.getId())
            .build();

    assertThat(mine.batchGetBoards(request).getBoardsList()).containsExactly(secret, open);
    assertThat(others.batchGetBoards(request).getBoardsList()).containsExactly(open);
    assertThat(refusal(() -> mine.batchGetBoards(request.toBuilder().addBoardIds("x").build())))
        .isEqualTo(ErrorReason.ERROR_REASON_INVALID_FIELD);
  }

  private static ListBoardsResponse list(
      BoardServiceBlockingStub stub, int size, String token, Privacy... filter) {
    return stub.listBoards(
        ListBoardsRequest.newBuilder()
            .setPageSize(size)
            .setPageToken(token)
            .addAllPrivacyFilter(List.of(filter))
            .build());
  }

  private static List<String> walk(BoardServiceBlockingStub stub, int size, Privacy... filter) {
    List<String> names = new ArrayList<>();
    String token = "";
    do {
      ListBoardsResponse page = list(stub, size, token, filter);
      if (!page.getNextPageToken().isEmpty()) assertThat(page.getBoardsList()).hasSize(size);
      page.getBoardsList().forEach(board -> names.add(board.getName()));
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    return names;
  }

  @Test
  @DisplayName("B8, P14: pages of boards are full, newest first, filtered by privacy and scope")
  void pagesOfBoardsAreFull() {
    IntStream.range(0, 9)
        .forEach(
            i ->
                create(mine, "" + i, i % 3 == 0 ? Privacy.PRIVACY_SECRET : Privacy.PRIVACY_PUBLIC));

    assertThat(walk(mine, 4)).containsExactly("8", "7", "6", "5", "4", "3", "2", "1", "0");
    assertThat(walk(mine, 3, Privacy.PRIVACY_SECRET)).containsExactly("6", "3", "0");
    assertThat(walk(mine, 2, Privacy.PRIVACY_PUBLIC)).containsExactly("8", "7", "5", "4", "2", "1");
    assertThat(walk(as(me, without("boards:read_secret")), 2))
        .containsExactly("8", "7", "5", "4", "2", "1");
    assertThat(walk(mine, 1, Privacy.PRIVACY_PROTECTED)).isEmpty();
    assertThat(walk(others, 1)).isEmpty();
  }

  @Test
  void tokenRemembersSizeAndFilter() {
    IntStream.range(0, 5).forEach(i -> create(mine, "" + i, Privacy.PRIVACY_PUBLIC));
    create(mine, "secret", Privacy.PRIVACY_SECRET);
    ListBoardsResponse first = list(mine, 2, "", Privacy.PRIVACY_PUBLIC);

    ListBoardsResponse second = list(mine, 0, first.getNextPageToken());

    assertThat(second.getBoardsList()).extracting(Board::getName).containsExactly("2", "1");
    assertThat(list(mine, 250, second.getNextPageToken()).getBoardsList()).hasSize(1);
  }

  @Test
  void foreignTokensAreRefused() {
    IntStream.range(0, 3).forEach(i -> create(mine, "" + i, Privacy.PRIVACY_PUBLIC));
    String token = list(mine, 1, "").getNextPageToken();

    assertThat(refusal(() -> list(others, 1, token)))
        .isEqualTo(ErrorReason.ERROR_REASON_INVALID_PAGE_TOKEN);
    assertThat(refusal(() -> list(mine, 1, token + "A")))
        .isEqualTo(ErrorReason.ERROR_REASON_INVALID_PAGE_TOKEN);
    assertThat(refusal(() -> list(mine, 1, "x")))
        .isEqualTo(ErrorReason.ERROR_REASON_INVALID_PAGE_TOKEN);
    assertThat(refusal(() -> list(mine, 1, token, Privacy.PRIVACY_SECRET)))
        .isEqualTo(ErrorReason.ERROR_REASON_INVALID_PAGE_TOKEN);
  }

  @Test
  void pageSizesAreBounded() {
    IntStream.range(0, 260).forEach(i -> create(mine, "" + i, Privacy.PRIVACY_PUBLIC));

    assertThat(list(mine, 0, "").getBoardsList()).hasSize(25);
    assertThat(list(mine, 1_000, "").getBoardsList()).hasSize(250);
    assertThat(refusal(() -> list(mine, -1, ""))).isEqualTo(ErrorReason.ERROR_REASON_INVALID_FIELD);
  }
}
