// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Which of the states of a collage a replay shows, and for how long.
 *
 * @param states the numbers of the states, from 0, in order
 * @param centiseconds how long each is shown but the last, which stands for {@link #LAST}
 */
public record ReplayTiming(List<Integer> states, int centiseconds) {
  /** The longest that a replay may take, in hundredths of a second. */
  public static final int MAX_CENTISECONDS = 1_000;

  /** How long the last state is shown, in hundredths of a second. */
  static final int LAST = 200;

  private static final int LONGEST = 60;
  private static final int SHORTEST = 20;
  private static final int MAX_FRAMES = (MAX_CENTISECONDS - LAST) / SHORTEST + 1;

  public ReplayTiming {
    states = List.copyOf(states);
  }

  /** Of {@code count} states, at least 1: the first, the last, and as many as there is time for. */
  public static ReplayTiming of(int count) {
    int frames = Math.min(count, MAX_FRAMES);
    List<Integer> states =
        IntStream.range(0, frames)
            .map(i -> frames == 1 ? count - 1 : (int) ((long) i * (count - 1) / (frames - 1)))
            .boxed()
            .toList();
    int each = frames == 1 ? LONGEST : (MAX_CENTISECONDS - LAST) / (frames - 1);
    return new ReplayTiming(states, Math.min(LONGEST, each));
  }

  int centisecondsOf(int frame) {
    return frame == states.size() - 1 ? LAST : centiseconds;
  }
}
