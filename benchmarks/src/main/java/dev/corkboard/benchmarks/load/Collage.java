// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.load;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** A collage as the oracle knows it: each edit puts one layer on top. */
final class Collage {
  private final Account owner;
  private final String title;
  private final Optional<Pin> pin;
  private final String board;
  private final Gate gate = new Gate();
  private final Map<String, History<Boolean>> layers = new ConcurrentHashMap<>();
  private final Map<Account, History<Boolean>> members = new ConcurrentHashMap<>();
  private final AtomicLong revision = new AtomicLong();
  private final History<Set<String>> published = new History<>(Set.of());
  private volatile String id = "";

  /**
   * A new collage.
   *
   * @param pin what it is published as; none for one that only members see
   * @param board where it is published
   */
  Collage(Account owner, String title, Optional<Pin> pin, String board) {
    this.owner = owner;
    this.title = title;
    this.pin = pin;
    this.board = board;
  }

  Account owner() {
    return owner;
  }

  String title() {
    return title;
  }

  Optional<Pin> pin() {
    return pin;
  }

  String board() {
    return board;
  }

  /** Entered by members who edit, closed while it is published or its members change. */
  Gate gate() {
    return gate;
  }

  /**
   * The layers that were published last, which is what visitors see; before the first time it is
   * not theirs to see at all.
   */
  History<Set<String>> published() {
    return published;
  }

  /** Whether the reader sees what was published and nothing newer. */
  boolean isVisitor(Account reader) {
    return owner != reader && pin.isPresent();
  }

  /** By id: whether the layer is there. */
  Map<String, History<Boolean>> layers() {
    return layers;
  }

  History<Boolean> membership(Account account) {
    return members.computeIfAbsent(account, any -> new History<>(false));
  }

  /** The highest revision that was told. */
  long revision() {
    return revision.get();
  }

  void told(long number) {
    revision.accumulateAndGet(number, Math::max);
  }

  /** How many edits there must have been between these times. */
  long leastRevision(long asked, long answered) {
    return layers.values().stream()
        .filter(layer -> !layer.possible(asked, answered).contains(false))
        .count();
  }

  long greatestRevision(long asked, long answered) {
    return layers.values().stream()
        .filter(layer -> layer.possible(asked, answered).contains(true))
        .count();
  }

  boolean mustBeSeen(Account reader, long asked, long answered) {
    if (owner == reader) return true;
    return pin.isPresent()
        ? pin.get().mustBe(asked, answered)
        : !membership(reader).possible(asked, answered).contains(false);
  }

  /** Whether only others see it. */
  boolean isForbidden(Account reader, long asked, long answered) {
    if (owner == reader) return false;
    return pin.isPresent()
        ? !pin.get().mayBe(asked, answered)
        : !membership(reader).possible(asked, answered).contains(true);
  }

  String id() {
    return id;
  }

  void id(String told) {
    id = told;
  }

  @Override
  public String toString() {
    return "collage " + id + " of " + owner;
  }
}
