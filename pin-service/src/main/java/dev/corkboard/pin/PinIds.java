// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import java.util.HashSet;
import java.util.Set;

/** Sets of Pin ids. */
final class PinIds {
  private PinIds() {}

  /** What is in one of the two only. */
  static Set<String> difference(Set<String> one, Set<String> other) {
    Set<String> result = new HashSet<>(one);
    result.removeAll(other);
    other.stream().filter(id -> !one.contains(id)).forEach(result::add);
    return result;
  }
}
