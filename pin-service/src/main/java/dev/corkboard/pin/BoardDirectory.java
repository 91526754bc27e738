// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import dev.corkboard.board.v1.BatchGetBoardsRequest;
import dev.corkboard.board.v1.BatchGetSectionsRequest;
import dev.corkboard.board.v1.BatchGetSectionsRequest.Ref;
import dev.corkboard.board.v1.Board;
import dev.corkboard.board.v1.BoardServiceGrpc;
import dev.corkboard.board.v1.BoardServiceGrpc.BoardServiceFutureStub;
import dev.corkboard.board.v1.ListPlacementsRequest;
import dev.corkboard.board.v1.ListPlacementsResponse;
import dev.corkboard.board.v1.PlacementServiceGrpc;
import dev.corkboard.board.v1.PlacementServiceGrpc.PlacementServiceFutureStub;
import dev.corkboard.board.v1.Privacy;
import dev.corkboard.board.v1.Section;
import dev.corkboard.board.v1.SectionServiceGrpc;
import dev.corkboard.board.v1.SectionServiceGrpc.SectionServiceFutureStub;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.pin.v1.Pin;
import dev.corkboard.platform.check.Ids;
import dev.corkboard.platform.client.Bearer;
import dev.corkboard.platform.client.Futures;
import dev.corkboard.platform.client.ServiceTokens;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.server.Caller;
import io.grpc.CallCredentials;
import io.grpc.Channel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * What a caller sees of boards, asked of board-service in the caller's own name each time: nothing
 * is remembered here, so a board that is deleted or made secret hides its Pins at once.
 */
final class BoardDirectory {
  /** The most boards one call may ask for; board-service's limit. */
  private static final int BATCH = 250;

  /** board-service's name. */
  private static final String AUDIENCE = "board";

  private final BoardServiceFutureStub boards;
  private final PlacementServiceFutureStub placements;
  private final SectionServiceFutureStub sections;

  private final ServiceTokens tokens;

  BoardDirectory(Channel channel, ServiceTokens tokens) {
    this.tokens = tokens;
    this.boards = BoardServiceGrpc.newFutureStub(channel);
    this.placements = PlacementServiceGrpc.newFutureStub(channel);
    this.sections = SectionServiceGrpc.newFutureStub(channel);
  }

  /** The caller's own token; for a service that acts for an account, one of ours that does too. */
  private CallCredentials as(Caller caller) {
    return caller.service().isEmpty()
        ? Bearer.forward(caller)
        : tokens.credentials(AUDIENCE, caller);
  }

  /** Those of the boards whose Pins the caller may see, by id. */
  CompletionStage<Map<String, Board>> visible(Caller caller, Collection<String> boardIds) {
    List<String> ids = boardIds.stream().distinct().toList();
    List<CompletableFuture<List<Board>>> batches = new ArrayList<>();
    for (int from = 0; from < ids.size(); from += BATCH) {
      List<String> batch = ids.subList(from, Math.min(from + BATCH, ids.size()));
      batches.add(batch(caller, batch).toCompletableFuture());
    }
    return CompletableFuture.allOf(batches.toArray(CompletableFuture[]::new))
        .thenApply(
            all -> {
              Map<String, Board> visible = new HashMap<>();
              for (CompletableFuture<List<Board>> batch : batches) {
                for (Board board : batch.join()) {
                  if (showsPins(caller, board)) visible.put(board.getId(), board);
                }
              }
              return visible;
            });
  }

  private CompletionStage<List<Board>> batch(Caller caller, List<String> ids) {
    BatchGetBoardsRequest request = BatchGetBoardsRequest.newBuilder().addAllBoardIds(ids).build();
    return Futures.toStage(boards.withCallCredentials(as(caller)).batchGetBoards(request))
        .thenApply(answer -> answer.getBoardsList());
  }

  CompletionStage<Optional<Board>> visible(Caller caller, String boardId) {
    return visible(caller, Set.of(boardId))
        .thenApply(visible -> Optional.ofNullable(visible.get(boardId)));
  }

  private static boolean showsPins(Caller caller, Board board) {
    return board.getPrivacy() != Privacy.PRIVACY_SECRET || caller.hasScope("pins:read_secret");
  }

  /**
   * A board the caller may try to put a Pin on. BOARD_NOT_FOUND when it is not visible,
   * PERMISSION_DENIED when nobody but its owner may edit it and the caller is not its owner;
   * whether a member may edit, board-service says when the Pin is placed.
   */
  CompletionStage<Board> writable(Caller caller, String boardId) {
    return visible(caller, boardId)
        .thenApply(
            board -> {
              Board found =
                  board.orElseThrow(
                      () ->
                          ApiException.notFound(
                              ErrorReason.ERROR_REASON_BOARD_NOT_FOUND, "board_id", boardId));
              requireWriteScopes(caller, found);
              if (!found.getOwnerId().equals(caller.accountId())
                  && found.getCollaboratorCount() == 0) {
                throw ApiException.permissionDenied(
                    "Only the owner of the board may put Pins on it.");
              }
              return found;
            });
  }

  /**
   * Fails with SECTION_NOT_FOUND for an id that names nothing there can be, before anything is
   * written that holds it; whether any other names a section of the board, board-service says.
   */
  static void requirePossibleSection(String sectionId) {
    if (!sectionId.isEmpty() && Ids.parse(sectionId).isEmpty()) {
      throw ApiException.notFound(
          ErrorReason.ERROR_REASON_SECTION_NOT_FOUND, "section_id", sectionId);
    }
  }

  /** Fails with INSUFFICIENT_SCOPE unless the caller may change Pins on such a board. */
  static void requireWriteScopes(Caller caller, Board board) {
    if (board.getPrivacy() != Privacy.PRIVACY_SECRET) return;
    List<String> missing =
        Stream.of("boards:write_secret", "pins:write_secret")
            .filter(scope -> !caller.hasScope(scope))
            .toList();
    if (!missing.isEmpty()) throw ApiException.missingScopes(missing);
  }

  /** A page of what stands on a board, in the board's order, as the caller may see it. */
  CompletionStage<ListPlacementsResponse> placements(Caller caller, ListPlacementsRequest request) {
    return Futures.toStage(placements.withCallCredentials(as(caller)).listPlacements(request));
  }

  /**
   * The Pins without sections that were deleted: a Pin's own row still names its section then, and
   * board-service alone knows which there are.
   */
  CompletionStage<List<Pin>> inLiveSections(Caller caller, List<Pin> pins) {
    List<Ref> refs =
        pins.stream()
            .filter(pin -> !pin.getSectionId().isEmpty())
            .map(BoardDirectory::ref)
            .distinct()
            .toList();
    if (refs.isEmpty()) return CompletableFuture.completedStage(pins);
    return Futures.toStage(
            sections
                .withCallCredentials(as(caller))
                .batchGetSections(BatchGetSectionsRequest.newBuilder().addAllRefs(refs).build()))
        .thenApply(
            answer -> {
              Set<Ref> live = new HashSet<>();
              for (Section section : answer.getSectionsList()) {
                live.add(
                    Ref.newBuilder()
                        .setBoardId(section.getBoardId())
                        .setSectionId(section.getId())
                        .build());
              }
              return pins.stream()
                  .map(pin -> live.contains(ref(pin)) ? pin : withoutSection(pin))
                  .toList();
            });
  }

  private static Ref ref(Pin pin) {
    return Ref.newBuilder().setBoardId(pin.getBoardId()).setSectionId(pin.getSectionId()).build();
  }

  private static Pin withoutSection(Pin pin) {
    return pin.toBuilder().clearSectionId().build();
  }
}
