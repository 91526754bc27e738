// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Everything the load made, as it must be. */
final class World {
  private final List<Account> accounts = new ArrayList<>();
  private final Ranked<Board> boards = new Ranked<>();
  private final Ranked<Pin> pins = new Ranked<>();
  private final Ranked<Collage> collages = new Ranked<>();
  private final Map<String, Pin> pinsById = new ConcurrentHashMap<>();
  private final Map<String, Board> boardsById = new ConcurrentHashMap<>();
  private final Map<String, Set<Pin>> pinsByKey = new ConcurrentHashMap<>();
  private final Set<Pin> unnamed = ConcurrentHashMap.newKeySet();
  private final Set<Board> unnamedBoards = ConcurrentHashMap.newKeySet();
  private final Map<String, String> sighted = new ConcurrentHashMap<>();
  private final AtomicInteger numbers = new AtomicInteger();

  List<Account> accounts() {
    return accounts;
  }

  Ranked<Board> boards() {
    return boards;
  }

  Ranked<Pin> pins() {
    return pins;
  }

  Ranked<Collage> collages() {
    return collages;
  }

  int nextNumber() {
    return numbers.incrementAndGet();
  }

  Board board(String id) {
    return boardsById.get(id);
  }

  Optional<Pin> pin(String id) {
    return Optional.ofNullable(pinsById.get(id));
  }

  /** Pins of one key, whoever has them. */
  Set<Pin> pinsOf(String key) {
    return pinsByKey.getOrDefault(key, Set.of());
  }

  /** Pins that may be there, and whose id no answer told yet. */
  Set<Pin> unnamed() {
    return unnamed;
  }

  Set<Board> unnamedBoards() {
    return unnamedBoards;
  }

  /** A Pin is about to be made. */
  void begin(Pin pin) {
    unnamed.add(pin);
    pinsByKey.computeIfAbsent(pin.key(), any -> ConcurrentHashMap.newKeySet()).add(pin);
  }

  /** It was made, under this id. */
  void named(Pin pin, Board board, String id) {
    pin.id(id);
    pinsById.put(id, pin);
    board.pins().put(pin.number(), pin);
    pin.owner().pins().put(pin.number(), pin);
    unnamed.remove(pin);
    pins.add(pin);
  }

  void begin(Board board) {
    unnamedBoards.add(board);
  }

  void named(Board board, String id) {
    board.id(id);
    boardsById.put(id, board);
    boards.add(board);
    unnamedBoards.remove(board);
  }

  /** An id was shown that no answer to a write told yet; one must. */
  void sighted(String id, String where) {
    sighted.put(id, where);
  }

  /** Ids that were shown, with where, and that no write is known to have made. */
  Map<String, String> ghosts() {
    Map<String, String> ghosts = new ConcurrentHashMap<>(sighted);
    ghosts.keySet().removeAll(pinsById.keySet());
    return ghosts;
  }
}
