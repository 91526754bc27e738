// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import static dev.corkboard.collage.Fixtures.await;
import static dev.corkboard.collage.Fixtures.newId;
import static dev.corkboard.collage.Fixtures.refusal;
import static dev.corkboard.collage.Fixtures.request;
import static dev.corkboard.collage.document.Documents.EMPTY;
import static dev.corkboard.collage.document.Documents.add;
import static dev.corkboard.collage.document.Documents.addGroup;
import static dev.corkboard.collage.document.Documents.assign;
import static dev.corkboard.collage.document.Documents.canvas;
import static dev.corkboard.collage.document.Documents.change;
import static dev.corkboard.collage.document.Documents.group;
import static dev.corkboard.collage.document.Documents.ids;
import static dev.corkboard.collage.document.Documents.layer;
import static dev.corkboard.collage.document.Documents.lock;
import static dev.corkboard.collage.document.Documents.remove;
import static dev.corkboard.collage.document.Documents.removeGroup;
import static dev.corkboard.collage.document.Documents.rename;
import static dev.corkboard.collage.document.Documents.reorder;
import static dev.corkboard.collage.document.Documents.shape;
import static dev.corkboard.collage.document.Documents.text;
import static dev.corkboard.collage.document.Documents.turn;
import static dev.corkboard.collage.document.Documents.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.collage.v1.Canvas;
import dev.corkboard.collage.v1.Document;
import dev.corkboard.collage.v1.Edit;
import dev.corkboard.collage.v1.Operation;
import dev.corkboard.collage.v1.Role;
import dev.corkboard.collage.v1.State;
import dev.corkboard.collage.v1.StrokePoint;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.error.ApiException;
import io.grpc.Status.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CollageEditingTest {
  private final InMemoryCollageStore store = new InMemoryCollageStore();
  private final EditingRig rig = new EditingRig(store, new Retention(5, 20, 1 << 20, 10, 2, 8));
  private final CollageEditing editing = rig.editing();
  private final long owner = newId();

  private ApiException refusedAt(StoredCollage collage, long base, Operation... operations) {
    return refusal(
        editing.edit(collage.id(), owner, base, List.of(operations), request("refused")));
  }

  private Edit editAt(StoredCollage collage, long base, Operation... operations) {
    return await(editing.edit(collage.id(), owner, base, List.of(operations), request("merged")));
  }

  @Test
  void anEditMakesTheNextRevision() {
    StoredCollage collage = rig.create(owner, EMPTY);
    RequestKey request = request("add");
    Edit edit = await(editing.edit(collage.id(), owner, 0, List.of(add(shape("a"))), request));
    assertThat(edit.getRevision()).isEqualTo(1);
    assertThat(edit.getActorId()).isEqualTo(Long.toString(owner));
    assertThat(edit.getRequestId()).isEqualTo(request.id().toString());
    assertThat(edit.getOperations(0).getAddLayer().getLayer().getOrderKey()).isNotEmpty();
    assertThat(rig.read(collage).revision()).isEqualTo(1);
    assertThat(ids(rig.document(collage))).containsExactly("a");
  }

  @Test
  void editsOfOneBaseAreMergedWhereTheyTouchDifferentThings() {
    StoredCollage collage = rig.create(owner, with(shape("a"), text("b", "x")));
    editAt(collage, 0, turn("a", 10));
    editAt(collage, 0, rename("a", "turned"));
    editAt(collage, 0, remove("b"));
    editAt(collage, 0, add(shape("c")));
    Document document = rig.document(collage);
    assertThat(layer(document, "a").getName()).isEqualTo("turned");
    assertThat(layer(document, "a").getPlacement().getRotation()).isEqualTo(10);
    assertThat(ids(document)).containsExactly("a", "c");
    assertThat(rig.read(collage).revision()).isEqualTo(4);
  }

  @Test
  void editsOfTheSamePropertyAreRefusedAndSayWhy() {
    StoredCollage collage = rig.create(owner, with(shape("a"), shape("b")));
    editAt(collage, 0, rename("b", "other"));
    editAt(collage, 0, turn("a", 10));
    ApiException conflict = refusedAt(collage, 0, rename("a", "n"), turn("a", 20));
    assertThat(conflict.code()).isEqualTo(Code.ABORTED);
    assertThat(conflict.reason()).isEqualTo(ErrorReason.ERROR_REASON_EDIT_CONFLICT);
    assertThat(conflict.metadata())
        .containsOnly(
            Map.entry("layer_id", "a"),
            Map.entry("property", "placement.rotation"),
            Map.entry("revision", "2"));
    assertThat(layer(rig.document(collage), "a").getName()).isEmpty();
    editAt(collage, 2, turn("a", 20));
  }

  @Test
  void whatIsGoneIsAConflictAndNotAMistake() {
    StoredCollage collage = rig.create(owner, with(shape("a"), shape("b")));
    rig.edit(collage, addGroup(group("g", "")));
    rig.edit(collage, remove("a"), removeGroup("g"));
    for (Operation late :
        List.of(turn("a", 1), reorder("b", r -> r.setAboveLayerId("a")), lock("a", true))) {
      assertThat(refusedAt(collage, 1, late).metadata())
          .containsEntry("layer_id", "a")
          .containsEntry("property", "*");
    }
    assertThat(refusedAt(collage, 1, assign("b", "g")).metadata()).containsEntry("group_id", "g");
    assertThat(refusedAt(collage, 2, turn("a", 1)).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_INVALID_FIELD);
  }

  @Test
  void theCanvasAndOrderKeysCanConflictToo() {
    StoredCollage collage = rig.create(owner, EMPTY);
    rig.edit(collage, canvas(Canvas.newBuilder().setWidth(5).build(), "width"));
    rig.edit(collage, add(change(shape("a"), l -> l.setOrderKey("V"))));
    assertThat(refusedAt(collage, 0, canvas(Canvas.newBuilder().setWidth(6).build(), "width")))
        .satisfies(e -> assertThat(e.metadata()).containsEntry("property", "canvas.width"));
    assertThat(refusedAt(collage, 0, add(change(shape("b"), l -> l.setOrderKey("V")))))
        .satisfies(
            e ->
                assertThat(e.metadata())
                    .containsEntry("property", "order_key")
                    .containsEntry("layer_id", "a"));
    editAt(collage, 0, canvas(Canvas.newBuilder().setHeight(6).build(), "height"));
  }

  @Test
  void basesAreNeitherFutureNorTooOld() {
    StoredCollage collage = rig.create(owner, with(shape("a")));
    for (int i = 1; i <= 9; i++) rig.edit(collage, turn("a", i));
    assertThat(refusedAt(collage, 10, rename("a", "n")).violations().get(0).field())
        .isEqualTo("base_revision");
    assertThat(refusedAt(collage, -1, rename("a", "n")).violations().get(0).field())
        .isEqualTo("base_revision");
    ApiException tooOld = refusedAt(collage, 0, rename("a", "n"));
    assertThat(tooOld.code()).isEqualTo(Code.ABORTED);
    assertThat(tooOld.reason()).isEqualTo(ErrorReason.ERROR_REASON_BASE_REVISION_TOO_OLD);
    assertThat(tooOld.metadata())
        .containsEntry("base_revision", "0")
        .containsEntry("revision", "9");
    editAt(collage, 1, rename("a", "n"));
  }

  @Test
  void aRepeatedRequestIsAppliedOnce() {
    StoredCollage collage = rig.create(owner, EMPTY);
    RequestKey request = request("add");
    List<Operation> operations = List.of(add(shape("a")));
    Edit first = await(editing.edit(collage.id(), owner, 0, operations, request));
    rig.edit(collage, remove("a"));
    assertThat(await(editing.edit(collage.id(), owner, 0, operations, request))).isEqualTo(first);
    assertThat(rig.read(collage).revision()).isEqualTo(2);
    ApiException reused =
        refusal(
            editing.edit(
                collage.id(), owner, 0, operations, request(request.id(), "something else")));
    assertThat(reused.reason()).isEqualTo(ErrorReason.ERROR_REASON_REQUEST_ID_REUSED);
  }

  @Test
  void aRepeatIsStillRecognisedWhenItsOperationsAreGone() {
    StoredCollage collage = rig.create(owner, with(shape("a")));
    RequestKey request = request("turn");
    List<Operation> operations = List.of(turn("a", -1));
    Edit first = await(editing.edit(collage.id(), owner, 0, operations, request));
    for (int i = 0; i < 40; i++) rig.edit(collage, turn("a", i));
    assertThat(await(editing.edit(collage.id(), owner, 0, operations, request)))
        .isEqualTo(first.toBuilder().clearOperations().build());
  }

  @Test
  void membersMayEditByTheirRoles() {
    StoredCollage collage = rig.create(owner, EMPTY);
    long member = newId();
    List<Operation> operations = List.of(add(shape("a")));
    assertThat(refusal(editing.edit(collage.id(), member, 0, operations, request("x"))).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_COLLAGE_NOT_FOUND);
    store.join(collage.id(), member, Role.ROLE_VIEWER);
    assertThat(refusal(editing.edit(collage.id(), member, 0, operations, request("x"))).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_PERMISSION_DENIED);
    store.join(collage.id(), member, Role.ROLE_EDITOR);
    rig.edit(collage, member, add(shape("a")));
    assertThat(refusal(editing.edit(newId(), owner, 0, operations, request("x"))).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_COLLAGE_NOT_FOUND);
  }

  @ParameterizedTest
  @EnumSource(
      value = State.class,
      names = {"STATE_DRAFT", "STATE_PUBLISHED", "STATE_DELETED"})
  void whatIsInTheTrashIsNotEdited(State state) {
    StoredCollage collage = rig.create(owner, EMPTY);
    store.change(collage.id(), collage.collage().toBuilder().setState(state).build());
    var edit = editing.edit(collage.id(), owner, 0, List.of(add(shape("a"))), request("x"));
    if (state == State.STATE_DELETED) {
      assertThat(refusal(edit).reason()).isEqualTo(ErrorReason.ERROR_REASON_COLLAGE_NOT_FOUND);
    } else {
      assertThat(await(edit).getRevision()).isEqualTo(1);
    }
  }

  @Test
  void undoTakesBackOnesOwnEditsOneAfterTheOther() {
    StoredCollage collage = rig.create(owner, with(shape("a"), shape("b")));
    long other = newId();
    store.join(collage.id(), other, Role.ROLE_EDITOR);
    rig.edit(collage, turn("a", 10));
    rig.edit(collage, other, turn("b", 99));
    rig.edit(collage, turn("a", 20));
    Edit undo = rig.undo(collage, owner);
    assertThat(undo.getUndoneRevision()).isEqualTo(3);
    assertThat(layer(rig.document(collage), "a").getPlacement().getRotation()).isEqualTo(10);
    assertThat(rig.undo(collage, owner).getUndoneRevision()).isEqualTo(1);
    assertThat(layer(rig.document(collage), "a").getPlacement().getRotation()).isZero();
    assertThat(layer(rig.document(collage), "b").getPlacement().getRotation()).isEqualTo(99);
    ApiException nothing = refusal(editing.undo(collage.id(), owner, request("undo")));
    assertThat(nothing.code()).isEqualTo(Code.FAILED_PRECONDITION);
    assertThat(nothing.reason()).isEqualTo(ErrorReason.ERROR_REASON_NOTHING_TO_UNDO);
    assertThat(rig.undo(collage, other).getUndoneRevision()).isEqualTo(2);
  }

  @Test
  void undoIsRepeatedSafely() {
    StoredCollage collage = rig.create(owner, with(shape("a")));
    rig.edit(collage, turn("a", 10));
    rig.edit(collage, turn("a", 20));
    RequestKey request = request("undo");
    Edit undo = await(editing.undo(collage.id(), owner, request));
    assertThat(await(editing.undo(collage.id(), owner, request))).isEqualTo(undo);
    assertThat(rig.read(collage).revision()).isEqualTo(3);
  }

  @Test
  void undoNeverOverwritesWhatOthersDidSince() {
    StoredCollage collage = rig.create(owner, with(shape("a")));
    long other = newId();
    store.join(collage.id(), other, Role.ROLE_EDITOR);
    rig.edit(collage, turn("a", 10));
    rig.edit(collage, other, turn("a", 20));
    assertThat(refusal(editing.undo(collage.id(), owner, request("undo"))).metadata())
        .containsEntry("layer_id", "a")
        .containsEntry("revision", "2");
    assertThat(layer(rig.document(collage), "a").getPlacement().getRotation()).isEqualTo(20);
  }

  @Test
  void undoingWhatOthersBuiltUponOrLockedIsAConflict() {
    StoredCollage collage = rig.create(owner, with(shape("b")));
    long other = newId();
    store.join(collage.id(), other, Role.ROLE_EDITOR);
    rig.edit(collage, add(shape("a")));
    rig.edit(collage, other, turn("a", 20));
    assertThat(refusal(editing.undo(collage.id(), owner, request("undo"))).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_EDIT_CONFLICT);
    rig.edit(collage, turn("b", 10));
    rig.edit(collage, other, lock("b", true));
    assertThat(refusal(editing.undo(collage.id(), owner, request("undo"))).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_EDIT_CONFLICT);
  }

  @Test
  void anEditThatChangedNothingIsPassedOverByUndo() {
    StoredCollage collage = rig.create(owner, with(shape("a")));
    rig.edit(collage, turn("a", 10));
    rig.edit(collage, turn("a", 10));
    rig.edit(collage, add(shape("b")), remove("b"));
    assertThat(rig.undo(collage, owner).getUndoneRevision()).isEqualTo(1);
    assertThat(rig.document(collage)).isEqualTo(with(shape("a")));
  }

  @Test
  void undoSearchesAllThatIsKeptAndNoMore() {
    StoredCollage collage = rig.create(owner, with(shape("a"), shape("b")));
    long other = newId();
    store.join(collage.id(), other, Role.ROLE_EDITOR);
    rig.edit(collage, turn("a", 10));
    for (int i = 0; i < 19; i++) rig.edit(collage, other, turn("b", i));
    assertThat(rig.undo(collage, owner).getUndoneRevision()).isEqualTo(1);
    for (int i = 0; i < 30; i++) rig.edit(collage, other, turn("b", -i));
    assertThat(refusal(editing.undo(collage.id(), owner, request("undo"))).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_NOTHING_TO_UNDO);
  }

  @Test
  void restoringIsAnEditThatCanBeUndone() {
    StoredCollage collage = rig.create(owner, with(shape("a")));
    rig.edit(collage, turn("a", 10));
    Document wanted = rig.document(collage);
    rig.edit(collage, remove("a"), add(shape("b")));
    Document before = rig.document(collage);
    Edit restored = await(editing.restore(collage.id(), owner, 1, request("restore")));
    assertThat(restored.getRestoredRevision()).isEqualTo(1);
    assertThat(restored.getRevision()).isEqualTo(3);
    assertThat(rig.document(collage)).isEqualTo(wanted);
    assertThat(refusedAt(collage, 2, canvas(Canvas.newBuilder().setWidth(1).build(), "width")))
        .satisfies(e -> assertThat(e.metadata()).containsEntry("property", "*"));
    assertThat(rig.undo(collage, owner).getUndoneRevision()).isEqualTo(3);
    assertThat(rig.document(collage)).isEqualTo(before);
    assertThat(refusal(editing.restore(collage.id(), owner, 9, request("restore"))).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_REVISION_NOT_FOUND);
  }

  @Test
  void anEditThatIsTooMuchToKeepIsRefused() {
    StoredCollage collage = rig.create(owner, EMPTY);
    List<Operation> operations = new ArrayList<>();
    var large = shape("a").toBuilder();
    large.getStrokeBuilder().setColor("#000000").setWidth(1);
    StrokePoint point = StrokePoint.newBuilder().setX(1).setY(1).build();
    for (int i = 0; i < 10_000; i++) large.getStrokeBuilder().addPoints(point);
    for (int i = 0; i < 50; i++) {
      operations.add(add(large.setId("l" + i).build()));
      operations.add(remove("l" + i));
    }
    ApiException refused =
        refusal(
            editing.edit(collage.id(), owner, 0, operations, request(UUID.randomUUID(), "big")));
    assertThat(refused.violations().get(0).field()).isEqualTo("operations");
    assertThat(rig.read(collage).revision()).isZero();
  }
}
