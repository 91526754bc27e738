// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.demo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the demo accounts hold: ten boards, a hundred Pins, sixteen saves, two collages. */
final class DemoPlan {
  private static final int PINS_PER_BOARD = 10;
  private static final int SAVES_PER_BOARD = 2;

  /** One Pin in ten is a carousel of three. */
  private static final int CAROUSEL = 4;

  private static final Map<String, List<String>> BOARDS = new LinkedHashMap<>();

  static {
    BOARDS.put(
        "demo",
        List.of("Colour studies", "Posters to print", "Paper cuts", "Living room", "Gift ideas"));
    BOARDS.put(
        "guest",
        List.of("Garden shapes", "Textiles", "Stage light", "Book covers", "Unfinished drafts"));
  }

  private DemoPlan() {}

  /** The boards of each account, by its username; the last of an account is secret. */
  static Map<String, List<PlannedBoard>> boards() {
    Map<String, List<PlannedBoard>> plan = new LinkedHashMap<>();
    int account = 0;
    for (Map.Entry<String, List<String>> entry : BOARDS.entrySet()) {
      List<PlannedBoard> boards = new ArrayList<>();
      int last = entry.getValue().size() - 1;
      int other = 1 - account;
      for (int i = 0; i <= last; i++) {
        boolean secret = i == last;
        boards.add(
            new PlannedBoard(
                entry.getValue().get(i),
                secret ? "For nobody else to see yet." : "Shapes and colours worth a second look.",
                secret,
                pins(account * (last + 1) + i),
                secret ? List.of() : saves(other * (last + 1) + i)));
      }
      plan.put(entry.getKey(), boards);
      account++;
    }
    return plan;
  }

  /** The collages, each after the one that it is a remix of. */
  static List<PlannedCollage> collages() {
    return List.of(PlannedCollage.read("golden-hour"), PlannedCollage.read("blue-hour"));
  }

  private static List<PlannedPin> pins(int board) {
    List<PlannedPin> pins = new ArrayList<>();
    for (int i = 0; i < PINS_PER_BOARD; i++) {
      int number = number(board, i);
      pins.add(
          new PlannedPin(
              title(number),
              "Drawn with nothing but gradients and simple shapes.",
              "https://example.org/pictures/" + number,
              i == CAROUSEL ? List.of(number, number + 100, number + 200) : List.of(number)));
    }
    return pins;
  }

  private static List<String> saves(int board) {
    List<String> titles = new ArrayList<>();
    for (int i = 0; i < SAVES_PER_BOARD; i++) {
      titles.add(title(number(board, i)));
    }
    return titles;
  }

  private static int number(int board, int place) {
    return board * PINS_PER_BOARD + place + 1;
  }

  private static String title(int number) {
    return Painter.motif(number) + " in " + Painter.colour(number) + ", no. " + number;
  }
}
