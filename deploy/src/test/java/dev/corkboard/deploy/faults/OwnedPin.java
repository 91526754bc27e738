// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A Pin that one writer alone changes. Its title carries the number of the change, so that a reader
 * knows which one it saw.
 */
final class OwnedPin {
  private final String id;
  private final String key;
  private final List<Change> changes = new ArrayList<>();
  private int acknowledged;

  /**
   * One change; number 0 is the creation.
   *
   * @param board where the Pin stands after it; empty when it was deleted
   */
  record Change(int number, Optional<String> board) {}

  OwnedPin(String id, String key, String board) {
    this.id = id;
    this.key = key;
    changes.add(new Change(0, Optional.of(board)));
  }

  String id() {
    return id;
  }

  static String title(String key, int number) {
    return key + "#" + number;
  }

  static String keyOf(String title) {
    return title.substring(0, title.indexOf('#'));
  }

  String title(Change change) {
    return title(key, change.number());
  }

  synchronized Change begin(Optional<String> board) {
    Change change = new Change(changes.size(), board);
    changes.add(change);
    return change;
  }

  synchronized void acknowledge(Change change) {
    acknowledged = change.number();
  }

  /** The last change that was answered. */
  synchronized Change current() {
    return changes.get(acknowledged);
  }

  synchronized boolean isDeleted() {
    return current().board().isEmpty();
  }

  /** The change a reader saw, or nothing when it is none that was begun. */
  synchronized Optional<Change> seen(Answer answer) {
    if (answer.status() == 404) {
      return changes.stream().filter(change -> change.board().isEmpty()).findFirst();
    }
    String title = answer.textOf("title");
    String board = answer.textOf("board_id");
    return changes.stream()
        .filter(change -> title(change).equals(title))
        .filter(change -> change.board().equals(Optional.of(board)))
        .findFirst();
  }
}
