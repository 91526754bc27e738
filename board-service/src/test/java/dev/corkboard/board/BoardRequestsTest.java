// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.FieldMask;
import dev.corkboard.board.v1.Board;
import dev.corkboard.board.v1.CreateBoardRequest;
import dev.corkboard.board.v1.ListBoardsRequest;
import dev.corkboard.board.v1.Privacy;
import dev.corkboard.board.v1.UpdateBoardRequest;
import dev.corkboard.platform.check.Times;
import dev.corkboard.platform.error.ApiException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BoardRequestsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00.123Z");
  private static final String EMOJI = "\uD83D\uDCCC";

  private static Board create(Board.Builder board) {
    return BoardRequests.create(
        CreateBoardRequest.newBuilder().setBoard(board).build(), 42, "7", NOW);
  }

  private static List<String> fields(ThrowingCallable call) {
    ApiException refused = catchThrowableOfType(ApiException.class, call);
    assertThat(refused).as("refused").isNotNull();
    return refused.violations().stream().map(v -> v.field()).toList();
  }

  @Test
  @DisplayName("B1: a board of a name alone is public, empty and the caller's")
  void nameAloneIsEnough() {
    Board board = create(Board.newBuilder().setName("  Kitchen "));

    assertThat(board)
        .isEqualTo(
            Board.newBuilder()
                .setId("42")
                .setOwnerId("7")
                .setName("Kitchen")
                .setPrivacy(Privacy.PRIVACY_PUBLIC)
                .setCreateTime(Times.toProto(NOW))
                .setPinsModifyTime(Times.toProto(NOW))
                .setEtag("1")
                .build());
  }

  @Test
  void outputOnlyFieldsAreIgnored() {
    Board board =
        create(
            Board.newBuilder()
                .setName("Kitchen")
                .setId("1")
                .setOwnerId("8")
                .setPinCount(9)
                .setCollaboratorCount(3)
                .setFollowerCount(5)
                .setEtag("77")
                .addCoverAssetKeys("x"));

    assertThat(board).isEqualTo(create(Board.newBuilder().setName("Kitchen")));
  }

  @Test
  void boardsForAdsAreNamedAndProtected() {
    Board board =
        create(
            Board.newBuilder()
                .setName("Anything")
                .setAdsOnly(true)
                .setPrivacy(Privacy.PRIVACY_SECRET));

    assertThat(board.getName()).isEqualTo("Ad-only Pins");
    assertThat(board.getPrivacy()).isEqualTo(Privacy.PRIVACY_PROTECTED);
    assertThat(board.getAdsOnly()).isTrue();
  }

  @Test
  void limitsCountCodePoints() {
    assertThat(create(Board.newBuilder().setName(EMOJI.repeat(180))).getName()).hasSize(360);
    assertThat(fields(() -> create(Board.newBuilder().setName(EMOJI.repeat(181)))))
        .containsExactly("board.name");
    String longest = EMOJI.repeat(2_000);
    assertThat(create(Board.newBuilder().setName("x").setDescription(longest)).getDescription())
        .isEqualTo(longest);
    assertThat(fields(() -> create(Board.newBuilder().setName("x").setDescription(longest + "y"))))
        .containsExactly("board.description");
  }

  @Test
  void everyBadFieldIsNamedAtOnce() {
    assertThat(
            fields(
                () ->
                    BoardRequests.create(
                        CreateBoardRequest.newBuilder()
                            .setRequestId("not a uuid")
                            .setBoard(
                                Board.newBuilder()
                                    .setName(" \t\u00A0")
                                    .setDescription("\u0000")
                                    .setPrivacyValue(99))
                            .build(),
                        1,
                        "7",
                        NOW)))
        .containsExactly("request_id", "board.name", "board.description", "board.privacy");
  }

  private static UpdateBoardRequest update(Board.Builder board, String... paths) {
    UpdateBoardRequest.Builder request =
        UpdateBoardRequest.newBuilder().setBoard(board.setId("42"));
    if (paths.length > 0) {
      request.setUpdateMask(FieldMask.newBuilder().addAllPaths(Arrays.asList(paths)));
    }
    return request.build();
  }

  private static final Board CURRENT =
      Board.newBuilder()
          .setId("42")
          .setName("Old")
          .setDescription("About")
          .setPrivacy(Privacy.PRIVACY_PUBLIC)
          .setPinCount(3)
          .build();

  @Test
  @DisplayName("B6: what the mask names is set, also to nothing; the rest is kept")
  void maskSaysWhatChanges() {
    Board.Builder asked = Board.newBuilder().setName(" New ").setPinCount(99);

    assertThat(BoardRequests.update(update(asked, "name"), CURRENT))
        .isEqualTo(CURRENT.toBuilder().setName("New").build());
    assertThat(BoardRequests.update(update(asked, "description"), CURRENT))
        .isEqualTo(CURRENT.toBuilder().clearDescription().build());
    assertThat(
            BoardRequests.update(
                update(Board.newBuilder().setName("New").setPrivacy(Privacy.PRIVACY_SECRET), "*"),
                CURRENT))
        .isEqualTo(
            CURRENT.toBuilder()
                .setName("New")
                .clearDescription()
                .setPrivacy(Privacy.PRIVACY_SECRET)
                .build());
  }

  @Test
  void withoutAMaskEveryPopulatedFieldChanges() {
    assertThat(BoardRequests.update(update(Board.newBuilder().setDescription("Else")), CURRENT))
        .isEqualTo(CURRENT.toBuilder().setDescription("Else").build());
    assertThat(BoardRequests.update(update(Board.newBuilder()), CURRENT)).isEqualTo(CURRENT);
  }

  @Test
  void emptyMaskChangesNothing() {
    UpdateBoardRequest request =
        update(Board.newBuilder().setName("New")).toBuilder()
            .setUpdateMask(FieldMask.getDefaultInstance())
            .build();

    BoardRequests.checkUpdate(request);

    assertThat(BoardRequests.update(request, CURRENT)).isEqualTo(CURRENT);
  }

  @Test
  void badUpdatesAreRefusedByField() {
    assertThat(fields(() -> BoardRequests.checkUpdate(update(Board.newBuilder(), "owner_id"))))
        .containsExactly("update_mask");
    assertThat(fields(() -> BoardRequests.checkUpdate(update(Board.newBuilder(), "name"))))
        .containsExactly("board.name");
    assertThat(fields(() -> BoardRequests.checkUpdate(update(Board.newBuilder(), "privacy"))))
        .containsExactly("board.privacy");
    assertThat(fields(() -> BoardRequests.checkUpdate(update(Board.newBuilder(), "*"))))
        .containsExactly("board.name", "board.privacy");
    assertThat(
            fields(
                () ->
                    BoardRequests.checkUpdate(
                        UpdateBoardRequest.newBuilder()
                            .setBoard(Board.newBuilder().setId("x"))
                            .setRequestId("x")
                            .build())))
        .containsExactly("board.id", "request_id");
  }

  @Test
  @DisplayName("B5: no board becomes protected by an update; one that is stays so")
  void noBoardBecomesProtected() {
    UpdateBoardRequest request =
        update(Board.newBuilder().setPrivacy(Privacy.PRIVACY_PROTECTED), "privacy");
    Board already = CURRENT.toBuilder().setPrivacy(Privacy.PRIVACY_PROTECTED).build();

    assertThat(fields(() -> BoardRequests.update(request, CURRENT)))
        .containsExactly("board.privacy");
    assertThat(BoardRequests.update(request, already)).isEqualTo(already);
  }

  @Test
  void boardsForAdsKeepNameAndPrivacy() {
    Board ads =
        CURRENT.toBuilder()
            .setAdsOnly(true)
            .setName("Ad-only Pins")
            .setPrivacy(Privacy.PRIVACY_PROTECTED)
            .build();

    assertThat(fields(() -> BoardRequests.update(update(Board.newBuilder().setName("New")), ads)))
        .containsExactly("board.name");
    assertThat(
            fields(
                () ->
                    BoardRequests.update(
                        update(Board.newBuilder().setPrivacy(Privacy.PRIVACY_PUBLIC)), ads)))
        .containsExactly("board.privacy");
    assertThat(
            BoardRequests.update(update(Board.newBuilder().setDescription("New")), ads)
                .getDescription())
        .isEqualTo("New");
  }

  @Test
  void onlyMakingSecretNarrows() {
    assertThat(
            BoardRequests.narrows(
                update(Board.newBuilder().setPrivacy(Privacy.PRIVACY_SECRET), "privacy")))
        .isTrue();
    assertThat(
            BoardRequests.narrows(
                update(Board.newBuilder().setPrivacy(Privacy.PRIVACY_SECRET), "name")))
        .isFalse();
    assertThat(BoardRequests.narrows(update(Board.newBuilder().setPrivacy(Privacy.PRIVACY_PUBLIC))))
        .isFalse();
  }

  @Test
  void batchesAreBoundedAndWithoutRepeats() {
    assertThat(BoardRequests.batch(List.of("2", "1", "2"))).containsExactly("2", "1");
    assertThat(BoardRequests.batch(Collections.nCopies(250, "1"))).hasSize(1);
    assertThat(fields(() -> BoardRequests.batch(Collections.nCopies(251, "1"))))
        .containsExactly("board_ids");
    assertThat(fields(() -> BoardRequests.batch(List.of("1", "", "x"))))
        .containsExactly("board_ids", "board_ids");
  }

  @Test
  @DisplayName("B8: a privacy filter holds known privacies")
  void filtersHoldKnownPrivacies() {
    assertThat(
            BoardRequests.filter(
                ListBoardsRequest.newBuilder()
                    .addPrivacyFilter(Privacy.PRIVACY_SECRET)
                    .addPrivacyFilter(Privacy.PRIVACY_SECRET)
                    .build()))
        .containsExactly(Privacy.PRIVACY_SECRET);
    assertThat(
            fields(
                () ->
                    BoardRequests.filter(
                        ListBoardsRequest.newBuilder()
                            .setPageSize(-1)
                            .addPrivacyFilterValue(99)
                            .build())))
        .containsExactly("page_size", "privacy_filter");
    assertThat(
            fields(
                () ->
                    BoardRequests.filter(
                        ListBoardsRequest.newBuilder()
                            .addPrivacyFilter(Privacy.PRIVACY_UNSPECIFIED)
                            .build())))
        .containsExactly("privacy_filter");
  }
}
