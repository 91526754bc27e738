// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.document;

import static dev.corkboard.collage.document.Documents.add;
import static dev.corkboard.collage.document.Documents.addGroup;
import static dev.corkboard.collage.document.Documents.assign;
import static dev.corkboard.collage.document.Documents.canvas;
import static dev.corkboard.collage.document.Documents.change;
import static dev.corkboard.collage.document.Documents.group;
import static dev.corkboard.collage.document.Documents.lock;
import static dev.corkboard.collage.document.Documents.remove;
import static dev.corkboard.collage.document.Documents.removeGroup;
import static dev.corkboard.collage.document.Documents.reorder;
import static dev.corkboard.collage.document.Documents.shape;
import static dev.corkboard.collage.document.Documents.text;
import static dev.corkboard.collage.document.Documents.turn;
import static dev.corkboard.collage.document.Documents.update;
import static dev.corkboard.collage.document.Documents.updateGroup;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.collage.v1.Canvas;
import dev.corkboard.collage.v1.Operation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PropertyTest {
  private static boolean overlap(Operation one, Operation other) {
    List<Property> theirs = Property.of(List.of(other));
    boolean overlaps =
        Property.of(List.of(one)).stream()
            .anyMatch(mine -> theirs.stream().anyMatch(mine::overlaps));
    boolean back =
        theirs.stream().anyMatch(t -> Property.of(List.of(one)).stream().anyMatch(t::overlaps));
    assertThat(back).isEqualTo(overlaps);
    return overlaps;
  }

  @ParameterizedTest
  @CsvSource({
    "placement.rotation,placement.rotation,true",
    "placement.rotation,placement,true",
    "placement.rotation,placement.width,false",
    "name,placement,false",
    "text.color,text.text,false",
    "text.color,text,true",
    "text.color,shape,true",
    "text.color,shape.fill,true",
    "cut_out.polygon,cut_out.path.d,true",
    "cut_out.polygon,cut_out.feather,false",
    "shape.fill.color,shape.fill.gradient.angle,true",
    "shape.fill,shape.outline,false",
    "opacity,locked,false"
  })
  void fieldsOfALayerOverlapWhenOneHoldsOrReplacesTheOther(
      String one, String other, boolean overlap) {
    assertThat(overlap(update(text("a", "x"), one), update(text("a", "x"), other)))
        .isEqualTo(overlap);
    assertThat(overlap(update(text("a", "x"), one), update(text("b", "x"), other))).isFalse();
  }

  @Test
  void addingAndRemovingIsEverythingOfALayer() {
    assertThat(overlap(remove("a"), turn("a", 1))).isTrue();
    assertThat(overlap(remove("a"), reorder("a", r -> r.setToFront(true)))).isTrue();
    assertThat(overlap(remove("a"), remove("a"))).isTrue();
    assertThat(overlap(add(shape("a")), add(shape("a")))).isTrue();
    assertThat(overlap(remove("a"), turn("b", 1))).isFalse();
    assertThat(overlap(add(shape("a")), add(shape("b")))).isFalse();
    assertThat(overlap(remove("a"), removeGroup("a"))).isFalse();
  }

  @Test
  void orderIsAPropertyOfItsOwn() {
    assertThat(overlap(reorder("a", r -> r.setToFront(true)), turn("a", 1))).isFalse();
    assertThat(overlap(reorder("a", r -> r.setToFront(true)), reorder("a", r -> r.setToBack(true))))
        .isTrue();
    assertThat(
            overlap(reorder("a", r -> r.setOrderKey("V")), reorder("b", r -> r.setOrderKey("V"))))
        .isTrue();
    assertThat(
            overlap(
                reorder("a", r -> r.setOrderKey("V")),
                add(change(shape("b"), l -> l.setOrderKey("V")))))
        .isTrue();
    assertThat(
            overlap(reorder("a", r -> r.setOrderKey("V")), reorder("b", r -> r.setOrderKey("W"))))
        .isFalse();
  }

  @Test
  void whatIsRemovedIsNoNeighbour() {
    assertThat(overlap(remove("b"), reorder("a", r -> r.setAboveLayerId("b")))).isTrue();
    assertThat(overlap(remove("b"), reorder("a", r -> r.setBelowLayerId("b")))).isTrue();
    assertThat(overlap(turn("b", 1), reorder("a", r -> r.setBelowLayerId("b")))).isFalse();
  }

  @Test
  void removingAGroupOverlapsWhatIsAssignedToIt() {
    assertThat(overlap(removeGroup("g"), assign("a", "g"))).isTrue();
    assertThat(overlap(removeGroup("g"), assign("a", "h"))).isFalse();
    assertThat(overlap(removeGroup("g"), assign("a", ""))).isFalse();
    assertThat(overlap(removeGroup("g"), add(change(shape("a"), l -> l.setGroupId("g"))))).isTrue();
    assertThat(overlap(removeGroup("g"), addGroup(group("h", "g")))).isTrue();
    assertThat(overlap(removeGroup("g"), updateGroup(group("h", "g"), "parent_id"))).isTrue();
    assertThat(overlap(removeGroup("g"), updateGroup(group("h", "g"), "name"))).isFalse();
    assertThat(overlap(removeGroup("g"), updateGroup(group("g", ""), "hidden"))).isTrue();
    assertThat(overlap(assign("a", "g"), assign("b", "g"))).isFalse();
    assertThat(overlap(assign("a", "g"), updateGroup(group("g", ""), "name"))).isFalse();
  }

  @Test
  void theCanvasIsApart() {
    Canvas values = Canvas.getDefaultInstance();
    assertThat(overlap(canvas(values, "width"), canvas(values, "height"))).isFalse();
    assertThat(overlap(canvas(values, "width"), canvas(values, "width", "height"))).isTrue();
    assertThat(overlap(canvas(values, "width"), lock("a", true))).isFalse();
  }

  @Test
  void aReplacedDocumentIsEverything() {
    assertThat(overlap(Operations.replace(Documents.EMPTY), lock("a", true))).isTrue();
    assertThat(Property.of(List.of(Operation.getDefaultInstance()))).isEmpty();
  }
}
