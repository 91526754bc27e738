// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.section;

import dev.corkboard.board.BoardAccess;
import dev.corkboard.board.RequestKey;
import dev.corkboard.board.v1.BatchGetSectionsRequest;
import dev.corkboard.board.v1.CreateSectionRequest;
import dev.corkboard.board.v1.DeleteSectionRequest;
import dev.corkboard.board.v1.Section;
import dev.corkboard.board.v1.UpdateSectionRequest;
import dev.corkboard.platform.check.Ids;
import dev.corkboard.platform.check.Violations;
import dev.corkboard.platform.server.Caller;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks requests and makes the writes they ask for. */
final class SectionRequests {
  static final int MAX_NAME = 180;
  static final int MAX_BATCH = 250;

  private static final RequestKey NO_REQUEST =
      new RequestKey(Optional.empty(), com.google.protobuf.ByteString.EMPTY);

  private SectionRequests() {}

  static SectionWrite create(Caller caller, CreateSectionRequest request, long id) {
    String name = request.getSection().getName().strip();
    Violations violations =
        new Violations()
            .id("section.board_id", request.getSection().getBoardId())
            .requestId(request.getRequestId());
    checkName(violations, name);
    violations.throwIfAny();
    RequestKey key =
        RequestKey.of(
            request.getRequestId(),
            caller.accountId(),
            request.toBuilder().clearRequestId().build());
    return new SectionWrite(caller, board(request.getSection().getBoardId()), id, name, "", key);
  }

  static SectionWrite update(Caller caller, UpdateSectionRequest request) {
    Section asked = request.getSection();
    Violations violations =
        new Violations()
            .id("section.board_id", asked.getBoardId())
            .id("section.id", asked.getId())
            .requestId(request.getRequestId());
    String name = "";
    for (String path : paths(request)) {
      if (path.equals("name") || path.equals("*")) {
        name = asked.getName().strip();
        checkName(violations, name);
      } else {
        violations.add("update_mask", "may name name or *, got '" + Violations.clip(path) + "'");
      }
    }
    violations.throwIfAny();
    RequestKey key =
        RequestKey.of(
            request.getRequestId(),
            caller.accountId(),
            request.toBuilder().clearRequestId().build());
    return new SectionWrite(
        caller, board(asked.getBoardId()), section(asked.getId()), name, asked.getEtag(), key);
  }

  /** What an update changes: the mask, or the name when there is none and it is given. */
  private static Set<String> paths(UpdateSectionRequest request) {
    Set<String> paths = new LinkedHashSet<>(request.getUpdateMask().getPathsList());
    if (!request.hasUpdateMask() && !request.getSection().getName().isEmpty()) paths.add("name");
    return paths;
  }

  private static void checkName(Violations violations, String name) {
    violations.required("section.name", name).text("section.name", name, MAX_NAME);
  }

  static SectionWrite delete(Caller caller, DeleteSectionRequest request) {
    new Violations()
        .id("board_id", request.getBoardId())
        .id("section_id", request.getSectionId())
        .throwIfAny();
    return new SectionWrite(
        caller,
        board(request.getBoardId()),
        section(request.getSectionId()),
        "",
        request.getEtag(),
        NO_REQUEST);
  }

  /** The sections asked for, by board; ids that nothing can have are left out. */
  static Map<Long, Set<Long>> batch(BatchGetSectionsRequest request) {
    List<BatchGetSectionsRequest.Ref> refs = request.getRefsList();
    Violations violations = new Violations();
    if (refs.size() > MAX_BATCH) {
      violations.add("refs", "must be at most " + MAX_BATCH + ", got " + refs.size());
      violations.throwIfAny();
    }
    Map<Long, Set<Long>> byBoard = new LinkedHashMap<>();
    for (BatchGetSectionsRequest.Ref ref : refs) {
      violations.id("refs.board_id", ref.getBoardId()).id("refs.section_id", ref.getSectionId());
      Ids.parse(ref.getBoardId())
          .ifPresent(
              board ->
                  Ids.parse(ref.getSectionId())
                      .ifPresent(
                          section ->
                              byBoard
                                  .computeIfAbsent(board, id -> new LinkedHashSet<>())
                                  .add(section)));
    }
    violations.throwIfAny();
    return byBoard;
  }

  private static long board(String id) {
    return Ids.parse(id).orElseThrow(() -> BoardAccess.notFound(id));
  }

  private static long section(String id) {
    return Ids.parse(id).orElseThrow(() -> SectionRules.notFound(id));
  }
}
