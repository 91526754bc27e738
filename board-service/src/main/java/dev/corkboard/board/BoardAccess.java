// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.board;

import dev.corkboard.board.v1.Board;
import dev.corkboard.board.v1.Privacy;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.server.Caller;

/** Who may see and change a board: the one place that decides it. */
public final class BoardAccess {
  public static final String READ_SECRET = "boards:read_secret";
  public static final String WRITE_SECRET = "boards:write_secret";
  public static final String PINS_READ_SECRET = "pins:read_secret";
  public static final String PINS_WRITE_SECRET = "pins:write_secret";

  private BoardAccess() {}

  /** A secret board is seen by its owner and members whose token reads secret boards. */
  public static boolean sees(Caller caller, Privacy privacy, Role role) {
    return privacy != Privacy.PRIVACY_SECRET || (role != Role.NONE && caller.hasScope(READ_SECRET));
  }

  /** The answer for what is not there and for what the caller may not see: the same. */
  public static ApiException notFound(String boardId) {
    return ApiException.notFound(ErrorReason.ERROR_REASON_BOARD_NOT_FOUND, "board_id", boardId);
  }

  /** Fails with BOARD_NOT_FOUND unless the caller sees the board. */
  public static void requireSees(Caller caller, String boardId, Privacy privacy, Role role) {
    if (!sees(caller, privacy, role)) throw notFound(boardId);
  }

  /** Fails unless the caller sees the board and may put Pins on it and take them off. */
  public static void requireEdits(Caller caller, String boardId, Privacy privacy, Role role) {
    requireSees(caller, boardId, privacy, role);
    if (!role.edits()) {
      throw ApiException.permissionDenied(
          "Only its owner and editors may change this board's Pins.");
    }
    requirePinsSecret(caller, privacy);
  }

  /** Fails unless the caller sees the board and may change its sections. */
  public static void requireArranges(Caller caller, String boardId, Privacy privacy, Role role) {
    requireSees(caller, boardId, privacy, role);
    if (!role.edits()) {
      throw ApiException.permissionDenied(
          "Only its owner and editors may change this board's sections.");
    }
    requireWrites(caller, privacy);
  }

  /** Fails with INSUFFICIENT_SCOPE unless the token may change Pins where this one stands. */
  public static void requirePinsSecret(Caller caller, Privacy privacy) {
    if (privacy == Privacy.PRIVACY_SECRET) caller.requireScope(PINS_WRITE_SECRET);
  }

  /** Fails unless the caller sees the board, owns it and may write boards of its privacy. */
  public static void requireOwns(Caller caller, Board board, Role role) {
    requireSees(caller, board.getId(), board.getPrivacy(), role);
    if (role != Role.OWNER) {
      throw ApiException.permissionDenied("Only its owner may change this board.");
    }
    requireWrites(caller, board.getPrivacy());
  }

  /** Fails with INSUFFICIENT_SCOPE unless the token writes boards of this privacy. */
  public static void requireWrites(Caller caller, Privacy privacy) {
    if (privacy == Privacy.PRIVACY_SECRET) caller.requireScope(WRITE_SECRET);
  }
}
