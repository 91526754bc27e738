// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.load;

import java.util.Locale;

/** The operations of the mix, each with its share in 10,000 of what comes beside collages. */
enum Kind {
  BOARD_PAGE(7_000),
  GET_PIN(1_500),
  GET_BOARD(150),
  LIST_BOARDS(150),
  LIST_PINS(150),
  SEARCH_PINS(150),
  SEARCH_BOARDS(100),
  ACCOUNT(100),
  SAVE_PIN(400),
  CREATE_PIN(200),
  UPDATE_PIN(40),
  MOVE_PIN(25),
  DELETE_PIN(20),
  CHANGE_PRIVACY(7),
  CREATE_BOARD(5),
  DELETE_BOARD(3),
  GET_COLLAGE(200),
  EDIT_COLLAGE(150),
  RENDER_COLLAGE(80),
  PUBLISH_COLLAGE(30),
  SET_MEMBER(20),
  REMOVE_MEMBER(20);

  private final int share;

  Kind(int share) {
    this.share = share;
  }

  int share() {
    return share;
  }

  /** What people call it. */
  String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
