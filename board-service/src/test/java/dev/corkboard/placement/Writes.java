// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.placement;

import dev.corkboard.board.Fixtures;
import dev.corkboard.board.v1.Board;
import dev.corkboard.board.v1.PlacePinRequest;
import dev.corkboard.board.v1.RemovePinRequest;
import dev.corkboard.board.v1.UpdatePlacementRequest;
import dev.corkboard.platform.server.Caller;
import java.util.UUID;

/** Writes of placements as requests make them. */
final class Writes {
  private Writes() {}

  static PlacementWrite place(Caller caller, Board board, long pin) {
    return place(caller, board, pin, "cover-" + pin);
  }

  static PlacementWrite place(Caller caller, Board board, long pin, String cover) {
    return place(caller, board, pin, cover, UUID.randomUUID());
  }

  static PlacementWrite place(Caller caller, Board board, long pin, String cover, UUID requestId) {
    return PlacementRequests.place(
        caller,
        PlacePinRequest.newBuilder()
            .setBoardId(board.getId())
            .setPinId(Long.toString(pin))
            .setCoverAssetKey(cover)
            .setRequestId(requestId.toString())
            .build());
  }

  static PlacementWrite remove(Caller caller, Board board, long pin, boolean owns) {
    return PlacementRequests.remove(
        caller,
        RemovePinRequest.newBuilder()
            .setBoardId(board.getId())
            .setPinId(Long.toString(pin))
            .setActorOwnsPin(owns)
            .setRequestId(UUID.randomUUID().toString())
            .build());
  }

  static PlacementWrite section(Caller caller, Board board, long pin, long section) {
    return PlacementRequests.update(
        caller,
        UpdatePlacementRequest.newBuilder()
            .setBoardId(board.getId())
            .setPinId(Long.toString(pin))
            .setSectionId(section == 0 ? "" : Long.toString(section))
            .setRequestId(UUID.randomUUID().toString())
            .build());
  }

  static PlacementWrite picture(Caller caller, Board board, long pin, long section, String cover) {
    return PlacementRequests.update(
        caller,
        UpdatePlacementRequest.newBuilder()
            .setBoardId(board.getId())
            .setPinId(Long.toString(pin))
            .setSectionId(section == 0 ? "" : Long.toString(section))
            .setCoverAssetKey(cover)
            .setRequestId(UUID.randomUUID().toString())
            .build());
  }

  /** Places one by one; the board's owner does it. */
  static void placeAll(PlacementStore store, Board board, Iterable<Long> pins) {
    Caller owner = Fixtures.caller(Long.parseLong(board.getOwnerId()));
    for (long pin : pins) Fixtures.await(store.place(place(owner, board, pin)));
  }
}
