// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.faults;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Bodies of the requests a load makes. */
public final class Bodies {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String PICTURE =
      "iVBORw0KGgoAAAANSUhEUgAAACgAAAAeCAMAAABpA6zvAAAABlBMVEXGKCj/8+DX4sOZAAAAH0lEQVR42mNggANG"
          + "OMAvNqqQPgpHA2WwKhwNqEGqEACimQJZDZM94QAAAABJRU5ErkJggg==";

  private Bodies() {}

  public static ObjectNode board(String name, String description) {
    return JSON.objectNode().put("name", name).put("description", description);
  }

  public static ObjectNode description(String description) {
    return JSON.objectNode().put("description", description);
  }

  public static ObjectNode pin(String board, String title) {
    ObjectNode body = JSON.objectNode().put("board_id", board).put("title", title);
    body.putObject("media_source")
        .put("source_type", "image_base64")
        .put("content_type", "image/png")
        .put("data", PICTURE);
    return body;
  }

  public static ObjectNode move(String board, String title) {
    return JSON.objectNode().put("board_id", board).put("title", title);
  }

  public static ObjectNode move(String board) {
    return JSON.objectNode().put("board_id", board);
  }

  public static ObjectNode collage(String title) {
    ObjectNode body = JSON.objectNode().put("title", title);
    body.putObject("document").putObject("canvas").put("width", 64).put("height", 64);
    return body;
  }

  /** An edit that puts a layer on top. */
  public static ObjectNode edit(long baseRevision, String layerId) {
    ObjectNode body = JSON.objectNode().put("base_revision", baseRevision);
    ObjectNode layer = body.putArray("operations").addObject().put("type", "add_layer");
    layer = layer.putObject("layer").put("id", layerId);
    layer
        .putObject("placement")
        .put("center_x", 32)
        .put("center_y", 32)
        .put("width", 9)
        .put("height", 9);
    ObjectNode content = layer.putObject("content").put("type", "shape");
    content.putObject("geometry").put("type", "ellipse");
    content.putObject("fill").put("type", "color").put("color", "#336699");
    return body;
  }
}
