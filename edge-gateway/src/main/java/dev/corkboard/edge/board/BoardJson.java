// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.board;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.corkboard.board.v1.Board;
import dev.corkboard.board.v1.Privacy;
import dev.corkboard.edge.json.Json;
import dev.corkboard.edge.media.MediaUrls;
import java.io.IOException;
import java.util.Map;

/** Writes boards; every property of the contract always, null where there is nothing. */
final class BoardJson {
  static final Map<String, Privacy> PRIVACY =
      Map.of(
          "PUBLIC", Privacy.PRIVACY_PUBLIC,
          "PROTECTED", Privacy.PRIVACY_PROTECTED,
          "SECRET", Privacy.PRIVACY_SECRET);

  private final MediaUrls urls;

  BoardJson(MediaUrls urls) {
    this.urls = urls;
  }

  /** A board as all operations but PATCH show it. */
  void write(JsonGenerator json, Board board, Map<String, String> usernames) throws IOException {
    json.writeStartObject();
    json.writeStringField("privacy", privacy(board.getPrivacy()));
    rest(json, board, usernames);
    json.writeEndObject();
  }

  /** The answer to PATCH, where the contract knows no {@code PROTECTED}: it is left out there. */
  void writeUpdated(JsonGenerator json, Board board, Map<String, String> usernames)
      throws IOException {
    json.writeStartObject();
    if (board.getPrivacy() != Privacy.PRIVACY_PROTECTED) {
      json.writeStringField("privacy", privacy(board.getPrivacy()));
    }
    rest(json, board, usernames);
    json.writeEndObject();
  }

  private void rest(JsonGenerator json, Board board, Map<String, String> usernames)
      throws IOException {
    json.writeStringField("id", board.getId());
    json.writeStringField("name", board.getName());
    Json.nullable(json, "description", board.getDescription());
    json.writeObjectFieldStart("owner");
    json.writeStringField("username", usernames.getOrDefault(board.getOwnerId(), ""));
    json.writeEndObject();
    Json.time(json, "created_at", board.getCreateTime());
    Json.time(json, "board_pins_modified_at", board.getPinsModifyTime());
    json.writeNumberField("collaborator_count", board.getCollaboratorCount());
    json.writeNumberField("pin_count", board.getPinCount());
    json.writeNumberField("follower_count", board.getFollowerCount());
    json.writeBooleanField("is_ads_only", board.getAdsOnly());
    media(json, board);
  }

  private void media(JsonGenerator json, Board board) throws IOException {
    json.writeObjectFieldStart("media");
    if (board.getCoverAssetKeysCount() == 0) {
      json.writeNullField("image_cover_url");
    } else {
      json.writeStringField("image_cover_url", urls.of(board.getCoverAssetKeys(0), "400x300"));
    }
    json.writeArrayFieldStart("pin_thumbnail_urls");
    for (String key : board.getCoverAssetKeysList()) json.writeString(urls.of(key, "150x150"));
    json.writeEndArray();
    json.writeEndObject();
  }

  private static String privacy(Privacy privacy) {
    return switch (privacy) {
      case PRIVACY_SECRET -> "SECRET";
      case PRIVACY_PROTECTED -> "PROTECTED";
      case PRIVACY_PUBLIC, PRIVACY_UNSPECIFIED, UNRECOGNIZED -> "PUBLIC";
    };
  }
}
