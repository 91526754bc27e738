// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.placement;

import static dev.corkboard.board.Fixtures.await;
import static dev.corkboard.board.Fixtures.board;
import static dev.corkboard.board.Fixtures.id;
import static dev.corkboard.board.Fixtures.newId;
import static dev.corkboard.board.Fixtures.noRequest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.corkboard.board.InMemoryBoardStore;
import dev.corkboard.board.v1.BatchGetBoardStatesRequest;
import dev.corkboard.board.v1.Board;
import dev.corkboard.board.v1.BoardState;
import dev.corkboard.board.v1.Change;
import dev.corkboard.board.v1.ListChangesRequest;
import dev.corkboard.board.v1.ListChangesResponse;
import dev.corkboard.board.v1.ListPlacementsRequest;
import dev.corkboard.board.v1.ListPlacementsResponse;
import dev.corkboard.board.v1.PlacePinRequest;
import dev.corkboard.board.v1.Placement;
import dev.corkboard.board.v1.PlacementServiceGrpc;
import dev.corkboard.board.v1.PlacementServiceGrpc.PlacementServiceBlockingStub;
import dev.corkboard.board.v1.Privacy;
import dev.corkboard.board.v1.PurgeBoardRequest;
import dev.corkboard.board.v1.RemovePinRequest;
import dev.corkboard.board.v1.ScanBoardsRequest;
import dev.corkboard.board.v1.ScanBoardsResponse;
import dev.corkboard.board.v1.ScanPlacementsRequest;
import dev.corkboard.board.v1.ScanPlacementsResponse;
import dev.corkboard.board.v1.UpdatePlacementRequest;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.page.PageTokens;
import dev.corkboard.platform.testing.GrpcExtension;
import dev.corkboard.platform.testing.TestTokens;
import dev.corkboard.section.InMemorySectionStore;
import dev.corkboard.section.Sections;
import io.grpc.Status.Code;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PlacementServiceTest {
  private static final InMemoryBoardStore BOARDS = new InMemoryBoardStore();
  private static final InMemoryPlacementStore PLACEMENTS = new InMemoryPlacementStore(BOARDS);

  /** Answers with what it was asked, so that the test sees what arrives. */
  @RegisterExtension
  static final GrpcExtension GRPC =
      new GrpcExtension(
          "board",
          tokens ->
              List.of(
                  new PlacementService(
                      PLACEMENTS,
                      BOARDS,
                      (cursor, size) ->
                          CompletableFuture.completedStage(
                              ListChangesResponse.newBuilder()
                                  .addChanges(Change.newBuilder().setChangeId("" + size))
                                  .setNextCursor(cursor + "+")
                                  .build()),
                      new PageTokens(new byte[32], Clock.systemUTC()))));

  private final long me = newId();
  private final PlacementServiceBlockingStub pinService = service("pin", "" + me);
  private final PlacementServiceBlockingStub mine = user("" + me, TestTokens.ALL_SCOPES);
  private final PlacementServiceBlockingStub others = user("" + newId(), TestTokens.ALL_SCOPES);

  private static PlacementServiceBlockingStub service(String name, String actor) {
    return PlacementServiceGrpc.newBlockingStub(GRPC.channel())
        .withCallCredentials(GRPC.tokens().service(name, "board", actor));
  }

  private static PlacementServiceBlockingStub user(String account, Set<String> scopes) {
    return PlacementServiceGrpc.newBlockingStub(GRPC.channel())
        .withCallCredentials(GRPC.tokens().user(account, scopes));
  }

  private static Set<String> without(String scope) {
    Set<String> left = new HashSet<>(TestTokens.ALL_SCOPES);
    left.remove(scope);
    return left;
  }

  private Board create(Privacy privacy) {
    return await(BOARDS.create(board(me, "Board " + newId(), privacy), noRequest()));
  }

  private static PlacePinRequest placing(Board board, long pin) {
    return PlacePinRequest.newBuilder()
        .setBoardId(board.getId())
        .setPinId("" + pin)
        .setCoverAssetKey("cover-" + pin)
        .setRequestId(UUID.randomUUID().toString())
        .build();
  }

  private List<Long> placed(Board board, int count) {
    List<Long> pins = LongStream.range(0, count).map(i -> newId()).boxed().toList();
    pins.forEach(pin -> pinService.placePin(placing(board, pin)));
    return pins;
  }

  private static ApiException refused(ThrowingCallable call) {
    Throwable refused = catchThrowable(call);
    assertThat(refused).as("refused").isNotNull();
    return ApiException.from(refused);
  }

  private static ListPlacementsResponse list(
      PlacementServiceBlockingStub stub, Board board, int size, String token) {
    return stub.listPlacements(
        ListPlacementsRequest.newBuilder()
            .setBoardId(board.getId())
            .setPageSize(size)
            .setPageToken(token)
            .build());
  }

  @Test
  void pinServicePlacesForItsActor() {
    Board board = create(Privacy.PRIVACY_PUBLIC);

    Placement placement = pinService.placePin(placing(board, 7));

    assertThat(placement.getActorId()).isEqualTo("" + me);
    assertThat(placement.getCoverAssetKey()).isEqualTo("cover-7");
    ListPlacementsResponse page = list(others, board, 10, "");
    assertThat(page.getPlacementsList()).containsExactly(placement);
    assertThat(page.getBoard().getPinCount()).isEqualTo(1);
    assertThat(page.getNextPageToken()).isEmpty();
  }

  @Test
  void writesAreForPinServiceAlone() {
    Board board = create(Privacy.PRIVACY_PUBLIC);

    assertThat(refused(() -> mine.placePin(placing(board, 1))).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_SERVICE_ONLY);
    assertThat(refused(() -> service("stranger", "" + me).placePin(placing(board, 1))).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_SERVICE_ONLY);
    assertThat(refused(() -> mine.listChanges(ListChangesRequest.getDefaultInstance())).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_SERVICE_ONLY);
    assertThat(
            refused(() -> mine.purgeBoard(PurgeBoardRequest.newBuilder().setBoardId("1").build()))
                .reason())
        .isEqualTo(ErrorReason.ERROR_REASON_SERVICE_ONLY);
  }

  @Test
  void serviceWithoutAnActorMayNotPlace() {
    Board board = create(Privacy.PRIVACY_PUBLIC);

    assertThat(refused(() -> service("pin", "").placePin(placing(board, 1))).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_PERMISSION_DENIED);
  }

  @Test
  void everyBadFieldIsNamed() {
    PlacePinRequest bad =
        PlacePinRequest.newBuilder()
            .setBoardId("x")
            .setSectionId("y")
            .setCoverAssetKey("k".repeat(201))
            .setRequestId("z")
            .build();

    assertThat(refused(() -> pinService.placePin(bad)).violations())
        .extracting(v -> v.field())
        .containsExactly("board_id", "pin_id", "request_id", "section_id", "cover_asset_key");
    assertThat(
            refused(() -> pinService.updatePlacement(UpdatePlacementRequest.getDefaultInstance()))
                .violations())
        .extracting(v -> v.field())
        .containsExactly("board_id", "pin_id", "request_id");
    assertThat(
            refused(() -> pinService.removePin(RemovePinRequest.getDefaultInstance())).violations())
        .extracting(v -> v.field())
        .containsExactly("board_id", "pin_id", "request_id");
  }

  @Test
  void idsThatCannotExistAreNotFound() {
    Board board = create(Privacy.PRIVACY_PUBLIC);
    Board impossible = board.toBuilder().setId("9".repeat(30)).build();
    PlacePinRequest place = placing(board, 1);

    assertThat(refused(() -> pinService.placePin(placing(impossible, 1))).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_BOARD_NOT_FOUND);
    assertThat(
            refused(
                    () ->
                        pinService.placePin(place.toBuilder().setSectionId("9".repeat(30)).build()))
                .reason())
        .isEqualTo(ErrorReason.ERROR_REASON_SECTION_NOT_FOUND);
    assertThat(refused(() -> list(mine, impossible, 1, "")).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_BOARD_NOT_FOUND);
    assertThat(
            pinService.removePin(
                RemovePinRequest.newBuilder()
                    .setBoardId("9".repeat(30))
                    .setPinId("1")
                    .setRequestId(UUID.randomUUID().toString())
                    .build()))
        .isNotNull();
  }

  @Test
  void removingAndMovingGoThrough() {
    Board board = create(Privacy.PRIVACY_PUBLIC);
    List<Long> pins = placed(board, 2);
    long section = newId();
    Sections.add(new InMemorySectionStore(BOARDS), board, section);

    Placement moved =
        pinService.updatePlacement(
            UpdatePlacementRequest.newBuilder()
                .setBoardId(board.getId())
                .setPinId("" + pins.get(0))
                .setSectionId("" + section)
                .setRequestId(UUID.randomUUID().toString())
                .build());
    var unused =
        pinService.removePin(
            RemovePinRequest.newBuilder()
                .setBoardId(board.getId())
                .setPinId("" + pins.get(1))
                .setRequestId(UUID.randomUUID().toString())
                .build());

    assertThat(list(mine, board, 0, "").getPlacementsList()).containsExactly(moved);
    assertThat(moved.getSectionId()).isEqualTo("" + section);
  }

  @Test
  @DisplayName("P14: pages of a board are full and hold every Pin once; the last has no token")
  void pagesHoldEveryPinOnce() {
    Board board = create(Privacy.PRIVACY_PUBLIC);
    List<Long> pins = new ArrayList<>(placed(board, 30));
    Collections.reverse(pins);

    ListPlacementsResponse first = list(mine, board, 0, "");
    ListPlacementsResponse second = list(mine, board, 0, first.getNextPageToken());

    assertThat(first.getPlacementsList()).hasSize(25);
    assertThat(second.getPlacementsList()).hasSize(5);
    assertThat(second.getNextPageToken()).isEmpty();
    List<Long> seen = new ArrayList<>();
    first.getPlacementsList().forEach(p -> seen.add(Long.valueOf(p.getPinId())));
    second.getPlacementsList().forEach(p -> seen.add(Long.valueOf(p.getPinId())));
    assertThat(seen).isEqualTo(pins);
    ListPlacementsResponse three = list(mine, board, 3, "");
    assertThat(list(mine, board, 0, three.getNextPageToken()).getPlacementsList()).hasSize(3);
  }

  @Test
  void foreignTokensAreRefused() {
    Board board = create(Privacy.PRIVACY_PUBLIC);
    Board other = create(Privacy.PRIVACY_PUBLIC);
    placed(board, 3);
    String token = list(mine, board, 1, "").getNextPageToken();

    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> list(others, board, 1, token),
            () -> list(mine, other, 1, token),
            () -> list(mine, board, 1, token.substring(1)),
            () -> list(mine, board, 1, "?"))) {
      assertThat(refused(call).reason()).isEqualTo(ErrorReason.ERROR_REASON_INVALID_PAGE_TOKEN);
    }
    assertThat(refused(() -> list(mine, board, -1, "")).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_INVALID_FIELD);
  }

  @Test
  @DisplayName("P13, B9: a secret board's Pins are listed for those who may read both")
  void secretBoardsPinsAreListedWithScopes() {
    Board secret = create(Privacy.PRIVACY_SECRET);
    placed(secret, 1);

    assertThat(list(mine, secret, 0, "").getPlacementsList()).hasSize(1);
    assertThat(refused(() -> list(others, secret, 0, "")).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_BOARD_NOT_FOUND);
    assertThat(
            refused(() -> list(user("" + me, without("boards:read_secret")), secret, 0, ""))
                .reason())
        .isEqualTo(ErrorReason.ERROR_REASON_BOARD_NOT_FOUND);
    assertThat(
            refused(() -> list(user("" + me, without("pins:read_secret")), secret, 0, "")).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_INSUFFICIENT_SCOPE);
    assertThat(
            refused(
                    () ->
                        list(
                            user("" + me, without("pins:read")),
                            create(Privacy.PRIVACY_PUBLIC),
                            0,
                            ""))
                .reason())
        .isEqualTo(ErrorReason.ERROR_REASON_INSUFFICIENT_SCOPE);
  }

  private ScanPlacementsResponse listDeleted(Board board, int size, String token) {
    return pinService.scanPlacements(
        ScanPlacementsRequest.newBuilder()
            .setBoardId(board.getId())
            .setPageSize(size)
            .setPageToken(token)
            .setDeletedOnly(true)
            .build());
  }

  private void purge(Board board) {
    var unused =
        pinService.purgeBoard(PurgeBoardRequest.newBuilder().setBoardId(board.getId()).build());
  }

  @Test
  @DisplayName("B7: a deleted board is taken down page by page, then purged")
  void deletedBoardIsTakenDown() {
    Board board = create(Privacy.PRIVACY_PUBLIC);
    List<Long> pins = placed(board, 5);
    assertThat(refused(() -> listDeleted(board, 0, "")).code()).isEqualTo(Code.FAILED_PRECONDITION);
    assertThat(refused(() -> purge(board)).code()).isEqualTo(Code.FAILED_PRECONDITION);
    await(BOARDS.delete(id(board), me, b -> {}, ""));

    ScanPlacementsResponse first = listDeleted(board, 3, "");
    ScanPlacementsResponse rest = listDeleted(board, 0, first.getNextPageToken());

    List<Long> seen = new ArrayList<>();
    first.getPlacementsList().forEach(p -> seen.add(Long.valueOf(p.getPinId())));
    rest.getPlacementsList().forEach(p -> seen.add(Long.valueOf(p.getPinId())));
    assertThat(first.getPlacementsList()).hasSize(3);
    assertThat(rest.getNextPageToken()).isEmpty();
    assertThat(seen).containsExactlyInAnyOrderElementsOf(pins);
    assertThat(refused(() -> list(mine, board, 0, "")).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_BOARD_NOT_FOUND);
    purge(board);
    purge(board);
    assertThat(listDeleted(board, 0, "").getPlacementsList()).isEmpty();
  }

  @Test
  void statesOfBoardsAreToldWithoutACaller() {
    Board secret = create(Privacy.PRIVACY_SECRET);
    Board deleted = create(Privacy.PRIVACY_PUBLIC);
    await(BOARDS.delete(id(deleted), me, b -> {}, ""));

    List<BoardState> states =
        service("pin", "")
            .batchGetBoardStates(
                BatchGetBoardStatesRequest.newBuilder()
                    .addBoardIds(deleted.getId())
                    .addBoardIds("" + newId())
                    .addBoardIds(secret.getId())
                    .build())
            .getBoardsList();

    assertThat(states).extracting(BoardState::getDeleted).containsExactly(true, false);
    assertThat(states.get(1).getPrivacy()).isEqualTo(Privacy.PRIVACY_SECRET);
    assertThat(states.get(1).getOwnerId()).isEqualTo("" + me);
    assertThat(
            refused(
                    () ->
                        pinService.batchGetBoardStates(
                            BatchGetBoardStatesRequest.newBuilder()
                                .addAllBoardIds(Collections.nCopies(251, "1"))
                                .build()))
                .reason())
        .isEqualTo(ErrorReason.ERROR_REASON_INVALID_FIELD);
  }

  @Test
  void boardsAreScannedInPagesOfTheSizeFirstAskedFor() {
    List<String> created = new ArrayList<>();
    for (int i = 0; i < 5; i++) created.add(create(Privacy.PRIVACY_SECRET).getId());

    List<String> met = new ArrayList<>();
    String token = "";
    do {
      ScanBoardsRequest.Builder request = ScanBoardsRequest.newBuilder().setPageToken(token);
      if (token.isEmpty()) request.setPageSize(2);
      ScanBoardsResponse page = pinService.scanBoards(request.build());
      assertThat(page.getBoardsCount()).isLessThanOrEqualTo(2);
      page.getBoardsList().forEach(board -> met.add(board.getBoardId()));
      token = page.getNextPageToken();
    } while (!token.isEmpty());

    assertThat(met).containsAll(created).doesNotHaveDuplicates();
    for (ScanBoardsRequest bad :
        List.of(
            ScanBoardsRequest.newBuilder().setPageSize(-1).build(),
            ScanBoardsRequest.newBuilder().setPageToken("forged").build())) {
      assertThat(refused(() -> pinService.scanBoards(bad)).code()).isEqualTo(Code.INVALID_ARGUMENT);
    }
  }

  @Test
  void changeLogIsReadWithBoundedPages() {
    for (int[] asked : new int[][] {{0, 100}, {7, 7}, {5_000, 1_000}}) {
      ListChangesResponse page =
          pinService.listChanges(
              ListChangesRequest.newBuilder().setCursor("c").setPageSize(asked[0]).build());
      assertThat(page.getChanges(0).getChangeId()).isEqualTo("" + asked[1]);
      assertThat(page.getNextCursor()).isEqualTo("c+");
    }
    assertThat(
            refused(
                    () ->
                        pinService.listChanges(
                            ListChangesRequest.newBuilder().setPageSize(-1).build()))
                .reason())
        .isEqualTo(ErrorReason.ERROR_REASON_INVALID_FIELD);
  }
}
