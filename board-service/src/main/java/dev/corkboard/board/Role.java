// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.board;

/** What an account is to a board. */
public enum Role {
  NONE,
  /** Sees the board even when it is secret. */
  VIEWER,
  /** Also puts Pins on it and takes them off. */
  EDITOR,
  /** Also changes and deletes the board itself. */
  OWNER;

  /** The role of a member row; unknown codes give nothing. */
  public static Role ofMember(byte code) {
    return switch (code) {
      case 1 -> VIEWER;
      case 2 -> EDITOR;
      default -> NONE;
    };
  }

  /** Whether it may put Pins on the board and take them off. */
  public boolean edits() {
    return this == EDITOR || this == OWNER;
  }
}
