// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.board;

import dev.corkboard.board.v1.Board;
import dev.corkboard.board.v1.CreateBoardRequest;
import dev.corkboard.edge.http.Params;
import dev.corkboard.edge.json.JsonReader;
import dev.corkboard.platform.error.ApiException;
import java.io.IOException;

/** The body of {@code POST /boards}. */
record CreateBoardBody(Board board) {
  static CreateBoardBody read(byte[] body) {
    Board.Builder board = Board.newBuilder();
    boolean[] named = new boolean[1];
    JsonReader.object(
        body,
        (name, in) -> {
          named[0] |= name.equals("name");
          property(board, name, in);
        });
    if (!named[0]) throw ApiException.invalid("name", "'name' is a required property");
    return new CreateBoardBody(board.build());
  }

  private static void property(Board.Builder board, String name, JsonReader in) throws IOException {
    switch (name) {
      case "name" -> board.setName(in.string());
      case "description" -> board.setDescription(in.nullableString());
      case "privacy" -> {
        if (!in.isNull()) {
          board.setPrivacy(Params.choose(in.path(), in.string(), BoardJson.PRIVACY));
        }
      }
      case "is_ads_only" -> board.setAdsOnly(!in.isNull() && in.bool());
      default -> {}
    }
  }

  CreateBoardRequest toProto(String requestId) {
    return CreateBoardRequest.newBuilder().setBoard(board).setRequestId(requestId).build();
  }
}
