// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import static dev.corkboard.collage.Fixtures.await;
import static dev.corkboard.collage.Fixtures.newId;
import static dev.corkboard.collage.Fixtures.refusal;
import static dev.corkboard.collage.Fixtures.request;
import static dev.corkboard.collage.document.Documents.EMPTY;
import static dev.corkboard.collage.document.Documents.shape;
import static dev.corkboard.collage.document.Documents.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corkboard.collage.document.Documents;
import dev.corkboard.collage.document.RandomEdits;
import dev.corkboard.collage.v1.Document;
import dev.corkboard.collage.v1.Edit;
import dev.corkboard.collage.v1.Operation;
import dev.corkboard.collage.v1.Publication;
import dev.corkboard.collage.v1.Revision;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.error.ApiException;
import io.grpc.Status.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What is kept of the past: thousands of edits, with constants that make them few. */
class CollageHistoryTest {
  private static final Retention SMALL = new Retention(5, 40, 1 << 20, 20, 3, 30);

  private final InMemoryCollageStore store = new InMemoryCollageStore();
  private final EditingRig rig = new EditingRig(store, SMALL);
  private final EditingRig cold = EditingRig.forgetful(store, SMALL);
  private final long owner = newId();

  private StoredCollage turned(int edits) {
    StoredCollage collage = rig.create(owner, with(shape("a")));
    turn(rig, collage, edits);
    return collage;
  }

  private static void turn(EditingRig rig, StoredCollage collage, int edits) {
    for (int i = 0; i < edits; i++) {
      rig.edit(collage, Documents.turn("a", degrees(rig.read(collage).revision() + 1)));
    }
  }

  /** How far the layer is turned by the edit that makes a revision. */
  private static double degrees(long revision) {
    return (int) (revision % 360);
  }

  private double rotationAt(StoredCollage collage, long revision) {
    return await(cold.history().document(cold.read(collage), revision))
        .getLayers(0)
        .getPlacement()
        .getRotation();
  }

  private ErrorReason reasonAt(StoredCollage collage, long revision) {
    return refusal(cold.history().document(cold.read(collage), revision)).reason();
  }

  private List<Long> revisions(StoredCollage collage) {
    return await(cold.history().revisions(cold.read(collage), Long.MAX_VALUE, 1_000)).stream()
        .map(Revision::getRevision)
        .toList();
  }

  @Test
  void everyKeptRevisionIsReadAsItWas() {
    StoredCollage collage = rig.create(owner, EMPTY);
    RandomEdits edits = new RandomEdits(11);
    List<Document> documents = new ArrayList<>(List.of(EMPTY));
    for (int i = 1; i <= 40; i++) {
      Document before = documents.get(i - 1);
      rig.edit(collage, edits.next(before).applied().toArray(Operation[]::new));
      documents.add(rig.document(collage));
    }
    for (int i = 0; i <= 40; i++) {
      assertThat(await(cold.history().document(cold.read(collage), i))).isEqualTo(documents.get(i));
      assertThat(await(rig.history().document(rig.read(collage), i))).isEqualTo(documents.get(i));
    }
  }

  @Test
  void revisionsThatNeverWereAreNotFound() {
    StoredCollage collage = turned(3);
    assertThat(reasonAt(collage, 4)).isEqualTo(ErrorReason.ERROR_REASON_REVISION_NOT_FOUND);
    assertThat(reasonAt(collage, -1)).isEqualTo(ErrorReason.ERROR_REASON_REVISION_NOT_FOUND);
    assertThat(rotationAt(collage, 0)).isZero();
    assertThat(rotationAt(collage, 3)).isEqualTo(3);
  }

  @Test
  void thePastIsBoundedHoweverManyEditsThereWere() {
    StoredCollage collage = turned(2_003);
    assertThat(cold.read(collage).keptAfter()).isEqualTo(1_960);
    assertThat(store.rows(collage.id())).isLessThan(40 + 5 + 3 + 10 + 1);
    assertThat(revisions(collage))
        .containsExactlyElementsOf(
            LongStream.concat(
                    LongStream.iterate(2_003, r -> r - 1).limit(44),
                    LongStream.of(1_940, 1_920, 1_900))
                .boxed()
                .toList());
    for (long revision : revisions(collage)) {
      assertThat(rotationAt(collage, revision)).isEqualTo(degrees(revision));
    }
    assertThat(reasonAt(collage, 1_959)).isEqualTo(ErrorReason.ERROR_REASON_REVISION_NOT_FOUND);
    assertThat(reasonAt(collage, 1_880)).isEqualTo(ErrorReason.ERROR_REASON_REVISION_NOT_FOUND);
  }

  @Test
  void theDefaultConstantsHoldForThousandsOfEdits() {
    EditingRig real = new EditingRig(store, Retention.DEFAULT);
    StoredCollage collage = real.create(owner, with(shape("a")));
    turn(real, collage, 4_120);
    assertThat(real.read(collage).keptAfter()).isEqualTo(2_100);
    assertThat(await(store.snapshots(collage.id())))
        .extracting(Revision::getRevision)
        .startsWith(4_100L, 4_050L)
        .endsWith(2_150L, 2_100L, 2_000L, 1_000L, 0L);
    assertThat(await(store.edits(collage.id(), 0, 1)).get(0).getRevision()).isEqualTo(2_101);
  }

