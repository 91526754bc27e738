// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks;

import dev.corkboard.placement.LargeBoard;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A board compared with what was acknowledged.
 *
 * @param lost acknowledged and not listed
 * @param foreign listed and not acknowledged
 * @param doubled listed more than once
 */
record Oracle(
    int acknowledged, int listed, int scanned, int pinCount, int lost, int foreign, int doubled) {

  static Oracle of(LargeBoard board) {
    Set<Long> expected = new HashSet<>(board.acknowledged());
    List<Long> listed = board.walk(250);
    Set<Long> distinct = new HashSet<>(listed);
    Set<Long> lost = new HashSet<>(expected);
    lost.removeAll(distinct);
    Set<Long> foreign = new HashSet<>(distinct);
    foreign.removeAll(expected);
    return new Oracle(
        expected.size(),
        listed.size(),
        board.scan().size(),
        board.state().pinCount(),
        lost.size(),
        foreign.size(),
        listed.size() - distinct.size());
  }

  boolean isWhole() {
    return lost == 0
        && foreign == 0
        && doubled == 0
        && scanned == acknowledged
        && pinCount == acknowledged;
  }
}
