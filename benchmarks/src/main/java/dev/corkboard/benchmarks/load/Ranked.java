// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;

/** Things of which the first are asked for most, by Zipf's law: the n-th as often as 1/n. */
final class Ranked<T> {
  private static final int TRIES = 8;

  private final List<T> ranks = new ArrayList<>();

  synchronized void add(T one) {
    ranks.add(one);
  }

  synchronized List<T> all() {
    return List.copyOf(ranks);
  }

  /** One by its rank; nothing while there is none. */
  synchronized Optional<T> pick(Random random) {
    if (ranks.isEmpty()) return Optional.empty();
    // 1/x between 1 and n + 1, by its inverse.
    int rank = (int) Math.pow(ranks.size() + 1.0, random.nextDouble());
    return Optional.of(ranks.get(Math.min(rank, ranks.size()) - 1));
  }

  /** One of those that are wanted, if a few attempts find any. */
  Optional<T> pick(Random random, Predicate<T> wanted) {
    for (int i = 0; i < TRIES; i++) {
      Optional<T> one = pick(random).filter(wanted);
      if (one.isPresent()) return one;
    }
    return Optional.empty();
  }
}
