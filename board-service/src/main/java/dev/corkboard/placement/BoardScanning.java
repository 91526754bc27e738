// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.placement;

import dev.corkboard.board.BoardScan;
import dev.corkboard.board.BoardStore;
import dev.corkboard.board.v1.ScanBoardsRequest;
import dev.corkboard.board.v1.ScanBoardsResponse;
import dev.corkboard.platform.check.Violations;
import dev.corkboard.platform.page.PageTokens;
import dev.corkboard.platform.page.Paging;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;

/** Pages through all boards for services. A token holds the page size and the place. */
final class BoardScanning {
  private static final String SCAN = "boards-scan";

  private final BoardStore boards;
  private final PageTokens tokens;

  /** Where a page goes on. */
  private record Place(int pageSize, long after) {
    byte[] toBytes() {
      return ByteBuffer.allocate(Integer.BYTES + Long.BYTES)
          .putInt(pageSize)
          .putLong(after)
          .array();
    }

    static Place of(byte[] payload) {
      return Paging.read(payload, bytes -> new Place(bytes.getInt(), bytes.getLong()));
    }
  }

  BoardScanning(BoardStore boards, PageTokens tokens) {
    this.boards = boards;
    this.tokens = tokens;
  }

  CompletionStage<ScanBoardsResponse> boards(ScanBoardsRequest request) {
    new Violations().pageSize(request.getPageSize()).throwIfAny();
    Place from =
        request.getPageToken().isEmpty()
            ? new Place(Paging.DEFAULT_SCAN, BoardScan.START)
            : Place.of(tokens.open(request.getPageToken(), SCAN, ""));
    int size = Paging.size(request.getPageSize(), from.pageSize(), Paging.MAX_SCAN);
    return boards.scan(from.after(), size).thenApply(page -> response(page, size));
  }

  private ScanBoardsResponse response(BoardScan page, int size) {
    ScanBoardsResponse.Builder response =
        ScanBoardsResponse.newBuilder().addAllBoards(page.boards());
    page.next()
        .ifPresent(
            after ->
                response.setNextPageToken(
                    tokens.seal(SCAN, "", new Place(size, after).toBytes(), Paging.SCAN_LIFE)));
    return response.build();
  }
}