  @Test
  void listsOfRevisionsGoOnWhereTheyEnded() {
    StoredCollage collage = turned(123);
    List<Long> all = revisions(collage);
    List<Long> paged = new ArrayList<>();
    long below = Long.MAX_VALUE;
    while (true) {
      List<Revision> page = await(cold.history().revisions(cold.read(collage), below, 7));
      page.forEach(revision -> paged.add(revision.getRevision()));
      if (page.size() < 7) break;
      below = page.get(6).getRevision();
    }
    assertThat(paged).isEqualTo(all).doesNotHaveDuplicates();
    assertThat(all).startsWith(123L, 122L).endsWith(60L, 40L, 20L);
    Revision newest = await(cold.history().revisions(cold.read(collage), 124, 1)).get(0);
    assertThat(newest.getActorId()).isEqualTo(Long.toString(owner));
    assertThat(newest.getOperationCount()).isEqualTo(1);
  }

  @Test
  void aSnapshotSaysWhoMadeItsRevision() {
    StoredCollage collage = turned(1);
    rig.undo(collage, owner);
    turn(rig, collage, 3);
    Revision fifth = await(cold.history().revisions(cold.read(collage), 6, 1)).get(0);
    assertThat(await(store.snapshot(collage.id(), 5)).orElseThrow().revision()).isEqualTo(fifth);
    Revision first = await(cold.history().revisions(cold.read(collage), 1, 1)).get(0);
    assertThat(first.getActorId()).isEqualTo(Long.toString(owner));
    assertThat(first.getEditTime()).isEqualTo(collage.collage().getCreateTime());
  }

  @Test
  void thePublishedRevisionStays() {
    StoredCollage collage = turned(33);
    Publication publication = Publication.newBuilder().setPinId("1").setRevision(33).build();
    store.change(
        collage.id(), rig.read(collage).collage().toBuilder().setPublication(publication).build());
    turn(rig, collage, 300);
    assertThat(revisions(collage)).contains(33L);
    assertThat(rotationAt(collage, 33)).isEqualTo(33);
    store.change(collage.id(), rig.read(collage).collage().toBuilder().clearPublication().build());
    turn(rig, collage, 5);
    assertThat(reasonAt(collage, 33)).isEqualTo(ErrorReason.ERROR_REASON_REVISION_NOT_FOUND);
  }

  @Test
  void editsAfterARevisionComeInOrderUntilTheyAreGone() {
    StoredCollage collage = turned(100);
    StoredCollage read = cold.read(collage);
    assertThat(await(cold.history().edits(read, 60, 3)))
        .extracting(Edit::getRevision)
        .containsExactly(61L, 62L, 63L);
    assertThat(await(cold.history().edits(read, 100, 3))).isEmpty();
    ApiException expired = refusal(cold.history().edits(read, 59, 3));
    assertThat(expired.code()).isEqualTo(Code.OUT_OF_RANGE);
    assertThat(expired.reason()).isEqualTo(ErrorReason.ERROR_REASON_EDITS_EXPIRED);
    assertThat(expired.metadata()).containsEntry("after_revision", "59");
    turn(rig, collage, 50);
    assertThat(refusal(cold.history().edits(read, 60, 3)).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_EDITS_EXPIRED);
  }

  @Test
  void aReaderWhoseEditsAreTrimmedMeanwhileBeginsAnew() {
    StoredCollage collage = turned(70);
    StoredCollage before = cold.read(collage);
    turn(rig, collage, 30);
    assertThat(await(cold.history().document(before, 65)).getLayers(0).getPlacement())
        .satisfies(placement -> assertThat(placement.getRotation()).isEqualTo(65));
    assertThat(refusal(cold.history().document(before, 42)).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_REVISION_NOT_FOUND);
  }

  @Test
  void limitsOfTodayDoNotTouchWhatWasAcceptedBefore() {
    StoredCollage collage = rig.create(owner, EMPTY);
    RequestKey request = request("old");
    EditFacts facts = await(store.facts(collage.id(), owner, request.id())).orElseThrow();
    var edit = Documents.add(Documents.change(shape("a"), l -> l.setName("n").setOrderKey("V")));
    Entry entry = Fixtures.entry(facts, EMPTY, request, edit);
    Edit.Builder old = entry.edit().toBuilder();
    old.getOperationsBuilder(0)
        .getAddLayerBuilder()
        .getLayerBuilder()
        .setName("n".repeat(5_000))
        .getPlacementBuilder()
        .setWidth(1e9);
    Entry kept = new Entry(old.build(), entry.inverse(), entry.touched());
    assertThat(await(store.append(facts, kept, request))).isTrue();
    assertThat(rig.document(collage).getLayers(0).getPlacement().getWidth()).isEqualTo(1e9);
    rig.edit(collage, Documents.lock("a", true));
    assertThat(await(rig.editing().restore(collage.id(), owner, 1, request("r"))).getRevision())
        .isEqualTo(3);
  }

  @Test
  void aRetentionMakesSense() {
    assertThatThrownBy(() -> new Retention(0, 40, 1, 20, 3, 30))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Retention(5, 40, -1, 20, 3, 30))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Retention(7, 40, 1, 20, 3, 30))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Retention(5, 40, 1, 20, 3, 41))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
