// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import static dev.corkboard.collage.Fixtures.await;
import static dev.corkboard.collage.Fixtures.collage;
import static dev.corkboard.collage.Fixtures.entry;
import static dev.corkboard.collage.Fixtures.newId;
import static dev.corkboard.collage.Fixtures.request;
import static dev.corkboard.collage.document.Documents.EMPTY;
import static dev.corkboard.collage.document.Documents.image;
import static dev.corkboard.collage.document.Documents.picture;
import static dev.corkboard.collage.document.Documents.shape;
import static dev.corkboard.collage.document.Documents.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corkboard.collage.document.Documents;
import dev.corkboard.collage.document.Property;
import dev.corkboard.collage.v1.Document;
import dev.corkboard.collage.v1.Edit;
import dev.corkboard.collage.v1.Operation;
import dev.corkboard.collage.v1.Revision;
import dev.corkboard.collage.v1.Role;
import dev.corkboard.collage.v1.StrokePoint;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every store of collages does. */
interface CollageStoreContract {
  CollageStore store();

  void join(long collageId, long accountId, Role role);

  void leave(long collageId, long accountId);

  private StoredCollage create(Document document) {
    StoredCollage collage = collage(newId());
    await(store().create(collage, document));
    return collage;
  }

  private EditFacts facts(StoredCollage collage, long actorId, RequestKey request) {
    return await(store().facts(collage.id(), actorId, request.id())).orElseThrow();
  }

  /** Keeps an edit that adds a layer. */
  private Edit append(StoredCollage collage, String layerId) {
    RequestKey request = request(layerId);
    EditFacts facts = facts(collage, collage.ownerId(), request);
    Entry entry = entry(facts, EMPTY, request, Documents.add(shape(layerId)));
    assertThat(await(store().append(facts, entry, request))).isTrue();
    return entry.edit();
  }

  private StoredCollage read(StoredCollage collage) {
    return await(store().get(collage.id())).orElseThrow();
  }

  private Snapshot snapshot(long revision) {
    return new Snapshot(
        Revision.newBuilder()
            .setRevision(revision)
            .setActorId("7")
            .setEditTime(collage(1).collage().getCreateTime())
            .setOperationCount(3)
            .setUndoneRevision(2)
            .setRestoredRevision(1)
            .build(),
        with(shape("s" + revision)));
  }

  @Test
  default void keepsWhatWasCreated() {
    StoredCollage collage = create(with(image("a", "asset")));
    assertThat(read(collage)).isEqualTo(collage);
    Snapshot first = await(store().snapshot(collage.id(), 99)).orElseThrow();
    assertThat(first.document()).isEqualTo(with(image("a", "asset")));
    assertThat(first.revision().getActorId()).isEqualTo(collage.collage().getOwnerId());
    assertThat(await(store().pictures(collage.id(), List.of("asset", "other"))))
        .containsExactly(picture("asset"));
    assertThat(await(store().pictures(collage.id(), List.of()))).isEmpty();
    assertThat(await(store().get(newId()))).isEmpty();
    assertThat(await(store().facts(newId(), 1, request("x").id()))).isEmpty();
  }

  @Test
  default void creatingAgainIsNoHarmButNotWithAnother() {
    StoredCollage collage = create(EMPTY);
    await(store().create(collage, EMPTY));
    StoredCollage other = StoredCollage.created(collage.collage());
    assertThatThrownBy(() -> await(store().create(other, EMPTY))).isNotNull();
    assertThat(read(collage)).isEqualTo(collage);
  }

  @Test
  default void keepsAnEditWithAllThatGoesWithIt() {
    StoredCollage collage = create(EMPTY);
    RequestKey request = request("first");
    EditFacts before = facts(collage, collage.ownerId(), request);
    assertThat(before.role()).isEqualTo(Role.ROLE_OWNER);
    assertThat(before.seen()).isEmpty();
    Entry entry = entry(before, EMPTY, request, Documents.add(image("a", "asset")));
    assertThat(await(store().append(before, entry, request))).isTrue();

    EditFacts after = facts(collage, collage.ownerId(), request);
    assertThat(after.collage().revision()).isEqualTo(1);
    assertThat(after.collage().write()).isNotEqualTo(before.collage().write());
    assertThat(after.collage().collage().getUpdateTime()).isEqualTo(entry.edit().getEditTime());
    assertThat(after.collage().collage().getTitle()).isEqualTo("Collage");
    assertThat(after.seen().orElseThrow().digest()).isEqualTo(request.digest());
    assertThat(after.seen().orElseThrow().revision()).isEqualTo(1);
    assertThat(await(store().edits(collage.id(), 0, 10))).containsExactly(entry.edit());
    assertThat(await(store().inverse(collage.id(), 1))).contains(entry.inverse());
    assertThat(await(store().inverse(collage.id(), 2))).isEmpty();
    assertThat(await(store().traces(collage.id(), 2, 10)))
        .containsExactly(new Entry.Trace(Entry.summary(entry.edit()), true, entry.touched()));
    assertThat(await(store().pictures(collage.id(), List.of("asset"))))
        .containsExactly(picture("asset"));
  }

