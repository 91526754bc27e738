// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.placement;

import com.google.protobuf.MessageLite;
import dev.corkboard.board.BoardAccess;
import dev.corkboard.board.RequestKey;
import dev.corkboard.board.v1.PlacePinRequest;
import dev.corkboard.board.v1.RemovePinRequest;
import dev.corkboard.board.v1.UpdatePlacementRequest;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.check.Ids;
import dev.corkboard.platform.check.Violations;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.server.Caller;
import dev.corkboard.section.SectionRules;

/** Checks requests and makes the writes they ask for. */
final class PlacementRequests {
  /** Longer than any asset key is. */
  static final int MAX_COVER = 200;

  private PlacementRequests() {}

  static PlacementWrite place(Caller caller, PlacePinRequest request) {
    Violations violations = ids(request.getBoardId(), request.getPinId(), request.getRequestId());
    violations.optionalId("section_id", request.getSectionId());
    violations.text("cover_asset_key", request.getCoverAssetKey(), MAX_COVER);
    violations.throwIfAny();
    return new PlacementWrite(
        caller,
        board(request.getBoardId()),
        pin(request.getPinId()),
        section(request.getSectionId()),
        request.getCoverAssetKey(),
        false,
        key(caller, request.getRequestId(), request.toBuilder().clearRequestId().build()));
  }

  static PlacementWrite update(Caller caller, UpdatePlacementRequest request) {
    Violations violations = ids(request.getBoardId(), request.getPinId(), request.getRequestId());
    violations.optionalId("section_id", request.getSectionId());
    violations.text("cover_asset_key", request.getCoverAssetKey(), MAX_COVER);
    violations.throwIfAny();
    return new PlacementWrite(
        caller,
        board(request.getBoardId()),
        pin(request.getPinId()),
        section(request.getSectionId()),
        request.getCoverAssetKey(),
        false,
        key(caller, request.getRequestId(), request.toBuilder().clearRequestId().build()));
  }

  /** Ids beyond what can exist become 0, which names nothing: that is no error here. */
  static PlacementWrite remove(Caller caller, RemovePinRequest request) {
    ids(request.getBoardId(), request.getPinId(), request.getRequestId()).throwIfAny();
    return new PlacementWrite(
        caller,
        Ids.parse(request.getBoardId()).orElse(0),
        Ids.parse(request.getPinId()).orElse(0),
        0,
        "",
        request.getActorOwnsPin(),
        key(caller, request.getRequestId(), request.toBuilder().clearRequestId().build()));
  }

  private static Violations ids(String boardId, String pinId, String requestId) {
    return new Violations()
        .id("board_id", boardId)
        .id("pin_id", pinId)
        .required("request_id", requestId)
        .requestId(requestId);
  }

  private static RequestKey key(Caller caller, String requestId, MessageLite request) {
    return RequestKey.of(requestId, caller.accountId(), request);
  }

  /** The number of a checked board id; fails with BOARD_NOT_FOUND when there can be none. */
  static long board(String id) {
    return Ids.parse(id).orElseThrow(() -> BoardAccess.notFound(id));
  }

  private static long pin(String id) {
    return Ids.parse(id)
        .orElseThrow(
            () -> ApiException.notFound(ErrorReason.ERROR_REASON_PIN_NOT_FOUND, "pin_id", id));
  }

  /** The number of a checked section id, 0 for none; fails when there can be none. */
  static long section(String id) {
    if (id.isEmpty()) return 0;
    return Ids.parse(id).orElseThrow(() -> SectionRules.notFound(id));
  }
}
