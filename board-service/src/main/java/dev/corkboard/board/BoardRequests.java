// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.board;

import dev.corkboard.board.v1.Board;
import dev.corkboard.board.v1.CreateBoardRequest;
import dev.corkboard.board.v1.ListBoardsRequest;
import dev.corkboard.board.v1.Privacy;
import dev.corkboard.board.v1.UpdateBoardRequest;
import dev.corkboard.platform.check.Times;
import dev.corkboard.platform.check.Violations;
import dev.corkboard.platform.error.ApiException;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Checks requests and makes the boards they ask for. */
final class BoardRequests {
  static final int MAX_NAME = 180;
  static final int MAX_DESCRIPTION = 2_000;
  static final int MAX_BATCH = 250;

  /** The name of every board for advertisements. */
  static final int MAX_QUERY = 500;

  static final String ADS_ONLY_NAME = "Ad-only Pins";

  private static final String NAME = "name";
  private static final String DESCRIPTION = "description";
  private static final String PRIVACY = "privacy";
  private static final List<String> PATHS = List.of(NAME, DESCRIPTION, PRIVACY);

  private BoardRequests() {}

  /** The board a checked request asks for. */
  static Board create(CreateBoardRequest request, long id, String ownerId, Instant now) {
    Board asked = request.getBoard();
    Violations violations = new Violations().requestId(request.getRequestId());
    String name = asked.getAdsOnly() ? ADS_ONLY_NAME : asked.getName().strip();
    checkName(violations, name);
    violations.text("board.description", asked.getDescription(), MAX_DESCRIPTION);
    checkKnown(violations, "board.privacy", asked.getPrivacy());
    violations.throwIfAny();
    Privacy privacy = asked.getAdsOnly() ? Privacy.PRIVACY_PROTECTED : asked.getPrivacy();
    return Board.newBuilder()
        .setId(Long.toString(id))
        .setOwnerId(ownerId)
        .setName(name)
        .setDescription(asked.getDescription())
        .setPrivacy(privacy == Privacy.PRIVACY_UNSPECIFIED ? Privacy.PRIVACY_PUBLIC : privacy)
        .setAdsOnly(asked.getAdsOnly())
        .setCreateTime(Times.toProto(now))
        .setPinsModifyTime(Times.toProto(now))
        .setEtag("1")
        .build();
  }

  private static void checkName(Violations violations, String name) {
    violations.text("board.name", name, MAX_NAME);
    if (Slug.of(name).isEmpty()) violations.add("board.name", "is required");
  }

  private static void checkKnown(Violations violations, String field, Privacy privacy) {
    if (privacy == Privacy.UNRECOGNIZED) violations.add(field, "must be a known privacy");
  }

  /** What an update changes: the mask, or every populated field when there is none. */
  static Set<String> paths(UpdateBoardRequest request) {
    Board board = request.getBoard();
    Set<String> paths = new LinkedHashSet<>(request.getUpdateMask().getPathsList());
    if (!request.hasUpdateMask()) {
      if (!board.getName().isEmpty()) paths.add(NAME);
      if (!board.getDescription().isEmpty()) paths.add(DESCRIPTION);
      if (board.getPrivacy() != Privacy.PRIVACY_UNSPECIFIED) paths.add(PRIVACY);
    }
    if (paths.remove("*")) paths.addAll(PATHS);
    return paths;
  }

  /** Checks what can be checked without the board as it is. */
  static void checkUpdate(UpdateBoardRequest request) {
    Violations violations =
        new Violations()
            .id("board.id", request.getBoard().getId())
            .requestId(request.getRequestId());
    Board board = request.getBoard();
    for (String path : paths(request)) {
      switch (path) {
        case NAME -> checkName(violations, board.getName().strip());
        case DESCRIPTION ->
            violations.text("board.description", board.getDescription(), MAX_DESCRIPTION);
        case PRIVACY -> {
          checkKnown(violations, "board.privacy", board.getPrivacy());
          if (board.getPrivacy() == Privacy.PRIVACY_UNSPECIFIED) {
            violations.add("board.privacy", "is required when the update mask names it");
          }
        }
        default ->
            violations.add(
                "update_mask",
                "may name "
                    + String.join(", ", PATHS)
                    + " or *, got '"
                    + Violations.clip(path)
                    + "'");
      }
    }
    violations.throwIfAny();
  }

  /** Whether the update may hide the board from somebody. */
  static boolean narrows(UpdateBoardRequest request) {
    return paths(request).contains(PRIVACY)
        && request.getBoard().getPrivacy() == Privacy.PRIVACY_SECRET;
  }

  /** The board after a checked update; fails when it cannot be this board's. */
  static Board update(UpdateBoardRequest request, Board current) {
    Board asked = request.getBoard();
    Set<String> paths = paths(request);
    Board.Builder next = current.toBuilder();
    if (paths.contains(NAME)) next.setName(asked.getName().strip());
    if (paths.contains(DESCRIPTION)) next.setDescription(asked.getDescription());
    if (paths.contains(PRIVACY)) next.setPrivacy(asked.getPrivacy());
    boolean reprivatised = next.getPrivacy() != current.getPrivacy();
    if (reprivatised && next.getPrivacy() == Privacy.PRIVACY_PROTECTED) {
      throw ApiException.invalid(
          "board.privacy", "board.privacy: must be public or secret, got protected");
    }
    if (current.getAdsOnly() && (reprivatised || !next.getName().equals(current.getName()))) {
      throw ApiException.invalid(
          reprivatised ? "board.privacy" : "board.name",
          "An ads-only board keeps its name and privacy.");
    }
    return next.build();
  }

  /** Checks ids of a batch and drops repeats. */
  static Set<String> batch(Collection<String> ids) {
    Violations violations = new Violations();
    if (ids.size() > MAX_BATCH) {
      violations.add("board_ids", "must be at most " + MAX_BATCH + ", got " + ids.size());
    }
    violations.throwIfAny();
    for (String id : ids) violations.id("board_ids", id);
    violations.throwIfAny();
    return new LinkedHashSet<>(ids);
  }

  /** The privacies a listing is to show; empty means all. */
  static Set<Privacy> filter(ListBoardsRequest request) {
    Violations violations =
        new Violations()
            .pageSize(request.getPageSize())
            .text("query", request.getQuery(), MAX_QUERY);
    EnumSet<Privacy> filter = EnumSet.noneOf(Privacy.class);
    for (Privacy privacy : request.getPrivacyFilterList()) {
      checkKnown(violations, "privacy_filter", privacy);
      if (privacy == Privacy.PRIVACY_UNSPECIFIED) {
        violations.add("privacy_filter", "must not hold an unspecified privacy");
      }
      filter.add(privacy);
    }
    violations.throwIfAny();
    return filter;
  }
}