  @Test
  default void keepsWhatAnEditTouchedAndThatItChangedNothing() {
    StoredCollage collage = create(EMPTY);
    RequestKey request = request("touch");
    EditFacts facts = facts(collage, collage.ownerId(), request);
    Entry made = entry(facts, EMPTY, request, Documents.add(shape("a")));
    List<Property> touched =
        Stream.of(Property.Target.values())
            .map(target -> new Property(target, "id of " + target, "some.path"))
            .toList();
    Entry entry = new Entry(made.edit(), List.of(), touched);
    assertThat(await(store().append(facts, entry, request))).isTrue();
    assertThat(await(store().traces(collage.id(), 2, 1)))
        .containsExactly(new Entry.Trace(Entry.summary(made.edit()), false, touched));
    assertThat(await(store().inverse(collage.id(), 1))).contains(List.of());
  }

  @Test
  default void anEditOfACollageThatMovedOnIsNotKept() {
    StoredCollage collage = create(EMPTY);
    RequestKey request = request("late");
    EditFacts read = facts(collage, collage.ownerId(), request);
    append(collage, "first");
    Entry entry = entry(read, EMPTY, request, Documents.add(shape("late")));
    assertThat(await(store().append(read, entry, request))).isFalse();
    assertThat(read(collage).revision()).isEqualTo(1);
    assertThat(facts(collage, collage.ownerId(), request).seen()).isEmpty();
  }

  @Test
  default void ofTwoEqualEditsOneIsKept() {
    StoredCollage collage = create(EMPTY);
    RequestKey one = request("same");
    RequestKey other = request("same");
    EditFacts read = facts(collage, collage.ownerId(), one);
    Entry entry = entry(read, EMPTY, one, Documents.add(shape("a")));
    assertThat(await(store().append(read, entry, one))).isTrue();
    assertThat(await(store().append(read, entry, other))).isFalse();
    assertThat(await(store().append(read, entry, one))).isFalse();
    assertThat(facts(collage, collage.ownerId(), other).seen()).isEmpty();
  }

  @Test
  default void membersHaveRolesAndThoseWhoLeftCannotEdit() {
    StoredCollage collage = create(EMPTY);
    long editor = newId();
    long viewer = newId();
    RequestKey request = request("edit");
    join(collage.id(), editor, Role.ROLE_EDITOR);
    join(collage.id(), viewer, Role.ROLE_VIEWER);
    assertThat(facts(collage, viewer, request).role()).isEqualTo(Role.ROLE_VIEWER);
    assertThat(facts(collage, newId(), request).role()).isEqualTo(Role.ROLE_UNSPECIFIED);
    EditFacts viewing = facts(collage, viewer, request);
    Entry viewers = entry(viewing, EMPTY, request, Documents.add(shape("a")));
    assertThat(await(store().append(viewing, viewers, request))).isFalse();
    EditFacts read = facts(collage, editor, request);
    assertThat(read.role()).isEqualTo(Role.ROLE_EDITOR);
    Entry entry = entry(read, EMPTY, request, Documents.add(shape("a")));
    leave(collage.id(), editor);
    assertThat(await(store().append(read, entry, request))).isFalse();
    assertThat(read(collage).revision()).isZero();
    join(collage.id(), editor, Role.ROLE_EDITOR);
    assertThat(await(store().append(read, entry, request))).isTrue();
    assertThat(await(store().edits(collage.id(), 0, 1)).get(0).getActorId())
        .isEqualTo(Long.toString(editor));
  }

