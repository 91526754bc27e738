// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.board;

import static dev.corkboard.board.Fixtures.caller;
import static dev.corkboard.board.Fixtures.callerWithout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.corkboard.board.v1.Board;
import dev.corkboard.board.v1.Privacy;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.server.Caller;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BoardAccessTest {
  private static final Caller FULL = caller(1);
  private static final Caller NO_SECRETS = callerWithout(1, "boards:read_secret");

  private static ErrorReason refusal(ThrowingCallable call) {
    return catchThrowableOfType(ApiException.class, call).reason();
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void openBoardsAreSeenByAll(Role role) {
    assertThat(BoardAccess.sees(NO_SECRETS, Privacy.PRIVACY_PUBLIC, role)).isTrue();
    assertThat(BoardAccess.sees(NO_SECRETS, Privacy.PRIVACY_PROTECTED, role)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void secretBoardsAreSeenByThoseWhoBelongAndMayReadSecrets(Role role) {
    assertThat(BoardAccess.sees(FULL, Privacy.PRIVACY_SECRET, role)).isEqualTo(role != Role.NONE);
    assertThat(BoardAccess.sees(NO_SECRETS, Privacy.PRIVACY_SECRET, role)).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void ownersAndEditorsEdit(Role role) {
    ThrowingCallable call = () -> BoardAccess.requireEdits(FULL, "1", Privacy.PRIVACY_PUBLIC, role);
    if (role == Role.OWNER || role == Role.EDITOR) {
      assertThat(catchThrowableOfType(ApiException.class, call)).isNull();
    } else {
      assertThat(refusal(call)).isEqualTo(ErrorReason.ERROR_REASON_PERMISSION_DENIED);
    }
  }

  @ParameterizedTest
  @EnumSource(value = Role.class, names = "OWNER", mode = EnumSource.Mode.EXCLUDE)
  void onlyOwnersChangeTheBoard(Role role) {
    Board board = Board.newBuilder().setId("1").setPrivacy(Privacy.PRIVACY_PROTECTED).build();

    assertThat(refusal(() -> BoardAccess.requireOwns(FULL, board, role)))
        .isEqualTo(ErrorReason.ERROR_REASON_PERMISSION_DENIED);
  }

  @Test
  void secretsAreChangedWithTheirScopes() {
    Board secret = Board.newBuilder().setId("1").setPrivacy(Privacy.PRIVACY_SECRET).build();

    assertThat(
            refusal(
                () ->
                    BoardAccess.requireOwns(
                        callerWithout(1, "boards:write_secret"), secret, Role.OWNER)))
        .isEqualTo(ErrorReason.ERROR_REASON_INSUFFICIENT_SCOPE);
    assertThat(refusal(() -> BoardAccess.requireOwns(NO_SECRETS, secret, Role.OWNER)))
        .isEqualTo(ErrorReason.ERROR_REASON_BOARD_NOT_FOUND);
    assertThat(
            refusal(
                () ->
                    BoardAccess.requireEdits(
                        callerWithout(1, "pins:write_secret"),
                        "1",
                        Privacy.PRIVACY_SECRET,
                        Role.OWNER)))
        .isEqualTo(ErrorReason.ERROR_REASON_INSUFFICIENT_SCOPE);
    assertThat(refusal(() -> BoardAccess.requireOwns(FULL, secret, Role.NONE)))
        .isEqualTo(ErrorReason.ERROR_REASON_BOARD_NOT_FOUND);
  }
}
