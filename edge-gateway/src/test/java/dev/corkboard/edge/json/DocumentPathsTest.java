// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.collage.v1.BatchUpdateCollageRequest;
import dev.corkboard.collage.v1.Canvas;
import dev.corkboard.collage.v1.Collage;
import dev.corkboard.collage.v1.CutOutContent;
import dev.corkboard.collage.v1.Layer;
import dev.corkboard.collage.v1.Path;
import dev.corkboard.collage.v1.ShapeContent;
import dev.corkboard.collage.v1.TextContent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentPathsTest {
  @ParameterizedTest
  @CsvSource({
    "operations[3].add_layer.layer.placement.width,operations[3].layer.placement.width",
    "operations[0].add_layer.layer.text.text,operations[0].layer.content.text",
    "operations[0].add_layer.layer.image.picture.pin.pin_id,"
        + "operations[0].layer.content.picture.pin_id",
    "operations[0].update_layer.layer.cut_out.mask.picture.asset_key,"
        + "operations[0].layer.content.clip.picture.asset_key",
    "operations[0].update_layer.layer.shape.fill.gradient.stops[2].color,"
        + "operations[0].layer.content.fill.stops[2].color",
    "operations[0].update_layer.update_mask.paths[1],operations[0].update_mask[1]",
    "operations[0].update_layer.update_mask,operations[0].update_mask",
    "operations[0].reorder_layer.above_layer_id,operations[0].position.layer_id",
    "operations[0].reorder_layer.order_key,operations[0].position.order_key",
    "operations[0].update_canvas.canvas.background.paint.color,"
        + "operations[0].canvas.background.color",
    "operations[0].update_group.group.parent_id,operations[0].group.parent_id",
    "operations[0],operations[0]",
    "operations,operations",
    "operations[0].unheard_of.text.color,operations[0].unheard_of.text.color"
  })
  void operationsAreNamedAsTheyAreSent(String service, String rest) {
    assertThat(DocumentPaths.toRest(BatchUpdateCollageRequest.getDescriptor(), service))
        .isEqualTo(rest);
  }

  @ParameterizedTest
  @CsvSource({
    "document,document",
    "document.layers[7].shape.line.from.x,document.layers[7].content.geometry.from.x",
    "document.layers[7].cut_out.polygon.points[1999].y,document.layers[7].content.clip.points[1999].y",
    "document.canvas.background.picture.pin.index,document.canvas.background.picture.index"
  })
  void documentsAreNamedAsTheyAreSent(String service, String rest) {
    assertThat(DocumentPaths.toRest(Collage.getDescriptor(), service)).isEqualTo(rest);
  }

  @Test
  void whatIsInAUnionIsWhatTheMessageHolds() {
    Layer text = Layer.newBuilder().setText(TextContent.getDefaultInstance()).build();
    assertThat(DocumentPaths.toProto(text, "content")).containsExactly("text");
    assertThat(DocumentPaths.toProto(text, "content.color")).containsExactly("text.color");
    assertThat(DocumentPaths.toProto(text, "content.feather")).isEmpty();
    assertThat(DocumentPaths.toProto(text, "text.color")).isEmpty();
    Layer path =
        Layer.newBuilder()
            .setCutOut(CutOutContent.newBuilder().setPath(Path.getDefaultInstance()))
            .build();
    assertThat(DocumentPaths.toProto(path, "content.clip.d")).containsExactly("cut_out.path.d");
    assertThat(DocumentPaths.toProto(path, "content.clip.points")).isEmpty();
  }

  @Test
  void aUnionThatHoldsNothingIsClearedWhateverItHeld() {
    Layer shape = Layer.newBuilder().setShape(ShapeContent.getDefaultInstance()).build();
    assertThat(DocumentPaths.toProto(shape, "content.geometry"))
        .containsExactly("shape.rectangle", "shape.ellipse", "shape.polygon", "shape.line");
    assertThat(DocumentPaths.toProto(shape, "content.geometry.from")).isEmpty();
    assertThat(DocumentPaths.toProto(Layer.getDefaultInstance(), "content.color")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"''", ".", "content.", "colour", "placement.width.x", "placement..width", "width "})
  void whatIsNoPropertyHasNoPath(String path) {
    assertThat(DocumentPaths.toProto(Layer.getDefaultInstance(), path)).isEmpty();
  }

  @Test
  void whatAnObjectTakesFromAnotherIsFoundThere() {
    assertThat(DocumentPaths.toProto(Canvas.getDefaultInstance(), "background.angle"))
        .containsExactly("background.paint.gradient.angle");
    assertThat(DocumentPaths.toProto(Canvas.getDefaultInstance(), "width"))
        .containsExactly("width");
  }
}
