// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.document;

import dev.corkboard.collage.v1.Background;
import dev.corkboard.collage.v1.Canvas;
import dev.corkboard.collage.v1.Document;
import dev.corkboard.collage.v1.Group;
import dev.corkboard.edge.json.JsonReader;
import java.io.IOException;

/** Reads what a collage shows. */
public final class DocumentReader {
  private static final int MAX_LAYERS = 200;
  private static final int MAX_GROUPS = 100;

  private DocumentReader() {}

  /** A whole document. */
  public static Document document(JsonReader in) throws IOException {
    Document.Builder document = Document.newBuilder();
    in.present(
        (name, value) -> {
          switch (name) {
            case "canvas" -> document.setCanvas(canvas(value));
            case "layers" ->
                value.elements(MAX_LAYERS, layer -> document.addLayers(LayerReader.whole(layer)));
            case "groups" -> value.elements(MAX_GROUPS, group -> document.addGroups(group(group)));
            default -> {}
          }
        });
    return document.build();
  }

  static Canvas canvas(JsonReader in) throws IOException {
    Canvas.Builder canvas = Canvas.newBuilder();
    in.present(
        (name, value) -> {
          switch (name) {
            case "width" -> canvas.setWidth(value.index());
            case "height" -> canvas.setHeight(value.index());
            case "background" -> canvas.setBackground(background(value));
            default -> {}
          }
        });
    return canvas.build();
  }

  private static Background background(JsonReader in) throws IOException {
    if (!in.type().equals("picture")) {
      return Background.newBuilder().setPaint(PaintReader.background(in)).build();
    }
    Background.Builder background = Background.newBuilder();
    in.present(
        (name, value) -> {
          if (name.equals("picture")) background.setPicture(PictureReader.picture(value));
        });
    if (!background.hasPicture()) throw in.missing("picture");
    return background.build();
  }

  static Group group(JsonReader in) throws IOException {
    Group.Builder group = Group.newBuilder();
    in.present(
        (name, value) -> {
          switch (name) {
            case "id" -> group.setId(value.string());
            case "name" -> group.setName(value.string());
            case "parent_id" -> group.setParentId(value.string());
            case "hidden" -> group.setHidden(value.bool());
            case "locked" -> group.setLocked(value.bool());
            default -> {}
          }
        });
    return group.build();
  }
}
