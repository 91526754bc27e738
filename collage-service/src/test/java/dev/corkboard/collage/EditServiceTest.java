// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import static dev.corkboard.collage.CollageRig.someId;
import static dev.corkboard.collage.CollageServiceTest.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.corkboard.collage.document.Documents;
import dev.corkboard.collage.v1.BatchUpdateCollageRequest;
import dev.corkboard.collage.v1.Collage;
import dev.corkboard.collage.v1.Credit;
import dev.corkboard.collage.v1.Edit;
import dev.corkboard.collage.v1.EditServiceGrpc;
import dev.corkboard.collage.v1.ImageContent;
import dev.corkboard.collage.v1.Layer;
import dev.corkboard.collage.v1.ListRevisionsRequest;
import dev.corkboard.collage.v1.ListRevisionsResponse;
import dev.corkboard.collage.v1.Operation;
import dev.corkboard.collage.v1.Picture;
import dev.corkboard.collage.v1.PinPicture;
import dev.corkboard.collage.v1.RemoveMemberRequest;
import dev.corkboard.collage.v1.RestoreRevisionRequest;
import dev.corkboard.collage.v1.Revision;
import dev.corkboard.collage.v1.Role;
import dev.corkboard.collage.v1.UndoEditRequest;
import dev.corkboard.collage.v1.WatchEditsRequest;
import dev.corkboard.collage.v1.WatchEditsResponse;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.pin.v1.Pin;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.testing.GrpcExtension;
import io.grpc.Context;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EditServiceTest {
  private final CollageRig rig = newRig();

  @RegisterExtension final GrpcExtension grpc = rig.grpc;

  private final String owner = someId();
  private final String editor = someId();

  /** The stores to run on. */
  CollageRig newRig() {
    return new CollageRig();
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private static BatchUpdateCollageRequest.Builder request(
      Collage collage, long base, Operation... operations) {
    return BatchUpdateCollageRequest.newBuilder()
        .setCollageId(collage.getId())
        .setBaseRevision(base)
        .addAllOperations(List.of(operations))
        .setRequestId(UUID.randomUUID().toString());
  }

  private Edit edit(String account, BatchUpdateCollageRequest.Builder request) {
    return rig.editsAs(account).batchUpdateCollage(request.build());
  }

  private Collage shared() {
    Collage collage = rig.create(owner);
    rig.join(collage, editor, Role.ROLE_EDITOR);
    return collage;
  }

  private static Layer ofPin(String id, Pin pin) {
    return Documents.image(id, "any").toBuilder()
        .setImage(
            ImageContent.newBuilder()
                .setPicture(
                    Picture.newBuilder().setPin(PinPicture.newBuilder().setPinId(pin.getId()))))
        .build();
  }

  private Layer layer(String account, Collage collage, String id) {
    return Documents.layer(rig.get(account, collage.getId()).getDocument(), id);
  }

  @Test
  void editsOfDifferentPropertiesMergeAndOfTheSameAreRefusedByName() {
    Collage collage = shared();
    assertThat(edit(owner, request(collage, 0, Documents.turn("a", 30))).getRevision())
        .isEqualTo(1);
    assertThat(edit(editor, request(collage, 0, Documents.rename("a", "Mine"))).getRevision())
        .isEqualTo(2);
    Throwable refused =
        catchThrowable(() -> edit(editor, request(collage, 0, Documents.turn("a", 60))));
    ApiException conflict = ApiException.from(refused);
    assertThat(conflict.reason()).isEqualTo(ErrorReason.ERROR_REASON_EDIT_CONFLICT);
    assertThat(conflict.metadata())
        .containsEntry("layer_id", "a")
        .containsEntry("property", "placement.rotation")
        .containsEntry("revision", "1");
    Layer merged = layer(owner, collage, "a");
    assertThat(merged.getName()).isEqualTo("Mine");
    assertThat(merged.getPlacement().getRotation()).isEqualTo(30);
  }

  @Test
  void aRepeatIsAppliedOnceThoughItsPinIsGone() {
    Collage collage = rig.create(owner);
    Pin pin = rig.pins.pin(owner, rig.pins.upload(owner, 4, 4, new byte[] {7}));
    BatchUpdateCollageRequest.Builder request = request(collage, 0, Documents.add(ofPin("b", pin)));
    Edit first = edit(owner, request);
    assertThat(edit(owner, request)).isEqualTo(first);
    rig.pins.delete(pin.getId());
    assertThat(edit(owner, request).getRevision()).isEqualTo(1);
    assertFails(
        ErrorReason.ERROR_REASON_PIN_NOT_FOUND,
        () -> edit(owner, request(collage, 1, Documents.add(ofPin("c", pin)))));
    assertThat(rig.get(owner, collage.getId()).getRevision()).isEqualTo(1);
  }

  @Test
  void picturesAreCopiedAndTheirCreditsAreThoseWhoSeeThePin() {
    Collage collage = shared();
    String key = rig.pins.upload(owner, 4, 4, new byte[] {9});
    Pin pin = rig.pins.pin(owner, key);
    rig.pins.hide(pin.getId());
    Edit edit = edit(owner, request(collage, 0, Documents.add(ofPin("b", pin))));
    Picture own = edit.getOperations(0).getAddLayer().getLayer().getImage().getPicture();
    assertThat(own.getCredit().getPinId()).isEqualTo(pin.getId());
    assertThat(own.getImage().getAssetKey()).isNotEqualTo(key);
    Credit others = layer(editor, collage, "b").getImage().getPicture().getCredit();
    assertThat(others)
        .isEqualTo(
            Credit.newBuilder()
                .setAvailability(Credit.Availability.AVAILABILITY_UNAVAILABLE)
                .build());
    // The copy is any editor's to use again, and brings its credit along.
    Edit again =
        edit(
            editor,
            request(
                collage, 1, Documents.add(Documents.uploaded("c", own.getImage().getAssetKey()))));
    assertThat(again.getRevision()).isEqualTo(2);
    assertThat(layer(owner, collage, "c").getImage().getPicture().getCredit().getPinId())
        .isEqualTo(pin.getId());
  }

  @Test
  void aPinOnABoardThatTheEditorDoesNotSeeIsNotThere() {
    Collage collage = shared();
    Pin pin = rig.pins.pin(owner, rig.pins.upload(owner, 4, 4, new byte[] {1}));
    rig.pins.hide(pin.getId());
    assertFails(
        ErrorReason.ERROR_REASON_PIN_NOT_FOUND,
        () -> edit(editor, request(collage, 0, Documents.add(ofPin("b", pin)))));
    assertThat(rig.get(owner, collage.getId()).getRevision()).isZero();
  }

  @Test
  void everythingOrNothing() {
    Collage collage = rig.create(owner);
    Throwable refused =
        catchThrowable(
            () ->
                edit(
                    owner,
                    request(
                        collage,
                        0,
                        Documents.rename("a", "x"),
                        Documents.turn("gone", 1),
                        Documents.turn("a", Double.NaN))));
    assertThat(ApiException.from(refused).violations())
        .extracting(ApiException.Violation::field)
        .allMatch(field -> field.startsWith("operations["))
        .hasSize(2);
    assertThat(rig.get(owner, collage.getId()).getDocument()).isEqualTo(collage.getDocument());
  }

  @Test
  void requestsThatCannotBeAreNamed() {
    Collage collage = rig.create(owner);
    Operation turn = Documents.turn("a", 1);
    for (BatchUpdateCollageRequest.Builder bad :
        List.of(
            request(collage, 0, turn).clearRequestId(),
            request(collage, 0, turn).setRequestId("x"),
            request(collage, 0, turn).setCollageId("x"),
            request(collage, 1, turn),
            request(collage, -1, turn),
            request(collage, 0),
            request(collage, 0, Operation.getDefaultInstance()),
            request(collage, 0).addAllOperations(Collections.nCopies(201, turn)))) {
      assertFails(ErrorReason.ERROR_REASON_INVALID_FIELD, () -> edit(owner, bad));
    }
    assertFails(
        ErrorReason.ERROR_REASON_COLLAGE_NOT_FOUND,
        () -> edit(owner, request(collage, 0, turn).setCollageId(someId())));
  }

  private Edit undo(String account, Collage collage) {
    return rig.editsAs(account)
        .undoEdit(
            UndoEditRequest.newBuilder()
                .setCollageId(collage.getId())
                .setRequestId(UUID.randomUUID().toString())
                .build());
  }

  @Test
  void anUndoTakesBackOnesOwnLastEdit() {
    Collage collage = shared();
    edit(owner, request(collage, 0, Documents.turn("a", 30)));
    edit(editor, request(collage, 1, Documents.rename("a", "Mine")));
    Edit undone = undo(owner, collage);
    assertThat(undone.getUndoneRevision()).isEqualTo(1);
    assertThat(layer(owner, collage, "a").getPlacement().getRotation()).isZero();
    assertThat(layer(owner, collage, "a").getName()).isEqualTo("Mine");
    assertFails(ErrorReason.ERROR_REASON_NOTHING_TO_UNDO, () -> undo(owner, collage));
  }

  @Test
  void aRestoredRevisionIsANewOne() {
    Collage collage = rig.create(owner);
    edit(owner, request(collage, 0, Documents.remove("a")));
    RestoreRevisionRequest restore =
        RestoreRevisionRequest.newBuilder()
            .setCollageId(collage.getId())
            .setRevision(0)
            .setRequestId(UUID.randomUUID().toString())
            .build();
    Edit restored = rig.editsAs(owner).restoreRevision(restore);
    assertThat(restored.getRevision()).isEqualTo(2);
    assertThat(rig.editsAs(owner).restoreRevision(restore)).isEqualTo(restored);
    assertThat(rig.get(owner, collage.getId()).getDocument()).isEqualTo(collage.getDocument());
    assertThat(revisions(owner, collage))
        .extracting(Revision::getRevision)
        .containsExactly(2L, 1L, 0L);
    assertFails(
        ErrorReason.ERROR_REASON_REVISION_NOT_FOUND,
        () ->
            rig.editsAs(owner)
                .restoreRevision(
                    restore.toBuilder()
                        .setRevision(9)
                        .setRequestId(UUID.randomUUID().toString())
                        .build()));
  }

  private List<Revision> revisions(String account, Collage collage) {
    List<Revision> revisions = new ArrayList<>();
    String token = "";
    do {
      ListRevisionsResponse page =
          rig.editsAs(account)
              .listRevisions(
                  ListRevisionsRequest.newBuilder()
                      .setCollageId(collage.getId())
                      .setPageSize(2)
                      .setPageToken(token)
                      .build());
      revisions.addAll(page.getRevisionsList());
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    return revisions;
  }

  @Test
  void historyIsMembersToRead() {
    Collage collage = rig.create(owner);
    assertFails(ErrorReason.ERROR_REASON_COLLAGE_NOT_FOUND, () -> revisions(editor, collage));
  }

  /** What a watcher gets. */
  private static final class Seen implements StreamObserver<WatchEditsResponse> {
    final List<WatchEditsResponse> messages = new CopyOnWriteArrayList<>();
    volatile Optional<ErrorReason> failure = Optional.empty();

    @Override
    public void onNext(WatchEditsResponse message) {
      messages.add(message);
    }

    @Override
    public void onError(Throwable thrown) {
      failure = Optional.of(ApiException.from(thrown).reason());
    }

    @Override
    public void onCompleted() {
      failure = Optional.of(ErrorReason.ERROR_REASON_UNSPECIFIED);
    }

    List<Long> edits() {
      return messages.stream()
          .filter(WatchEditsResponse::hasEdit)
          .map(message -> message.getEdit().getRevision())
          .toList();
    }
  }

  private Seen watch(String account, WatchEditsRequest.Builder request) {
    Seen seen = new Seen();
    EditServiceGrpc.newStub(grpc.channel())
        .withCallCredentials(grpc.tokens().user(account))
        .watchEdits(request.build(), seen);
    return seen;
  }

  private static WatchEditsRequest.Builder of(Collage collage) {
    return WatchEditsRequest.newBuilder().setCollageId(collage.getId());
  }

  @Test
  void aWatcherGetsEveryEditOnceAndInOrderFromWhereItBegins() {
    Collage collage = shared();
    for (int i = 0; i < 30; i++) rig.edit(owner, collage, Documents.turn("a", i + 1));
    Seen all = watch(editor, of(collage).setAfterRevision(0));
    Seen late = watch(editor, of(collage).setAfterRevision(28));
    Seen now = watch(editor, of(collage));
    for (int i = 0; i < 30; i++) rig.edit(editor, collage, Documents.rename("a", "n" + i));
    Awaitility.await()
        .untilAsserted(
            () -> {
              assertThat(all.edits()).isEqualTo(LongStream.rangeClosed(1, 60).boxed().toList());
              assertThat(late.edits()).hasSize(32).startsWith(29L).endsWith(60L);
              assertThat(now.edits()).hasSize(30).startsWith(31L).endsWith(60L);
            });
    assertThat(now.messages.get(0).getRevision()).isEqualTo(30);
    assertThat(now.messages.get(0).hasEdit()).isFalse();
  }

  @Test
  void anEditMadeInAnotherProcessReachesTheWatcher() {
    Collage collage = rig.create(owner);
    Seen seen = watch(owner, of(collage));
    StoredCollage stored =
        Fixtures.await(rig.store.get(Long.parseLong(collage.getId()))).orElseThrow();
    RequestKey key = Fixtures.request("elsewhere");
    EditFacts facts =
        Fixtures.await(rig.store.facts(stored.id(), stored.ownerId(), key.id())).orElseThrow();
    Entry entry =
        Fixtures.entry(facts, collage.getDocument(), key, Documents.rename("a", "Elsewhere"));
    assertThat(Fixtures.await(rig.store.append(facts, entry, key))).isTrue();
    Awaitility.await().until(() -> seen.edits().equals(List.of(1L)));
  }

  @Test
  void aWatcherWhoIsRemovedHearsNothingMore() {
    Collage collage = shared();
    Seen seen = watch(editor, of(collage));
    rig.edit(owner, collage, Documents.turn("a", 1));
    Awaitility.await().until(() -> seen.edits().equals(List.of(1L)));
    assertThat(
            rig.as(owner)
                .removeMember(
                    RemoveMemberRequest.newBuilder()
                        .setCollageId(collage.getId())
                        .setAccountId(editor)
                        .build()))
        .isNotNull();
    rig.edit(owner, collage, Documents.turn("a", 2));
    Awaitility.await().until(() -> seen.failure.isPresent());
    assertThat(seen.failure).contains(ErrorReason.ERROR_REASON_COLLAGE_NOT_FOUND);
    assertThat(seen.edits()).containsExactly(1L);
  }

  private static ErrorReason failure(Seen seen) {
    Awaitility.await().until(() -> seen.failure.isPresent());
    return seen.failure.orElseThrow();
  }

  @Test
  void anIdThatIsNoneTakesNoPlaceOfAStream() {
    for (String id : List.of("9".repeat(20), "999")) {
      for (int i = 0; i <= EditWatching.MAX_OF_ACCOUNT; i++) {
        assertThat(failure(watch(owner, WatchEditsRequest.newBuilder().setCollageId(id))))
            .isEqualTo(ErrorReason.ERROR_REASON_COLLAGE_NOT_FOUND);
      }
    }
  }

  @Test
  void masksAreShort() {
    Collage collage = shared();
    for (String[] paths : new String[][] {{"x".repeat(201)}, names(101)}) {
      ApiException refused =
          ApiException.from(
              catchThrowable(
                  () ->
                      edit(
                          owner,
                          request(
                              collage,
                              0,
                              Documents.rename("a", "Mine"),
                              Documents.update(Documents.shape("a"), paths)))));
      assertThat(refused.reason()).isEqualTo(ErrorReason.ERROR_REASON_INVALID_FIELD);
      assertThat(refused.violations())
          .extracting(violation -> violation.field())
          .containsExactly("operations[1].update_layer.update_mask");
    }
  }

  private static String[] names(int count) {
    return LongStream.range(0, count).mapToObj(i -> "name" + i).toArray(String[]::new);
  }

  @Test
  void strangersAndBadRequestsAreRefused() {
    Collage collage = rig.create(owner);
    assertThat(failure(watch(editor, of(collage))))
        .isEqualTo(ErrorReason.ERROR_REASON_COLLAGE_NOT_FOUND);
    assertThat(failure(watch(owner, of(collage).setAfterRevision(-1))))
        .isEqualTo(ErrorReason.ERROR_REASON_INVALID_FIELD);
    assertThat(failure(watch(owner, of(collage).setCollageId("x"))))
        .isEqualTo(ErrorReason.ERROR_REASON_INVALID_FIELD);
  }

  @Test
  void streamsOfOneAccountAreBoundedAndAHangUpMakesRoom() {
    Collage collage = rig.create(owner);
    Context.CancellableContext caller = Context.current().withCancellation();
    Context before = caller.attach();
    try {
      for (int i = 0; i < EditWatching.MAX_OF_ACCOUNT; i++) {
        assertThat(watch(owner, of(collage)).failure).isEmpty();
      }
    } finally {
      caller.detach(before);
    }
    assertThat(watch(owner, of(collage)).failure).contains(ErrorReason.ERROR_REASON_OVERLOADED);
    caller.cancel(null);
    assertThat(watch(owner, of(collage)).failure).isEmpty();
  }
}
