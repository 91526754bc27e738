// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.corkboard.board.v1.ListPlacementsRequest;
import dev.corkboard.board.v1.ListPlacementsResponse;
import dev.corkboard.board.v1.Privacy;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.pin.PinAccess.Seen;
import dev.corkboard.pin.store.v1.BoardPinPage;
import dev.corkboard.pin.v1.ListBoardPinsRequest;
import dev.corkboard.pin.v1.ListBoardPinsResponse;
import dev.corkboard.pin.v1.Pin;
import dev.corkboard.platform.check.Ids;
import dev.corkboard.platform.check.Violations;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.page.PageTokens;
import dev.corkboard.platform.server.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Lists the Pins of a board in board-service's order. A placement whose Pin is not live, or names
 * another board, belongs to an operation in progress and is passed over; the page is filled from
 * what follows.
 */
final class BoardPinLists {
  private static final String NAME = "board-pins";

  /** Placements read at a time when a filter lets only some through; board-service's limit. */
  private static final int CHUNK = 250;

  private final PinStore pins;
  private final BoardDirectory boards;
  private final PageTokens tokens;

  BoardPinLists(PinStore pins, BoardDirectory boards, PageTokens tokens) {
    this.pins = pins;
    this.boards = boards;
    this.tokens = tokens;
  }

  CompletionStage<ListBoardPinsResponse> list(Caller caller, ListBoardPinsRequest request) {
    Violations violations = new Violations().pageSize(request.getPageSize());
    PinLists.checkTypes(violations, request.getCreativeTypesList());
    violations.optionalId("section_id", request.getSectionId());
    if (request.getPageToken().isEmpty()) {
      violations.id("board_id", request.getBoardId());
    } else {
      violations.optionalId("board_id", request.getBoardId());
    }
    violations.throwIfAny();
    BoardPinPage from =
        request.getPageToken().isEmpty()
            ? BoardPinPage.newBuilder().setRequest(request).build()
            : open(caller, request);
    String boardId = from.getRequest().getBoardId();
    if (Ids.parse(boardId).isEmpty()) throw notFound(boardId);
    return new Walk(caller, from.getRequest()).fill(from.getBoardToken()).thenApply(Walk::answer);
  }

  private static ApiException notFound(String boardId) {
    return ApiException.notFound(ErrorReason.ERROR_REASON_BOARD_NOT_FOUND, "board_id", boardId);
  }

  private BoardPinPage open(Caller caller, ListBoardPinsRequest request) {
    BoardPinPage page;
    try {
      byte[] payload = tokens.open(request.getPageToken(), NAME, caller.accountId());
      page = BoardPinPage.parseFrom(payload);
    } catch (InvalidProtocolBufferException e) {
      throw ApiException.invalidPageToken();
    }
    ListBoardPinsRequest first = page.getRequest();
    boolean otherBoard =
        !request.getBoardId().isEmpty() && !request.getBoardId().equals(first.getBoardId());
    boolean otherTypes =
        request.getCreativeTypesCount() > 0
            && !Set.copyOf(request.getCreativeTypesList())
                .equals(Set.copyOf(first.getCreativeTypesList()));
    boolean otherSection =
        !request.getSectionId().isEmpty() && !request.getSectionId().equals(first.getSectionId());
    if (otherBoard || otherSection || otherTypes) throw ApiException.invalidPageToken();
    if (request.getPageSize() == 0) return page;
    return page.toBuilder()
        .setRequest(first.toBuilder().setPageSize(request.getPageSize()))
        .build();
  }

  /** One page in the making. */
  private final class Walk {
    private final Caller caller;
    private final ListBoardPinsRequest request;
    private final int size;
    private final List<Seen> found = new ArrayList<>();
    private String next = "";

    Walk(Caller caller, ListBoardPinsRequest request) {
      this.caller = caller;
      this.request = request;
      this.size = PinLists.pageSize(request.getPageSize());
    }

    CompletionStage<Walk> fill(String token) {
      int missing = size - found.size();
      return read(token, request.getCreativeTypesCount() == 0 ? missing : CHUNK)
          .thenCompose(
              done ->
                  done || found.size() == size
                      ? CompletableFuture.completedStage(this)
                      : fill(next));
    }

    /** Answers whether the board ends here. */
    private CompletionStage<Boolean> read(String token, int limit) {
      ListPlacementsRequest call =
          ListPlacementsRequest.newBuilder()
              .setBoardId(request.getBoardId())
              .setSectionId(request.getSectionId())
              .setPageSize(limit)
              .setPageToken(token)
              .build();
      return boards
          .placements(caller, call)
          .thenCompose(
              page -> {
                requireVisible(page);
                List<String> ids =
                    page.getPlacementsList().stream().map(placed -> placed.getPinId()).toList();
                return pins.getAll(ids).thenCompose(rows -> take(token, page, ids, rows));
              });
    }

    private void requireVisible(ListPlacementsResponse page) {
      if (page.getBoard().getPrivacy() == Privacy.PRIVACY_SECRET
          && !caller.hasScope("pins:read_secret")) {
        throw notFound(request.getBoardId());
      }
    }

    /**
     * Only board-service can name a position. When the page is full in the middle of a chunk, the
     * chunk is read again up to there.
     */
    private CompletionStage<Boolean> take(
        String token, ListPlacementsResponse page, List<String> ids, Map<String, Pin> rows) {
      List<Seen> matching = new ArrayList<>();
      for (int i = 0; i < ids.size(); i++) {
        Pin pin = rows.get(ids.get(i));
        if (pin == null || !matches(pin)) continue;
        String section = page.getPlacements(i).getSectionId();
        matching.add(new Seen(pin.toBuilder().setSectionId(section).build(), page.getBoard()));
        if (found.size() + matching.size() == size && i + 1 < ids.size()) {
          return read(token, i + 1);
        }
      }
      found.addAll(matching);
      next = page.getNextPageToken();
      return CompletableFuture.completedStage(next.isEmpty());
    }

    private boolean matches(Pin pin) {
      return pin.getBoardId().equals(request.getBoardId())
          && (request.getCreativeTypesCount() == 0
              || request.getCreativeTypesList().contains(pin.getCreativeType()));
    }

    ListBoardPinsResponse answer() {
      ListBoardPinsResponse.Builder answer = ListBoardPinsResponse.newBuilder();
      found.stream().map(Seen::answer).forEach(answer::addPins);
      if (!next.isEmpty()) {
        BoardPinPage position =
            BoardPinPage.newBuilder()
                .setRequest(request.toBuilder().clearPageToken())
                .setBoardToken(next)
                .build();
        answer.setNextPageToken(
            tokens.seal(NAME, caller.accountId(), position.toByteArray(), PinLists.TOKEN_LIFE));
      }
      return answer.build();
    }
  }
}
