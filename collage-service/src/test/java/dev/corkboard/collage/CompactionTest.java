// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import static dev.corkboard.collage.Fixtures.await;
import static dev.corkboard.collage.Fixtures.newId;
import static dev.corkboard.collage.document.Documents.shape;
import static dev.corkboard.collage.document.Documents.turn;
import static dev.corkboard.collage.document.Documents.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corkboard.collage.store.v1.Publishing;
import dev.corkboard.collage.store.v1.Showing;
import dev.corkboard.collage.v1.Edit;
import dev.corkboard.collage.v1.Revision;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompactionTest {
  private static final Retention SMALL = new Retention(5, 20, 1 << 20, 10, 2, 20);
  private static final Retention NEVER = new Retention(1_000, 20, 1 << 20, 1_000, 2, 20);
  private static final int EDITS = 63;

  private final InMemoryCollageStore store = new InMemoryCollageStore();
  private final EditingRig rig = EditingRig.forgetful(store, SMALL);

  /** A collage whose compaction never ran. */
  private StoredCollage uncompacted() {
    EditingRig editing = new EditingRig(store, NEVER);
    StoredCollage collage = editing.create(newId(), with(shape("a")));
    for (int i = 1; i <= EDITS; i++) editing.edit(collage, turn("a", i));
    return collage;
  }

  private List<Long> snapshots(StoredCollage collage) {
    return await(store.snapshots(collage.id())).stream().map(Revision::getRevision).toList();
  }

  private List<Long> edits(StoredCollage collage) {
    return await(store.edits(collage.id(), 0, 100)).stream().map(Edit::getRevision).toList();
  }

  private void requireAllReadable(StoredCollage collage) {
    StoredCollage read = rig.read(collage);
    for (Revision revision : await(rig.history().revisions(read, Long.MAX_VALUE, 100))) {
      long at = revision.getRevision();
      assertThat(await(rig.history().document(read, at)).getLayers(0).getPlacement())
          .satisfies(placement -> assertThat((long) placement.getRotation()).isEqualTo(at));
    }
  }

  @Test
  void makesUpForAllThatWasMissed() {
    StoredCollage collage = uncompacted();
    await(rig.compaction().compact(collage.id()));
    assertThat(snapshots(collage)).containsExactly(60L, 40L, 30L, 20L);
    assertThat(edits(collage)).hasSize(23).startsWith(41L);
    requireAllReadable(collage);
    await(rig.compaction().compact(collage.id()));
    assertThat(snapshots(collage)).containsExactly(60L, 40L, 30L, 20L);
    await(rig.compaction().compact(newId()));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void mayDieAnywhere(int writes) {
    StoredCollage collage = uncompacted();
    EditingRig dying = EditingRig.forgetful(StoreFaults.dieAfter(writes).around(store), SMALL);
    assertThatThrownBy(() -> await(dying.compaction().compact(collage.id()))).isNotNull();
    assertThat(edits(collage)).hasSize(EDITS);
    requireAllReadable(collage);
    await(rig.compaction().compact(collage.id()));
    assertThat(snapshots(collage)).containsExactly(60L, 40L, 30L, 20L);
    requireAllReadable(collage);
  }

  @Test
  void largeEditsAreKeptForAShorterWhile() {
    Retention tight = new Retention(5, 20, 2_000, 10, 2, 20);
    EditingRig small = EditingRig.forgetful(store, tight);
    StoredCollage collage = uncompacted();
    List<Integer> sizes = await(store.sizes(collage.id(), 0));
    await(small.compaction().compact(collage.id()));
    List<Integer> kept = await(store.sizes(collage.id(), 0));
    assertThat(kept).isNotEmpty().hasSizeLessThan(20).isEqualTo(tail(sizes, kept.size()));
    assertThat(sum(kept)).isLessThanOrEqualTo(2_000);
    assertThat(sum(tail(sizes, kept.size() + 5))).isGreaterThan(2_000);
    requireAllReadable(collage);
  }

  private static List<Integer> tail(List<Integer> sizes, int count) {
    return sizes.subList(sizes.size() - count, sizes.size());
  }

  private static int sum(List<Integer> sizes) {
    return sizes.stream().mapToInt(size -> size).sum();
  }

  @Test
  void editsTooLargeToKeepGoWithTheNextSnapshot() {
    EditingRig none = EditingRig.forgetful(store, new Retention(5, 20, 0, 10, 2, 20));
    StoredCollage collage = uncompacted();
    await(none.compaction().compact(collage.id()));
    assertThat(edits(collage)).containsExactly(61L, 62L, 63L);
    assertThat(snapshots(collage)).startsWith(60L, 50L);
    requireAllReadable(collage);
  }

  @Test
  void aRevisionThatIsBeingPublishedStays() {
    StoredCollage collage = uncompacted();
    rig.publishing =
        Optional.of(
            Publishing.newBuilder().setShowing(Showing.newBuilder().setRevision(17)).build());
    await(rig.compaction().compact(collage.id()));
    assertThat(snapshots(collage)).containsExactly(60L, 40L, 30L, 20L, 17L);
    requireAllReadable(collage);
  }

  @Test
  void anotherRetentionGoesOnWithWhatIsThere() {
    EditingRig warm = new EditingRig(store, new Retention(7, 21, 1 << 20, 14, 2, 20));
    StoredCollage collage = warm.create(newId(), with(shape("a")));
    for (int i = 1; i <= 60; i++) {
      warm.edit(collage, turn("a", i));
      if (i % 10 == 0) await(rig.compaction().compact(collage.id()));
      requireAllReadable(collage);
    }
  }

  @Test
  void anEditWhoseCompactionFailsIsAnEditStill() {
    EditingRig dying = EditingRig.forgetful(StoreFaults.dieAfter(0).around(store), SMALL);
    StoredCollage collage = dying.create(newId(), with(shape("a")));
    for (int i = 1; i <= 30; i++) dying.edit(collage, turn("a", i));
    assertThat(edits(collage)).hasSize(30);
    rig.edit(collage, turn("a", 31));
    for (int i = 32; i <= 35; i++) rig.edit(collage, turn("a", i));
    assertThat(snapshots(collage)).containsExactly(35L, 15L, 10L, 0L);
    assertThat(edits(collage)).hasSize(20);
    requireAllReadable(collage);
  }
}
