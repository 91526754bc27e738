// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.placement;

import com.google.protobuf.ByteString;
import dev.corkboard.board.BoardAccess;
import dev.corkboard.board.BoardViews;
import dev.corkboard.board.v1.Board;
import dev.corkboard.board.v1.ListPlacementsRequest;
import dev.corkboard.board.v1.ListPlacementsResponse;
import dev.corkboard.board.v1.Placement;
import dev.corkboard.board.v1.Privacy;
import dev.corkboard.board.v1.ScanPlacementsRequest;
import dev.corkboard.board.v1.ScanPlacementsResponse;
import dev.corkboard.placement.PlacementPage.Position;
import dev.corkboard.platform.check.Violations;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.page.PageTokens;
import dev.corkboard.platform.page.Paging;
import dev.corkboard.platform.server.Caller;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Pages through boards. A token holds the board, the page size and the position. */
final class PlacementListing {
  private static final String LISTING = "placements";
  private static final String SCAN = "deleted-placements";

  private final PlacementStore placements;
  private final BoardViews boards;
  private final PageTokens tokens;

  /** Where a page goes on. */
  private record Place(long boardId, long sectionId, int pageSize, Position position) {
    byte[] toBytes() {
      return ByteBuffer.allocate(3 * Long.BYTES + Integer.BYTES + position.orderKey().size())
          .putLong(boardId)
          .putLong(sectionId)
          .putInt(pageSize)
          .putLong(position.pinId())
          .put(position.orderKey().asReadOnlyByteBuffer())
          .array();
    }

    static Place of(byte[] payload) {
      return Paging.read(
          payload,
          bytes -> {
            long boardId = bytes.getLong();
            long sectionId = bytes.getLong();
            int pageSize = bytes.getInt();
            long pinId = bytes.getLong();
            return new Place(
                boardId, sectionId, pageSize, new Position(ByteString.copyFrom(bytes), pinId));
          });
    }
  }

  PlacementListing(PlacementStore placements, BoardViews boards, PageTokens tokens) {
    this.placements = placements;
    this.boards = boards;
    this.tokens = tokens;
  }

  CompletionStage<ListPlacementsResponse> list(Caller caller, ListPlacementsRequest request) {
    new Violations()
        .id("board_id", request.getBoardId())
        .optionalId("section_id", request.getSectionId())
        .pageSize(request.getPageSize())
        .throwIfAny();
    return boards
        .get(caller, request.getBoardId())
        .thenCompose(board -> list(caller, request, board));
  }

  private CompletionStage<ListPlacementsResponse> list(
      Caller caller, ListPlacementsRequest request, Board board) {
    if (board.getPrivacy() == Privacy.PRIVACY_SECRET) {
      caller.requireScope(BoardAccess.PINS_READ_SECRET);
    }
    long boardId = Long.parseLong(board.getId());
    long sectionId = PlacementRequests.section(request.getSectionId());
    Place first = new Place(boardId, sectionId, Paging.DEFAULT_SIZE, Position.START);
    Place from = place(request.getPageToken(), LISTING, caller.accountId(), first);
    int size = Paging.size(request.getPageSize(), from.pageSize(), Paging.MAX_SIZE);
    return page(from, size)
        .thenApply(
            page -> {
              ListPlacementsResponse.Builder response =
                  ListPlacementsResponse.newBuilder()
                      .addAllPlacements(page.placements())
                      .setBoard(board);
              page.next()
                  .map(position -> new Place(boardId, sectionId, size, position))
                  .ifPresent(
                      next ->
                          response.setNextPageToken(
                              tokens.seal(
                                  LISTING, caller.accountId(), next.toBytes(), Paging.LIFE)));
              return response.build();
            });
  }

  private CompletionStage<PlacementPage> page(Place from, int size) {
    return from.sectionId() == 0
        ? placements.page(from.boardId(), from.position(), size)
        : placements.page(from.boardId(), from.sectionId(), from.position(), size);
  }

  private Place place(String token, String listing, String accountId, Place first) {
    if (token.isEmpty()) return first;
    Place place = Place.of(tokens.open(token, listing, accountId));
    if (place.boardId() != first.boardId() || place.sectionId() != first.sectionId()) {
      throw ApiException.invalidPageToken();
    }
    return place;
  }

  CompletionStage<ScanPlacementsResponse> scan(ScanPlacementsRequest request) {
    new Violations()
        .id("board_id", request.getBoardId())
        .pageSize(request.getPageSize())
        .throwIfAny();
    long boardId = PlacementRequests.board(request.getBoardId());
    // Whose page it is does not matter: every service that may call sees all of a board.
    Place first = new Place(boardId, 0, Paging.DEFAULT_SCAN, Position.START);
    Place from = place(request.getPageToken(), SCAN, "", first);
    int size = Paging.size(request.getPageSize(), from.pageSize(), Paging.MAX_SCAN);
    return placements
        .scan(boardId, from.position().pinId(), size + 1, request.getDeletedOnly())
        .thenApply(found -> scannedPage(boardId, size, found));
  }

  private ScanPlacementsResponse scannedPage(long boardId, int size, List<Placement> found) {
    ScanPlacementsResponse.Builder response = ScanPlacementsResponse.newBuilder();
    if (found.size() <= size) return response.addAllPlacements(found).build();
    long last = Long.parseLong(found.get(size - 1).getPinId());
    Place next = new Place(boardId, 0, size, new Position(ByteString.EMPTY, last));
    return response
        .addAllPlacements(found.subList(0, size))
        .setNextPageToken(tokens.seal(SCAN, "", next.toBytes(), Paging.SCAN_LIFE))
        .build();
  }
}
