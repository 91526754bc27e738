// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import static dev.corkboard.pin.PinServiceTest.assertFails;
import static dev.corkboard.pin.Pins.someId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.board.v1.Privacy;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.pin.v1.CreativeType;
import dev.corkboard.pin.v1.DeletePinRequest;
import dev.corkboard.pin.v1.GetPinCountRequest;
import dev.corkboard.pin.v1.ImageSource;
import dev.corkboard.pin.v1.ListBoardPinsRequest;
import dev.corkboard.pin.v1.ListBoardPinsResponse;
import dev.corkboard.pin.v1.ListPinsRequest;
import dev.corkboard.pin.v1.ListPinsResponse;
import dev.corkboard.pin.v1.OriginFilter;
import dev.corkboard.pin.v1.Pin;
import dev.corkboard.platform.testing.Crash;
import dev.corkboard.platform.testing.GrpcExtension;
import dev.corkboard.platform.testing.TestTokens;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PinListsTest {
  private final PinRig rig = newRig();

  @RegisterExtension final GrpcExtension grpc = rig.grpc;

  private final String owner = someId();
  private final String guest = someId();
  private String board;

  /** The stores to run on. */
  PinRig newRig() {
    return new PinRig();
  }

  @BeforeEach
  void makeBoard() {
    board = rig.boards.create(owner, Privacy.PRIVACY_PUBLIC);
  }

  private List<String> create(int pins, String boardId) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < pins; i++) ids.add(rig.create(owner, boardId).getId());
    Collections.reverse(ids);
    return ids;
  }

  private String carousel() {
    return rig.as(owner)
        .createPin(
            PinRig.request(board)
                .addImages(ImageSource.newBuilder().setImageUrl("http://example.org/b.png"))
                .build())
        .getId();
  }

  private ListPinsResponse mine(Consumer<ListPinsRequest.Builder> change) {
    ListPinsRequest.Builder request = ListPinsRequest.newBuilder();
    change.accept(request);
    return rig.as(owner).listPins(request.build());
  }

  private static List<String> ids(List<Pin> pins) {
    return pins.stream().map(Pin::getId).toList();
  }

  /** Walks the caller's Pins; every page but the last must be full. */
  private List<String> walkMine(ListPinsRequest first, int size, Runnable between) {
    List<String> ids = new ArrayList<>();
    ListPinsRequest next = first.toBuilder().setPageSize(size).build();
    while (true) {
      ListPinsResponse page = rig.as(owner).listPins(next);
      ids.addAll(ids(page.getPinsList()));
      if (page.getNextPageToken().isEmpty()) return ids;
      assertThat(page.getPinsList()).hasSize(size);
      assertThat(page.getNextPageToken()).matches("[A-Za-z0-9_-]+");
      next = ListPinsRequest.newBuilder().setPageToken(page.getNextPageToken()).build();
      between.run();
    }
  }

  private List<String> walkBoard(ListBoardPinsRequest first, int size, Runnable between) {
    List<String> ids = new ArrayList<>();
    ListBoardPinsRequest next = first.toBuilder().setPageSize(size).build();
    while (true) {
      ListBoardPinsResponse page = rig.as(guest).listBoardPins(next);
      ids.addAll(ids(page.getPinsList()));
      if (page.getNextPageToken().isEmpty()) return ids;
      assertThat(page.getPinsList()).hasSize(size);
      next = ListBoardPinsRequest.newBuilder().setPageToken(page.getNextPageToken()).build();
      between.run();
    }
  }

  private ListBoardPinsRequest ofBoard() {
    return ListBoardPinsRequest.newBuilder().setBoardId(board).build();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 10, 23, 250})
  @DisplayName("P14 walking all pages yields each Pin exactly once, newest first (P8)")
  void walkYieldsEachPinOnce(int size) {
    List<String> made = create(23, board);
    assertThat(walkMine(ListPinsRequest.getDefaultInstance(), size, () -> {})).isEqualTo(made);
    assertThat(walkBoard(ofBoard(), size, () -> {})).isEqualTo(made);
  }

  @Test
  @DisplayName("P14 Pins created and deleted during a walk make no duplicate and hide nothing else")
  void walkDuringWritesHasNoDuplicates() {
    for (boolean mine : new boolean[] {true, false}) {
      create(30, board);
      List<String> left =
          new ArrayList<>(walkMine(ListPinsRequest.getDefaultInstance(), 250, () -> {}));
      Runnable write =
          () -> {
            rig.create(owner, board);
            String victim = left.remove(left.size() - 1);
            rig.as(owner).deletePin(DeletePinRequest.newBuilder().setPinId(victim).build());
          };
      List<String> seen =
          mine
              ? walkMine(ListPinsRequest.getDefaultInstance(), 4, write)
              : walkBoard(ofBoard(), 4, write);
      assertThat(seen).doesNotHaveDuplicates().containsAll(left);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 25})
  void pageHoldsTwentyFiveUnlessTold(int size) {
    create(27, board);
    assertThat(mine(request -> request.setPageSize(size)).getPinsCount()).isEqualTo(25);
    ListBoardPinsRequest request = ofBoard().toBuilder().setPageSize(size).build();
    assertThat(rig.as(owner).listBoardPins(request).getPinsCount()).isEqualTo(25);
  }

  @Test
  void negativePageSizeAndUnknownFiltersAreInvalid() {
    assertFails(
        ErrorReason.ERROR_REASON_INVALID_FIELD, () -> mine(request -> request.setPageSize(-1)));
    assertFails(
        ErrorReason.ERROR_REASON_INVALID_FIELD,
        () -> mine(request -> request.setOriginFilterValue(9)));
    assertFails(
        ErrorReason.ERROR_REASON_INVALID_FIELD,
        () -> mine(request -> request.addCreativeTypesValue(9)));
    assertFails(
        ErrorReason.ERROR_REASON_INVALID_FIELD,
        () -> mine(request -> request.addAllCreativeTypesValue(Collections.nCopies(17, 1))));
    assertFails(
        ErrorReason.ERROR_REASON_INVALID_FIELD,
        () -> rig.as(owner).listBoardPins(ListBoardPinsRequest.getDefaultInstance()));
  }

  @Test
  @DisplayName("P9 filters by origin, kind, protected and secret boards")
  void filtersMine() {
    String plain = rig.create(owner, board).getId();
    String carousel = carousel();
    String saved = rig.save(owner, plain, board).getId();
    String shielded = rig.boards.create(owner, Privacy.PRIVACY_PROTECTED);
    String protectedPin = rig.create(owner, shielded).getId();
    String secret = rig.boards.create(owner, Privacy.PRIVACY_SECRET);
    String secretPin = rig.create(owner, secret).getId();

    assertThat(ids(mine(request -> {}).getPinsList()))
        .containsExactly(secretPin, saved, carousel, plain);
    assertThat(ids(mine(r -> r.setOriginFilter(OriginFilter.ORIGIN_FILTER_SAVED)).getPinsList()))
        .containsExactly(saved);
    assertThat(ids(mine(r -> r.setOriginFilter(OriginFilter.ORIGIN_FILTER_CREATED)).getPinsList()))
        .containsExactly(secretPin, carousel, plain);
    assertThat(ids(mine(r -> r.setOriginFilter(OriginFilter.ORIGIN_FILTER_PROMOTED)).getPinsList()))
        .isEmpty();
    assertThat(
            ids(mine(r -> r.addCreativeTypes(CreativeType.CREATIVE_TYPE_CAROUSEL)).getPinsList()))
        .containsExactly(carousel);
    assertThat(ids(mine(r -> r.setIncludeProtectedPins(true)).getPinsList()))
        .containsExactly(secretPin, protectedPin, saved, carousel, plain);
    assertThat(ids(mine(r -> r.setSecretOnly(true)).getPinsList())).containsExactly(secretPin);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pins:read_secret", "boards:read_secret"})
  void secretPinsNeedBothSecretScopes(String missing) {
    String plain = rig.create(owner, board).getId();
    String secret = rig.boards.create(owner, Privacy.PRIVACY_SECRET);
    rig.create(owner, secret);
    Set<String> scopes = new HashSet<>(TestTokens.ALL_SCOPES);
    scopes.remove(missing);
    assertThat(
            ids(rig.as(owner, scopes).listPins(ListPinsRequest.getDefaultInstance()).getPinsList()))
        .containsExactly(plain);
    assertFails(
        ErrorReason.ERROR_REASON_BOARD_NOT_FOUND,
        () ->
            rig.as(owner, scopes)
                .listBoardPins(ListBoardPinsRequest.newBuilder().setBoardId(secret).build()));
  }

  @Test
  void pinsOfADeletedBoardLeaveFullPagesAtOnce() {
    String doomed = rig.boards.create(owner, Privacy.PRIVACY_PUBLIC);
    List<String> kept = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      if (i % 4 == 0) kept.add(rig.create(owner, board).getId());
      else rig.create(owner, doomed);
    }
    Collections.reverse(kept);
    rig.boards.delete(doomed);
    assertThat(walkMine(ListPinsRequest.getDefaultInstance(), 3, () -> {})).isEqualTo(kept);
    assertFails(
        ErrorReason.ERROR_REASON_BOARD_NOT_FOUND,
        () ->
            rig.as(owner)
                .listBoardPins(ListBoardPinsRequest.newBuilder().setBoardId(doomed).build()));
  }

  @Test
  void boardPageIsFilledWhenPinsOnItAreNotLiveOrOfAnotherKind() {
    List<String> carousels = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      if (i % 5 == 0) carousels.add(carousel());
      else rig.create(owner, board);
    }
    Collections.reverse(carousels);
    ListBoardPinsRequest filtered =
        ofBoard().toBuilder().addCreativeTypes(CreativeType.CREATIVE_TYPE_CAROUSEL).build();
    for (int size : new int[] {1, 2, 4, 6, 10}) {
      assertThat(walkBoard(filtered, size, () -> {})).isEqualTo(carousels);
    }
    Pin pending = Pins.pin(Long.toString(rig.ids.incrementAndGet()), owner, board);
    rig.sagas(new Crash(3, true))
        .run(
            Intents.create(pending, "", Pins.caller(owner), rig.clock.instant()),
            java.util.Optional.empty())
        .handle((outcome, failure) -> failure)
        .toCompletableFuture()
        .join();
    assertThat(rig.boards.boardsOf(pending.getId())).containsExactly(board);
    assertThat(walkBoard(ofBoard(), 7, () -> {})).hasSize(30).doesNotContain(pending.getId());
  }

  @Test
  @DisplayName("P14 a token is good for one listing, one caller and its own parameters")
  void tokenIsBound() {
    create(6, board);
    ListPinsResponse page =
        mine(r -> r.setPageSize(2).setOriginFilter(OriginFilter.ORIGIN_FILTER_CREATED));
    String token = page.getNextPageToken();
    assertThat(mine(r -> r.setPageToken(token)).getPinsCount()).isEqualTo(2);
    assertThat(mine(r -> r.setPageToken(token).setPageSize(4)).getPinsCount()).isEqualTo(4);
    ErrorReason invalid = ErrorReason.ERROR_REASON_INVALID_PAGE_TOKEN;
    assertFails(
        invalid,
        () -> mine(r -> r.setPageToken(token).setOriginFilter(OriginFilter.ORIGIN_FILTER_SAVED)));
    assertFails(invalid, () -> mine(r -> r.setPageToken(token).setSecretOnly(true)));
    assertFails(invalid, () -> mine(r -> r.setPageToken(token).setIncludeProtectedPins(true)));
    assertFails(
        invalid,
        () ->
            mine(r -> r.setPageToken(token).addCreativeTypes(CreativeType.CREATIVE_TYPE_CAROUSEL)));
    assertFails(invalid, () -> mine(r -> r.setPageToken("garbage")));
    assertFails(invalid, () -> mine(r -> r.setPageToken(token.substring(1))));
    ListPinsRequest foreign = ListPinsRequest.newBuilder().setPageToken(token).build();
    assertFails(invalid, () -> rig.as(guest).listPins(foreign));
    ListBoardPinsRequest elsewhere =
        ListBoardPinsRequest.newBuilder().setBoardId(board).setPageToken(token).build();
    assertFails(invalid, () -> rig.as(owner).listBoardPins(elsewhere));
    String boardToken =
        rig.as(owner)
            .listBoardPins(ofBoard().toBuilder().setPageSize(2).build())
            .getNextPageToken();
    String other = rig.boards.create(owner, Privacy.PRIVACY_PUBLIC);
    assertFails(
        invalid,
        () ->
            rig.as(owner)
                .listBoardPins(
                    ListBoardPinsRequest.newBuilder()
                        .setBoardId(other)
                        .setPageToken(boardToken)
                        .build()));
  }

  @Test
  void emptyListingsHaveNoToken() {
    assertThat(mine(request -> {})).isEqualTo(ListPinsResponse.getDefaultInstance());
    assertThat(rig.as(guest).listBoardPins(ofBoard()))
        .isEqualTo(ListBoardPinsResponse.getDefaultInstance());
  }

  @Test
  void boardThatIsNotThereIsNotFound() {
    for (String id : List.of(someId(), "0", "99999999999999999999999")) {
      assertFails(
          ErrorReason.ERROR_REASON_BOARD_NOT_FOUND,
          () ->
              rig.as(owner)
                  .listBoardPins(ListBoardPinsRequest.newBuilder().setBoardId(id).build()));
    }
  }

  private int count(Set<String> scopes) {
    return rig.as(owner, scopes).getPinCount(GetPinCountRequest.getDefaultInstance()).getCount();
  }

  @Test
  void countsPinsOnLiveBoardsThatTheTokenMaySee() {
    create(3, board);
    String secret = rig.boards.create(owner, Privacy.PRIVACY_SECRET);
    create(2, secret);
    String doomed = rig.boards.create(owner, Privacy.PRIVACY_PUBLIC);
    create(4, doomed);
    Set<String> open = new HashSet<>(TestTokens.ALL_SCOPES);
    open.remove("pins:read_secret");
    assertThat(count(TestTokens.ALL_SCOPES)).isEqualTo(9);
    assertThat(count(open)).isEqualTo(7);
    rig.boards.delete(doomed);
    assertThat(count(TestTokens.ALL_SCOPES)).isEqualTo(5);
  }
}
