// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.load;

import java.util.NavigableMap;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;

/** A board as the oracle knows it. */
final class Board {
  private final Account owner;
  private final String name;
  private final Use use;
  private final Gate gate = new Gate();
  private final History<State> states = new History<>(State.ABSENT);
  private final NavigableMap<Long, Pin> pins = new ConcurrentSkipListMap<>();
  private volatile String id = "";

  /** What may happen to a board. */
  enum Use {
    STAYS,
    CHANGES_PRIVACY,
    IS_DELETED
  }

  /** Who sees it. */
  enum State {
    ABSENT,
    PUBLIC,
    SECRET
  }

  Board(Account owner, String name, Use use) {
    this.owner = owner;
    this.name = name;
    this.use = use;
  }

  Account owner() {
    return owner;
  }

  String name() {
    return name;
  }

  Use use() {
    return use;
  }

  /** Entered by requests that change what stands there, closed while the board is changed. */
  Gate gate() {
    return gate;
  }

  History<State> states() {
    return states;
  }

  /** Every Pin that ever stood here, or was to, by its id. */
  NavigableMap<Long, Pin> pins() {
    return pins;
  }

  String id() {
    return id;
  }

  void id(String told) {
    id = told;
  }

  /** Whether the account sees the board all the time between. */
  boolean mustBeSeen(Account reader, long asked, long answered) {
    return states.possible(asked, answered).stream().allMatch(state -> shows(state, reader));
  }

  boolean mayBeSeen(Account reader, long asked, long answered) {
    return states.possible(asked, answered).stream().anyMatch(state -> shows(state, reader));
  }

  /** Whether it was there, but for others alone. */
  boolean isForbidden(Account reader, long asked, long answered) {
    return states.possible(asked, answered).equals(Set.of(State.SECRET)) && owner != reader;
  }

  private boolean shows(State state, Account reader) {
    return state == State.PUBLIC || (state == State.SECRET && owner == reader);
  }

  @Override
  public String toString() {
    return "board " + id + " of " + owner;
  }
}