  @Test
  default void editsAndTracesComeInPages() {
    StoredCollage collage = create(EMPTY);
    for (int i = 1; i <= 7; i++) append(collage, "l" + i);
    assertThat(await(store().edits(collage.id(), 2, 3)))
        .extracting(Edit::getRevision)
        .containsExactly(3L, 4L, 5L);
    assertThat(await(store().edits(collage.id(), 7, 3))).isEmpty();
    assertThat(await(store().traces(collage.id(), 5, 3)))
        .extracting(trace -> trace.revision().getRevision())
        .containsExactly(4L, 3L, 2L);
    assertThat(await(store().traces(collage.id(), 1, 3))).isEmpty();
    assertThat(await(store().sizes(collage.id(), 4))).hasSize(3).allMatch(bytes -> bytes > 80);
  }

  @Test
  default void snapshotsAreFoundFromAbove() {
    StoredCollage collage = create(EMPTY);
    await(store().putSnapshot(collage.id(), snapshot(50)));
    await(store().putSnapshot(collage.id(), snapshot(100)));
    await(store().putSnapshot(collage.id(), new Snapshot(snapshot(100).revision(), EMPTY)));
    Snapshot found = await(store().snapshot(collage.id(), 100)).orElseThrow();
    assertThat(found.document()).isEqualTo(snapshot(100).document());
    assertThat(found.revision().getOperationCount()).isEqualTo(3);
    assertThat(found.revision().getUndoneRevision()).isEqualTo(2);
    assertThat(found.revision().getRestoredRevision()).isEqualTo(1);
    assertThat(await(store().snapshot(collage.id(), 99)).orElseThrow().document())
        .isEqualTo(snapshot(50).document());
    assertThat(snapshots(collage)).containsExactly(100L, 50L, 0L);
  }

  private List<Long> snapshots(StoredCollage collage) {
    return await(store().snapshots(collage.id())).stream().map(Revision::getRevision).toList();
  }

  @Test
  default void trimmingDeletesEditsAndSnapshotsAndNothingElse() {
    StoredCollage collage = create(EMPTY);
    for (int i = 1; i <= 9; i++) append(collage, "l" + i);
    LongStream.rangeClosed(1, 9)
        .forEach(at -> await(store().putSnapshot(collage.id(), snapshot(at))));
    StoredCollage read = read(collage);
    assertThat(await(store().trim(read, 6, Set.of(2L, 4L)))).isTrue();
    assertThat(snapshots(collage)).containsExactly(9L, 8L, 7L, 6L, 4L, 2L);
    assertThat(await(store().edits(collage.id(), 0, 10)))
        .extracting(Edit::getRevision)
        .containsExactly(7L, 8L, 9L);
    assertThat(read(collage).keptAfter()).isEqualTo(6);
    assertThat(read(collage).write()).isEqualTo(read.write());

    assertThat(await(store().trim(read, 8, Set.of()))).isFalse();
    assertThat(read(collage).keptAfter()).isEqualTo(6);
    await(store().putSnapshot(collage.id(), snapshot(3)));
    assertThat(await(store().trim(read(collage), 8, Set.of(4L)))).isTrue();
    assertThat(snapshots(collage)).containsExactly(9L, 8L, 4L);
    assertThat(await(store().edits(collage.id(), 8, 10)))
        .extracting(Edit::getRevision)
        .containsExactly(9L);
  }

  @Test
  default void theLargestDocumentsAreKept() {
    Document.Builder document = EMPTY.toBuilder();
    StrokePoint point = StrokePoint.newBuilder().setX(0.5).setY(0.25).build();
    for (int i = 0; i < 10; i++) {
      var layer = shape("l" + i).toBuilder().setOrderKey("V" + (i + 1) + "z");
      layer.getStrokeBuilder().setColor("#000000").setWidth(1);
      for (int p = 0; p < 10_000; p++) layer.getStrokeBuilder().addPoints(point);
      document.addLayers(layer);
    }
    StoredCollage collage = create(document.build());
    RequestKey request = request("clear");
    EditFacts facts = facts(collage, collage.ownerId(), request);
    var removals = document.getLayersList().stream().map(l -> Documents.remove(l.getId()));
    Entry entry = entry(facts, document.build(), request, removals.toArray(Operation[]::new));
    assertThat(await(store().append(facts, entry, request))).isTrue();
    assertThat(await(store().inverse(collage.id(), 1))).contains(entry.inverse());
    assertThat(await(store().snapshot(collage.id(), 0)).orElseThrow().document())
        .isEqualTo(document.build());
  }
}
