// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.document;

import dev.corkboard.collage.v1.Canvas;
import dev.corkboard.collage.v1.Document;
import dev.corkboard.collage.v1.DropShadow;
import dev.corkboard.collage.v1.Group;
import dev.corkboard.collage.v1.Layer;
import dev.corkboard.collage.v1.Operation;
import dev.corkboard.platform.error.ApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Random edits that fit a document. */
public final class RandomEdits {
  private static final List<String> COLORS = List.of("#ff0000", "#00ff00", "#0000ff80");

  private final Random random;
  private final Editor editor = new Editor(Documents.RULES);
  private int ids;

  public RandomEdits(long seed) {
    this.random = new Random(seed);
  }

  /** One to four operations that can be applied to the document, in its words. */
  public Editor.Result next(Document document) {
    Optional<Editor.Result> result = Optional.empty();
    while (result.isEmpty()) result = tryNext(document);
    return result.get();
  }

  private Optional<Editor.Result> tryNext(Document document) {
    List<Operation> operations = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) operations.add(operation(document));
    try {
      return Optional.of(editor.apply(document, operations));
    } catch (ApiException doesNotFit) {
      return Optional.empty();
    }
  }

  private Operation operation(Document document) {
    String layer = layer(document);
    String group = group(document);
    return switch (random.nextInt(12)) {
      case 0, 1 -> Documents.add(newLayer(group));
      case 2 -> Documents.remove(layer);
      case 3 -> reorder(document, layer);
      case 4 -> Documents.addGroup(Documents.group("g" + ids++, random.nextBoolean() ? group : ""));
      case 5 -> Documents.removeGroup(group);
      case 6 -> updateGroup(document, group);
      case 7 -> Documents.assign(layer, random.nextBoolean() ? group : "");
      case 8 -> Documents.lock(layer, random.nextInt(3) == 0);
      case 9 -> canvas();
      default -> update(layer);
    };
  }

  private Layer newLayer(String group) {
    String id = "l" + ids++;
    return switch (random.nextInt(4)) {
      case 0 -> Documents.shape(id);
      case 1 -> Documents.text(id, "words " + ids).toBuilder().setGroupId(group).build();
      case 2 -> Documents.cutOut(id, "asset" + ids);
      default -> Documents.image(id, "asset" + ids).toBuilder().setLocked(ids % 5 == 0).build();
    };
  }

  private Operation reorder(Document document, String layer) {
    String other = layer(document);
    return Documents.reorder(
        layer,
        position -> {
          switch (random.nextInt(4)) {
            case 0 -> position.setToFront(true);
            case 1 -> position.setToBack(true);
            case 2 -> position.setAboveLayerId(other);
            default -> position.setBelowLayerId(other);
          }
        });
  }

  private Operation updateGroup(Document document, String group) {
    Group.Builder values = Group.newBuilder().setId(group).setName("n" + random.nextInt(9));
    return switch (random.nextInt(3)) {
      case 0 -> Documents.updateGroup(values.build(), "name");
      case 1 -> Documents.updateGroup(values.setParentId(group(document)).build(), "parent_id");
      default ->
          Documents.updateGroup(
              values.setHidden(random.nextBoolean()).setLocked(random.nextInt(4) == 0).build(),
              "hidden",
              "locked");
    };
  }

  private Operation canvas() {
    Canvas values = Canvas.newBuilder().setWidth(1 + random.nextInt(99)).setHeight(1).build();
    return switch (random.nextInt(3)) {
      case 0 -> Documents.canvas(values, "width");
      case 1 -> Documents.canvas(values, "height");
      default -> Documents.canvas(values, "background");
    };
  }

  private Operation update(String id) {
    Layer.Builder values = Documents.text(id, "text " + random.nextInt(9)).toBuilder();
    values.getTextBuilder().setColor(COLORS.get(random.nextInt(COLORS.size())));
    values.setName("name " + random.nextInt(9)).setOpacity(random.nextDouble());
    values.getPlacementBuilder().setRotation(random.nextInt(360));
    values.getPlacementBuilder().setWidth(1 + random.nextInt(50));
    values.setDropShadow(DropShadow.newBuilder().setBlur(random.nextInt(9)).setColor("#111111"));
    return switch (random.nextInt(9)) {
      case 0 -> Documents.update(values.build(), "text");
      case 1 -> Documents.update(values.build(), "text.color", "text.text");
      case 2 -> Documents.update(values.build(), "placement.rotation");
      case 3 -> Documents.update(values.build(), "placement.width", "placement");
      case 4 -> Documents.update(values.build(), "drop_shadow.blur", "drop_shadow.color");
      case 5 -> Documents.update(values.clearDropShadow().build(), "drop_shadow");
      case 6 -> Documents.update(Documents.shape(id), "shape", "name");
      case 7 -> Documents.update(values.build(), "opacity", "name");
      default -> Documents.update(values.clearOpacity().build(), "opacity");
    };
  }

  private String layer(Document document) {
    return document.getLayersCount() == 0
        ? "none"
        : document.getLayers(random.nextInt(document.getLayersCount())).getId();
  }

  private String group(Document document) {
    return document.getGroupsCount() == 0
        ? ""
        : document.getGroups(random.nextInt(document.getGroupsCount())).getId();
  }
}
