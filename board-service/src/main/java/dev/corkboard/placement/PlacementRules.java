// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.placement;

import dev.corkboard.board.BoardAccess;
import dev.corkboard.board.v1.Placement;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.check.Times;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.section.SectionRules;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides about changes of placements: refuses by throwing, answers when there is nothing to do, or
 * returns empty when the change is to be made. A repeat is answered before rights are looked at:
 * what was done stays done, and its request is known to be the same actor's.
 */
final class PlacementRules {
  /** The most Pins a board may hold. */
  static final int MAX_PINS = 200_000;

  private PlacementRules() {}

  static Optional<Placement> place(PlacementWrite write, PlacementFacts facts) {
    requireLive(write, facts);
    Optional<Placement> repeat = repeat(write, facts);
    if (repeat.isPresent()) return repeat;
    requireEdits(write, facts);
    if (facts.standing().isPresent()) return facts.standing();
    requireSection(write, facts);
    if (facts.pinCount() >= MAX_PINS) {
      throw ApiException.exhausted(
          ErrorReason.ERROR_REASON_BOARD_FULL,
          "board_id",
          Long.toString(write.boardId()),
          "A board may hold at most " + MAX_PINS + " Pins.");
    }
    return Optional.empty();
  }

  static Optional<Placement> update(PlacementWrite write, PlacementFacts facts) {
    requireLive(write, facts);
    Optional<Placement> repeat = repeat(write, facts);
    if (repeat.isPresent()) return repeat;
    requireEdits(write, facts);
    Placement standing = facts.standing().orElseThrow(() -> pinNotFound(write.pinId()));
    requireSection(write, facts);
    return moved(write, standing).equals(standing) ? Optional.of(standing) : Optional.empty();
  }

  /** Whether the Pin is to be taken off; false when the state asked for holds. */
  static boolean remove(PlacementWrite write, PlacementFacts facts) {
    if (!facts.live()) return false;
    if (repeat(write, facts).isPresent()) return false;
    if (write.ownsPin()) {
      if (facts.standing().isEmpty()) return false;
      BoardAccess.requirePinsSecret(write.caller(), facts.privacy());
      return true;
    }
    if (facts.standing().isEmpty()) return false;
    // Not NOT_FOUND, which would read as if the Pin were off the board; only services hear this.
    if (!BoardAccess.sees(write.caller(), facts.privacy(), facts.role())) {
      throw ApiException.permissionDenied("The actor may not edit the board.");
    }
    requireEdits(write, facts);
    return true;
  }

  /** The placement a write makes. */
  static Placement placement(PlacementWrite write, Instant at) {
    return Placement.newBuilder()
        .setBoardId(Long.toString(write.boardId()))
        .setPinId(Long.toString(write.pinId()))
        .setSectionId(sectionId(write))
        .setCoverAssetKey(write.cover())
        .setActorId(write.caller().accountId())
        .setPlaceTime(Times.toProto(at))
        .build();
  }

  /** The placement a change of section or picture makes of the one that stands. */
  static Placement moved(PlacementWrite write, Placement standing) {
    Placement.Builder moved = standing.toBuilder().setSectionId(sectionId(write));
    if (!write.cover().isEmpty()) moved.setCoverAssetKey(write.cover());
    return moved.build();
  }

  static String sectionId(PlacementWrite write) {
    return write.sectionId() == 0 ? "" : Long.toString(write.sectionId());
  }

  static ApiException pinNotFound(long pinId) {
    return ApiException.notFound(
        ErrorReason.ERROR_REASON_PIN_NOT_FOUND, "pin_id", Long.toString(pinId));
  }

  private static Optional<Placement> repeat(PlacementWrite write, PlacementFacts facts) {
    facts.seen().ifPresent(seen -> write.request().requireSame(seen.digest()));
    return facts.seen().map(seen -> facts.standing().orElseGet(() -> placement(write, seen.at())));
  }

  private static void requireLive(PlacementWrite write, PlacementFacts facts) {
    if (!facts.live()) throw BoardAccess.notFound(Long.toString(write.boardId()));
  }

  private static void requireEdits(PlacementWrite write, PlacementFacts facts) {
    BoardAccess.requireEdits(
        write.caller(), Long.toString(write.boardId()), facts.privacy(), facts.role());
  }

  private static void requireSection(PlacementWrite write, PlacementFacts facts) {
    if (write.sectionId() != 0 && !facts.sectionThere()) {
      throw SectionRules.notFound(sectionId(write));
    }
  }
}
