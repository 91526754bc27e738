// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.board;

import com.google.protobuf.FieldMask;
import dev.corkboard.board.v1.Board;
import dev.corkboard.board.v1.Privacy;
import dev.corkboard.board.v1.UpdateBoardRequest;
import dev.corkboard.edge.http.Params;
import dev.corkboard.edge.json.JsonReader;
import java.io.IOException;
import java.util.Map;

/** The body of {@code PATCH /boards/{board_id}}: what is missing stays, null clears (B6). */
record UpdateBoardBody(Board board, FieldMask mask) {
  private static final Map<String, Privacy> PRIVACY =
      Map.of("PUBLIC", Privacy.PRIVACY_PUBLIC, "SECRET", Privacy.PRIVACY_SECRET);

  static UpdateBoardBody read(byte[] body) {
    Board.Builder board = Board.newBuilder();
    FieldMask.Builder mask = FieldMask.newBuilder();
    JsonReader.object(
        body,
        (name, in) -> {
          if (property(board, name, in)) mask.addPaths(name);
        });
    return new UpdateBoardBody(board.build(), mask.build());
  }

  private static boolean property(Board.Builder board, String name, JsonReader in)
      throws IOException {
    switch (name) {
      case "name" -> board.setName(in.string());
      case "description" -> board.setDescription(in.nullableString());
      case "privacy" -> board.setPrivacy(Params.choose(in.path(), in.string(), PRIVACY));
      default -> {
        return false;
      }
    }
    return true;
  }

  UpdateBoardRequest toProto(String boardId, String requestId) {
    return UpdateBoardRequest.newBuilder()
        .setBoard(board.toBuilder().setId(boardId))
        .setUpdateMask(mask)
        .setRequestId(requestId)
        .build();
  }
}
