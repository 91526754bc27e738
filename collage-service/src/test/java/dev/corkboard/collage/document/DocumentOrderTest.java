// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.document;

import static dev.corkboard.collage.document.Documents.EMPTY;
import static dev.corkboard.collage.document.Documents.change;
import static dev.corkboard.collage.document.Documents.group;
import static dev.corkboard.collage.document.Documents.ids;
import static dev.corkboard.collage.document.Documents.shape;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.collage.v1.Document;
import dev.corkboard.collage.v1.Layer;
import org.junit.jupiter.api.Test;

class DocumentOrderTest {
  private static Layer keyed(String id, String key) {
    return change(shape(id), layer -> layer.setOrderKey(key));
  }

  private static Document complete(Layer... layers) {
    Document.Builder document = EMPTY.toBuilder();
    for (Layer layer : layers) document.addLayers(layer);
    Document complete = DocumentOrder.complete(document.build());
    assertThat(complete.getLayersList())
        .extracting(Layer::getOrderKey)
        .isSorted()
        .doesNotHaveDuplicates()
        .allMatch(OrderKeys::isKey);
    return complete;
  }

  @Test
  void layersWithoutKeysStayAsListed() {
    assertThat(ids(complete(shape("c"), shape("a"), shape("b")))).containsExactly("c", "a", "b");
  }

  @Test
  void keysDecideAndTheOthersFollowTheirNeighbour() {
    assertThat(ids(complete(shape("first"), keyed("high", "z"), shape("next"), keyed("low", "1"))))
        .containsExactly("first", "low", "high", "next");
  }

  @Test
  void newKeysAreGivenWhereNoneIsLeft() {
    assertThat(ids(complete(keyed("a", "z".repeat(64)), shape("b")))).containsExactly("a", "b");
  }

  @Test
  void groupsAreInTheOrderOfTheirIds() {
    Document document =
        EMPTY.toBuilder().addGroups(group("b", "")).addGroups(group("a", "b")).build();
    assertThat(DocumentOrder.complete(document).getGroupsList())
        .containsExactly(group("a", "b"), group("b", ""));
  }
}
