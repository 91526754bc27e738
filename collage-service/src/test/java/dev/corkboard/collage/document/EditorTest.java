// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.document;

import static dev.corkboard.collage.document.Documents.EMPTY;
import static dev.corkboard.collage.document.Documents.RULES;
import static dev.corkboard.collage.document.Documents.add;
import static dev.corkboard.collage.document.Documents.addGroup;
import static dev.corkboard.collage.document.Documents.assign;
import static dev.corkboard.collage.document.Documents.canvas;
import static dev.corkboard.collage.document.Documents.change;
import static dev.corkboard.collage.document.Documents.group;
import static dev.corkboard.collage.document.Documents.ids;
import static dev.corkboard.collage.document.Documents.image;
import static dev.corkboard.collage.document.Documents.layer;
import static dev.corkboard.collage.document.Documents.lock;
import static dev.corkboard.collage.document.Documents.remove;
import static dev.corkboard.collage.document.Documents.removeGroup;
import static dev.corkboard.collage.document.Documents.rename;
import static dev.corkboard.collage.document.Documents.reorder;
import static dev.corkboard.collage.document.Documents.shape;
import static dev.corkboard.collage.document.Documents.text;
import static dev.corkboard.collage.document.Documents.turn;
import static dev.corkboard.collage.document.Documents.update;
import static dev.corkboard.collage.document.Documents.updateGroup;
import static dev.corkboard.collage.document.Documents.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.corkboard.collage.v1.Canvas;
import dev.corkboard.collage.v1.Document;
import dev.corkboard.collage.v1.DropShadow;
import dev.corkboard.collage.v1.Group;
import dev.corkboard.collage.v1.Layer;
import dev.corkboard.collage.v1.LinearGradient;
import dev.corkboard.collage.v1.Operation;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.error.ApiException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EditorTest {
  private final Editor editor = new Editor(RULES);

  /** Applies the operations, replays them as applied, and takes them back. */
  private Document apply(Document document, Operation... operations) {
    Editor.Result result = editor.apply(document, List.of(operations));
    assertThat(editor.replay(document, result.applied())).isEqualTo(result.document());
    assertThat(editor.applyAgain(result.document(), result.inverse()).document())
        .isEqualTo(document);
    return result.document();
  }

  private List<String> refused(Document document, Operation... operations) {
    ApiException refused =
        catchThrowableOfType(ApiException.class, () -> editor.apply(document, List.of(operations)));
    assertThat(refused).as("refused").isNotNull();
    return refused.violations().stream().map(ApiException.Violation::field).toList();
  }

  private static Operation toFront(String id) {
    return reorder(id, r -> r.setToFront(true));
  }

  @Test
  void addsOnTopOrWhereTheKeySays() {
    Document document = apply(EMPTY, add(shape("a")), add(shape("b")));
    assertThat(ids(document)).containsExactly("a", "b");
    document = apply(document, add(change(shape("c"), l -> l.setOrderKey("A"))));
    assertThat(ids(document)).containsExactly("c", "a", "b");
    assertThat(refused(document, add(change(shape("d"), l -> l.setOrderKey("A")))))
        .containsExactly("operations[0].add_layer.layer.order_key");
    assertThat(refused(document, add(shape("e")), add(shape("a"))))
        .containsExactly("operations[1].add_layer.layer.id");
  }

  @Test
  void whatBreaksALimitIsNamedWithItsOperation() {
    Document document = with(shape("a"));
    assertThat(
            refused(
                document,
                rename("a", "fine"),
                add(change(shape("b"), l -> l.getPlacementBuilder().setWidth(0))),
                turn("a", Double.NaN),
                rename("a", "n".repeat(101))))
        .containsExactly(
            "operations[1].add_layer.layer.placement.width",
            "operations[2].update_layer.layer.placement.rotation",
            "operations[3].update_layer.layer.name");
  }

  @Test
  void whatWasAcceptedBeforeIsNotLookedAtAgain() {
    Document old = with(change(text("a", "x"), l -> l.getTextBuilder().setFontFamily("Gone")));
    assertThat(layer(apply(old, turn("a", 30)), "a").getPlacement().getRotation()).isEqualTo(30);
    assertThat(
            refused(
                old,
                update(
                    change(text("a", "x"), l -> l.getTextBuilder().setColor("#ffffff")),
                    "text.color")))
        .containsExactly("operations[0].update_layer.layer.text.font_family");
  }

  @Test
  void updatesWhatTheMaskNamesAndNothingElse() {
    Document document = with(text("a", "before"));
    Layer values =
        change(text("a", "after"), l -> l.setName("not me").getTextBuilder().setColor("#ff0000"));
    Layer updated = layer(apply(document, update(values, "text.color")), "a");
    assertThat(updated.getText().getColor()).isEqualTo("#ff0000");
    assertThat(updated.getText().getText()).isEqualTo("before");
    assertThat(updated.getName()).isEmpty();
    Editor.Result kept = editor.apply(document, List.of(update(values, "text.color")));
    assertThat(kept.applied().get(0).getUpdateLayer().getLayer().getText().getText()).isEmpty();
  }

  @Test
  void whatTheMaskNamesAndTheValuesLackIsCleared() {
    Document document =
        with(
            change(
                shape("a"),
                l -> l.setOpacity(0.5).setDropShadow(DropShadow.newBuilder().setColor("#000000"))));
    Layer cleared = layer(apply(document, update(shape("a"), "opacity", "drop_shadow")), "a");
    assertThat(cleared.hasOpacity()).isFalse();
    assertThat(cleared.hasDropShadow()).isFalse();
    assertThat(refused(document, update(Layer.newBuilder().setId("a").build(), "placement")))
        .containsExactly("operations[0].update_layer.layer.placement");
  }

  @Test
  void aMessageThatWasNotThereIsGoneAgainAfterwards() {
    Layer values =
        change(
            shape("a"),
            l -> l.setDropShadow(DropShadow.newBuilder().setBlur(3).setColor("#000000")));
    Document document = with(shape("a"));
    Document changed = apply(document, update(values, "drop_shadow.blur", "drop_shadow.color"));
    assertThat(layer(changed, "a").getDropShadow().getBlur()).isEqualTo(3);
    assertThat(apply(document, update(shape("a"), "drop_shadow.blur"))).isEqualTo(document);
  }

  @Test
  void contentOfAnotherKindIsSetAsAWhole() {
    Document document = with(shape("a"));
    assertThat(refused(document, update(text("a", "x"), "text.color")))
        .containsExactly("operations[0].update_layer.update_mask");
    Document changed = apply(document, update(text("a", "x"), "text"));
    assertThat(layer(changed, "a").hasText()).isTrue();
    assertThat(apply(document, update(shape("a"), "image"))).isEqualTo(document);
    Layer gradient =
        change(
            shape("a"),
            l ->
                l.getShapeBuilder()
                    .getFillBuilder()
                    .setGradient(LinearGradient.newBuilder().setAngle(3)));
    assertThat(refused(document, update(gradient, "shape.fill.gradient.angle")))
        .containsExactly("operations[0].update_layer.update_mask");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "id",
        "order_key",
        "*",
        "colour",
        "placement.",
        ".placement",
        "placement.depth",
        "name.first",
        "image.picture.asset_key",
        "image.picture.image.width",
        "stroke.points.x"
      })
  void refusesPathsThatAreNone(String path) {
    assertThat(refused(with(image("a", "k")), update(image("a", "k"), path)))
        .containsExactly("operations[0].update_layer.update_mask");
  }

  @Test
  void needsAMaskAndALayerAndAnOperation() {
    assertThat(
            refused(
                with(shape("a")),
                update(shape("a")),
                rename("b", ""),
                remove("b"),
                toFront("b"),
                Operation.getDefaultInstance()))
        .containsExactly(
            "operations[0].update_layer.update_mask",
            "operations[1].update_layer.layer.id",
            "operations[2].remove_layer.layer_id",
            "operations[3].reorder_layer.layer_id",
            "operations[4].operation");
    assertThat(refused(EMPTY)).containsExactly("operations");
    assertThat(refused(EMPTY, Collections.nCopies(201, rename("a", "")).toArray(Operation[]::new)))
        .containsExactly("operations");
  }

  @Test
  void movesInTheOrder() {
    Document document = with(shape("a"), shape("b"), shape("c"));
    assertThat(ids(apply(document, toFront("a")))).containsExactly("b", "c", "a");
    assertThat(ids(apply(document, reorder("c", r -> r.setToBack(true)))))
        .containsExactly("c", "a", "b");
    assertThat(ids(apply(document, reorder("a", r -> r.setAboveLayerId("b")))))
        .containsExactly("b", "a", "c");
    assertThat(ids(apply(document, reorder("c", r -> r.setBelowLayerId("b")))))
        .containsExactly("a", "c", "b");
    assertThat(ids(apply(document, reorder("a", r -> r.setAboveLayerId("c")))))
        .containsExactly("b", "c", "a");
    assertThat(ids(apply(document, reorder("c", r -> r.setBelowLayerId("a")))))
        .containsExactly("c", "a", "b");
    assertThat(ids(apply(document, reorder("c", r -> r.setOrderKey("A")))))
        .containsExactly("c", "a", "b");
  }

  @Test
  void refusesPlacesThereAreNot() {
    Document document = with(shape("a"), shape("b"));
    assertThat(
            refused(
                document,
                reorder("a", r -> r.setAboveLayerId("a")),
                reorder("a", r -> r.setBelowLayerId("nobody")),
                reorder("a", r -> r.setToFront(false)),
                reorder("a", r -> r.setToBack(false)),
                reorder("a", r -> r.setOrderKey("V002")),
                reorder("a", r -> r.setOrderKey("0")),
                reorder("a", r -> {})))
        .containsExactly(
            "operations[0].reorder_layer.above_layer_id",
            "operations[1].reorder_layer.below_layer_id",
            "operations[2].reorder_layer.to_front",
            "operations[3].reorder_layer.to_back",
            "operations[4].reorder_layer.order_key",
            "operations[5].reorder_layer.order_key",
            "operations[6].reorder_layer.position");
  }

  @Test
  void givesNewKeysToAllWhereNoneIsLeft() {
    Document document =
        EMPTY.toBuilder()
            .addLayers(change(shape("a"), l -> l.setOrderKey("1".repeat(64))))
            .addLayers(change(shape("b"), l -> l.setOrderKey("1".repeat(63) + "2").setLocked(true)))
            .addLayers(change(shape("c"), l -> l.setOrderKey("z".repeat(64))))
            .build();
    List<Operation> operations =
        List.of(add(shape("d")), reorder("c", r -> r.setAboveLayerId("a")));
    Editor.Result result = editor.apply(document, operations);
    assertThat(ids(result.document())).containsExactly("a", "c", "b", "d");
    assertThat(result.document().getLayersList())
        .allMatch(layer -> layer.getOrderKey().length() < 6);
    assertThat(editor.replay(document, result.applied())).isEqualTo(result.document());
    Document back = editor.applyAgain(result.document(), result.inverse()).document();
    assertThat(ids(back)).containsExactly("a", "b", "c");
  }

  @Test
  void saysSoWhenAnEditLeavesNoRoomByItself() {
    assertThat(
            refused(
                EMPTY,
                add(change(shape("a"), l -> l.setOrderKey("z".repeat(64)))),
                add(shape("b"))))
        .containsExactly("operations");
  }

  @Test
  void changesTheCanvas() {
    Canvas values = Canvas.newBuilder().setWidth(1_000).setHeight(0).build();
    assertThat(apply(EMPTY, canvas(values, "width")).getCanvas().getWidth()).isEqualTo(1_000);
    assertThat(
            refused(
                EMPTY,
                canvas(values, "height"),
                canvas(values),
                canvas(values, "width", "depth"),
                canvas(values, "background.paint")))
        .containsExactly(
            "operations[0].update_canvas.canvas.height",
            "operations[1].update_canvas.update_mask",
            "operations[2].update_canvas.update_mask",
            "operations[3].update_canvas.update_mask");
  }

  @Test
  void groupsComeAndGoAndHandOnWhatTheyHold() {
    Document document =
        apply(
            with(shape("a"), shape("b")),
            addGroup(group("outer", "")),
            addGroup(group("inner", "outer")),
            addGroup(group("leaf", "inner")),
            assign("a", "inner"),
            assign("b", "outer"));
    Document without = apply(document, removeGroup("inner"));
    assertThat(layer(without, "a").getGroupId()).isEqualTo("outer");
    assertThat(without.getGroupsList()).containsExactly(group("leaf", "outer"), group("outer", ""));
    assertThat(layer(apply(without, removeGroup("outer")), "b").getGroupId()).isEmpty();
    Group renamed = group("leaf", "").toBuilder().setName("Leaf").setHidden(true).build();
    assertThat(apply(document, updateGroup(renamed, "name", "parent_id")).getGroups(1))
        .isEqualTo(group("leaf", "").toBuilder().setName("Leaf").build());
  }

  @Test
  void refusesTreesThatAreNone() {
    Document document =
        apply(
            EMPTY, addGroup(group("a", "")), addGroup(group("b", "a")), addGroup(group("c", "b")));
    assertThat(
            refused(
                document,
                updateGroup(group("a", "c"), "parent_id"),
                updateGroup(group("a", "a"), "parent_id"),
                updateGroup(group("a", "nowhere"), "parent_id"),
                updateGroup(group("x", ""), "name"),
                updateGroup(group("a", ""), "id"),
                updateGroup(group("a", "")),
                addGroup(group("a", "")),
                addGroup(group("d", "nowhere")),
                removeGroup("x")))
        .containsExactly(
            "operations[0].update_group.group.parent_id",
            "operations[1].update_group.group.parent_id",
            "operations[2].update_group.group.parent_id",
            "operations[3].update_group.group.id",
            "operations[4].update_group.update_mask",
            "operations[5].update_group.update_mask",
            "operations[6].add_group.group.id",
            "operations[7].add_group.group.parent_id",
            "operations[8].remove_group.group_id");
    assertThat(refused(with(shape("l")), assign("l", "nowhere")))
        .containsExactly("operations[0].update_layer.layer.group_id");
  }

  @Test
  void aMoveThatMakesTheTreeTooDeepIsRefused() {
    Document.Builder document = EMPTY.toBuilder();
    for (int i = 1; i <= 8; i++) document.addGroups(group("g" + i, i == 1 ? "" : "g" + (i - 1)));
    document.addGroups(group("top", ""));
    assertThat(refused(document.build(), updateGroup(group("g1", "top"), "parent_id")))
        .containsExactly("operations[0].update_group.group.parent_id");
  }

  @Test
  void lockedLayersAreOnlyUnlocked() {
    Document document = with(change(shape("a"), l -> l.setLocked(true)), shape("b"));
    assertThat(refused(document, turn("a", 1), remove("a"), toFront("a"), assign("a", "")))
        .containsExactly(
            "operations[0].update_layer.layer.id",
            "operations[1].remove_layer.layer_id",
            "operations[2].reorder_layer.layer_id",
            "operations[3].update_layer.layer.id");
    apply(document, lock("a", false), turn("a", 1), lock("a", true));
    apply(document, lock("a", true));
    Layer values = change(shape("a"), l -> l.setName("open"));
    assertThat(layer(apply(document, update(values, "locked", "name")), "a").getName())
        .isEqualTo("open");
    apply(document, add(change(shape("c"), l -> l.setLocked(true))));
  }

  @Test
  void lockedGroupsLockWhatTheyHold() {
    Document document =
        apply(
            with(shape("a"), shape("b")),
            addGroup(group("outer", "").toBuilder().setName("n").build()),
            addGroup(group("inner", "outer")),
            assign("a", "inner"),
            updateGroup(group("outer", "").toBuilder().setLocked(true).build(), "locked"));
    Consumer<Layer.Builder> inside = l -> l.setGroupId("inner");
    assertThat(
            refused(
                document,
                turn("a", 1),
                remove("a"),
                assign("b", "inner"),
                add(change(shape("c"), inside)),
                removeGroup("outer"),
                removeGroup("inner"),
                addGroup(group("new", "inner")),
                updateGroup(group("outer", ""), "name"),
                updateGroup(group("inner", ""), "parent_id")))
        .containsExactly(
            "operations[0].update_layer.layer.id",
            "operations[1].remove_layer.layer_id",
            "operations[2].update_layer.layer.group_id",
            "operations[3].add_layer.layer.group_id",
            "operations[4].remove_group.group_id",
            "operations[5].remove_group.group_id",
            "operations[6].add_group.group.parent_id",
            "operations[7].update_group.group.id",
            "operations[8].update_group.group.id");
    apply(document, lock("a", true));
    apply(document, updateGroup(group("outer", ""), "locked"), turn("a", 1));
    apply(EMPTY, addGroup(group("locked", "").toBuilder().setLocked(true).build()));
  }

  @Test
  void aGroupThatHoldsLockedThingsStays() {
    Document layers =
        apply(with(shape("a")), addGroup(group("g", "")), assign("a", "g"), lock("a", true));
    assertThat(refused(layers, removeGroup("g")))
        .containsExactly("operations[0].remove_group.group_id");
    Group locked = group("h", "g").toBuilder().setLocked(true).build();
    assertThat(refused(apply(EMPTY, addGroup(group("g", "")), addGroup(locked)), removeGroup("g")))
        .containsExactly("operations[0].remove_group.group_id");
  }

  @Test
  void countsWhatIsLeft() {
    List<Operation> operations = new ArrayList<>();
    for (int i = 0; i < 199; i++) operations.add(add(shape("l" + i)));
    Document document = editor.apply(with(shape("a")), operations).document();
    assertThat(refused(document, add(shape("b")))).containsExactly("operations");
    assertThat(apply(document, add(shape("b")), remove("a")).getLayersCount()).isEqualTo(200);
    ApiException late =
        catchThrowableOfType(
            ApiException.class, () -> editor.applyAgain(document, List.of(add(shape("b")))));
    assertThat(late.violations().get(0).description())
        .isEqualTo("must make at most 200 layers, got 201");
  }

  @Test
  void onlyTheServerReplacesDocuments() {
    Document document = with(shape("a"));
    Operation replace = Operations.replace(EMPTY);
    assertThat(refused(document, replace)).containsExactly("operations[0].replace_document");
    Editor.Result result = editor.applyAgain(document, List.of(replace));
    assertThat(result.document()).isEqualTo(EMPTY);
    assertThat(editor.applyAgain(EMPTY, result.inverse()).document()).isEqualTo(document);
  }

  @Test
  void aHistoryThatDoesNotFitIsADefect() {
    ApiException defect =
        catchThrowableOfType(
            ApiException.class, () -> editor.replay(EMPTY, List.of(remove("nobody"))));
    assertThat(defect.reason()).isEqualTo(ErrorReason.ERROR_REASON_INTERNAL);
  }

  @Test
  void whatChangesNothingHasNoInverse() {
    Document document = apply(with(shape("a"), shape("b")), addGroup(group("g", "")));
    Editor.Result result =
        editor.apply(
            document,
            List.of(
                turn("a", 0),
                rename("a", ""),
                reorder("a", r -> r.setOrderKey("V001")),
                canvas(EMPTY.getCanvas(), "width"),
                updateGroup(group("g", ""), "name")));
    assertThat(result.document()).isEqualTo(document);
    assertThat(result.inverse()).isEmpty();
    assertThat(result.applied()).hasSize(5);
  }
}
