// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.document;

import static dev.corkboard.collage.document.Documents.EMPTY;
import static dev.corkboard.collage.document.Documents.RULES;
import static dev.corkboard.collage.document.Documents.change;
import static dev.corkboard.collage.document.Documents.group;
import static dev.corkboard.collage.document.Documents.picture;
import static dev.corkboard.collage.document.Documents.shape;
import static dev.corkboard.collage.document.Documents.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.corkboard.collage.v1.Background;
import dev.corkboard.collage.v1.Canvas;
import dev.corkboard.collage.v1.Document;
import dev.corkboard.collage.v1.Paint;
import dev.corkboard.collage.v1.StrokePoint;
import dev.corkboard.platform.error.ApiException;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class DocumentRulesTest {
  private static List<String> fields(Consumer<Document.Builder> change) {
    Document.Builder document = EMPTY.toBuilder();
    change.accept(document);
    ApiException refused =
        catchThrowableOfType(
            ApiException.class, () -> RULES.require("collage.document", document.build()));
    if (refused == null) return List.of();
    return refused.violations().stream().map(ApiException.Violation::field).toList();
  }

  @Test
  void aCanvasHasASizeAndMayHaveABackground() {
    assertThat(fields(d -> d.clearCanvas())).containsExactly("collage.document.canvas");
    assertThat(fields(d -> d.setCanvas(Canvas.newBuilder().setHeight(8_193))))
        .containsExactly("collage.document.canvas.width", "collage.document.canvas.height");
    assertThat(fields(d -> d.setCanvas(Canvas.newBuilder().setWidth(8_192).setHeight(1))))
        .isEmpty();
    assertThat(fields(d -> d.getCanvasBuilder().setBackground(Background.newBuilder())))
        .containsExactly("collage.document.canvas.background");
    assertThat(
            fields(
                d ->
                    d.getCanvasBuilder()
                        .getBackgroundBuilder()
                        .setPaint(Paint.newBuilder().setColor("blue"))))
        .containsExactly("collage.document.canvas.background.paint.color");
    assertThat(fields(d -> d.getCanvasBuilder().getBackgroundBuilder().setPicture(picture("sky"))))
        .isEmpty();
  }

  @Test
  void idsAndOrderKeysAreUnique() {
    assertThat(
            fields(
                d ->
                    d.addLayers(change(shape("a"), l -> l.setOrderKey("V")))
                        .addLayers(change(shape("a"), l -> l.setOrderKey("W")))
                        .addLayers(change(shape("b"), l -> l.setOrderKey("V")))
                        .addGroups(group("g", ""))
                        .addGroups(group("g", ""))))
        .containsExactly(
            "collage.document.groups[1].id",
            "collage.document.layers[1].id",
            "collage.document.layers[2].order_key");
  }

  @Test
  void atMost200LayersAnd100Groups() {
    Consumer<Document.Builder> most =
        d -> {
          for (int i = 0; i < 200; i++) d.addLayers(shape("l" + i));
          for (int i = 0; i < 100; i++) d.addGroups(group("g" + i, ""));
        };
    assertThat(fields(most)).isEmpty();
    assertThat(fields(most.andThen(d -> d.addLayers(shape("more")))))
        .containsExactly("collage.document");
    assertThat(fields(most.andThen(d -> d.addGroups(group("more", "")))))
        .containsExactly("collage.document");
  }

  @Test
  void groupsMakeATreeOfDepth8() {
    Consumer<Document.Builder> chain =
        d -> {
          for (int i = 1; i <= 8; i++) d.addGroups(group("g" + i, i == 1 ? "" : "g" + (i - 1)));
        };
    assertThat(fields(chain)).isEmpty();
    assertThat(fields(chain.andThen(d -> d.addGroups(group("g9", "g8")))))
        .containsExactly("collage.document.groups[8].parent_id");
    assertThat(fields(d -> d.addGroups(group("a", "b")).addGroups(group("b", "a"))))
        .containsExactly(
            "collage.document.groups[0].parent_id", "collage.document.groups[1].parent_id");
    assertThat(fields(d -> d.addGroups(group("a", "a"))))
        .containsExactly("collage.document.groups[0].parent_id");
    assertThat(fields(d -> d.addGroups(group("a", "nowhere"))))
        .containsExactly("collage.document.groups[0].parent_id");
  }

  @Test
  void groupsHaveIdsAndNames() {
    assertThat(fields(d -> d.addGroups(group("no id", "").toBuilder().setName("n".repeat(101)))))
        .containsExactly("collage.document.groups[0].id", "collage.document.groups[0].name");
  }

  @Test
  void atMost2MiB() {
    Consumer<Document.Builder> large =
        d -> {
          for (int i = 0; i < 10; i++) {
            d.addLayers(
                change(
                    text("l" + i, "x"),
                    l -> {
                      l.getStrokeBuilder().setColor("#000000").setWidth(1);
                      StrokePoint point = StrokePoint.newBuilder().setX(1).setY(1).build();
                      for (int p = 0; p < 10_000; p++) l.getStrokeBuilder().addPoints(point);
                    }));
          }
        };
    assertThat(fields(large)).isEmpty();
    assertThat(fields(large.andThen(d -> d.addLayers(d.getLayers(0).toBuilder().setId("m")))))
        .containsExactly("collage.document");
  }
}
