// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

/** In which direction a paragraph is read. */
final class ReadingDirection {
  private ReadingDirection() {}

  /** Whether the first letter that has a direction is read from right to left. */
  static boolean isRightToLeft(String paragraph) {
    return paragraph
        .codePoints()
        .map(Character::getDirectionality)
        .filter(ReadingDirection::isStrong)
        .limit(1)
        .anyMatch(direction -> direction != Character.DIRECTIONALITY_LEFT_TO_RIGHT);
  }

  private static boolean isStrong(int direction) {
    return direction == Character.DIRECTIONALITY_LEFT_TO_RIGHT
        || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
        || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
  }
}
