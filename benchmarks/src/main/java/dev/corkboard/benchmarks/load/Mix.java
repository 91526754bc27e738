// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.load;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

/** Chooses operations, by their shares and what the world has for them. */
final class Mix {
  private final Map<Kind, Function<Random, Optional<Call>>> makers = new EnumMap<>(Kind.class);
  private final int emphasis;
  private final Random random;
  private final int all;

  /**
   * The operations of these.
   *
   * @param emphasis by how much the shares of all but pages of boards and single Pins are
   *     multiplied
   */
  Mix(
      Reads reads,
      PinWrites pins,
      BoardWrites boards,
      CollageWrites collages,
      int emphasis,
      Random random) {
    this.emphasis = emphasis;
    this.random = random;
    makers.put(Kind.BOARD_PAGE, reads::boardPage);
    makers.put(Kind.GET_PIN, reads::pin);
    makers.put(Kind.GET_BOARD, reads::board);
    makers.put(Kind.LIST_BOARDS, reads::boards);
    makers.put(Kind.LIST_PINS, reads::pins);
    makers.put(Kind.SEARCH_PINS, reads::search);
    makers.put(Kind.SEARCH_BOARDS, reads::searchBoards);
    makers.put(Kind.ACCOUNT, reads::account);
    makers.put(Kind.SAVE_PIN, pins::save);
    makers.put(Kind.CREATE_PIN, pins::create);
    makers.put(Kind.UPDATE_PIN, pins::update);
    makers.put(Kind.MOVE_PIN, pins::move);
    makers.put(Kind.DELETE_PIN, pins::delete);
    makers.put(Kind.CHANGE_PRIVACY, boards::changePrivacy);
    makers.put(Kind.CREATE_BOARD, boards::create);
    makers.put(Kind.DELETE_BOARD, boards::delete);
    makers.put(Kind.GET_COLLAGE, reads::collage);
    makers.put(Kind.EDIT_COLLAGE, collages::edit);
    makers.put(Kind.RENDER_COLLAGE, reads::drawing);
    makers.put(Kind.PUBLISH_COLLAGE, collages::publish);
    makers.put(Kind.SET_MEMBER, collages::setMember);
    makers.put(Kind.REMOVE_MEMBER, collages::removeMember);
    all = makers.keySet().stream().mapToInt(this::share).sum();
  }

  private int share(Kind kind) {
    boolean frequent = kind == Kind.BOARD_PAGE || kind == Kind.GET_PIN;
    return frequent ? kind.share() : kind.share() * emphasis;
  }

  /** The next operation; a page of a board when there is nothing for the one that is due. */
  Call next() {
    int dice = random.nextInt(all);
    for (Map.Entry<Kind, Function<Random, Optional<Call>>> maker : makers.entrySet()) {
      dice -= share(maker.getKey());
      if (dice < 0) return maker.getValue().apply(random).orElseGet(this::page);
    }
    return page();
  }

  private Call page() {
    return makers.get(Kind.BOARD_PAGE).apply(random).orElseThrow();
  }
}
