// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import static dev.corkboard.collage.Fixtures.await;
import static dev.corkboard.collage.Fixtures.newId;
import static dev.corkboard.collage.document.Documents.shape;
import static dev.corkboard.collage.document.Documents.turn;
import static dev.corkboard.collage.document.Documents.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.collage.v1.Edit;
import dev.corkboard.collage.v1.Revision;
import dev.corkboard.platform.testing.Faults;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Editors, undo and compaction on the real Cassandra. */
class CollageEditingIT {
  private static final Retention SMALL = new Retention(5, 20, 1 << 20, 10, 2, 20);

  private final AtomicInteger injected = new AtomicInteger();
  private final Faults timeOuts = Faults.timeOuts(7, 5);

  private CollageStore faulty() {
    return CassandraRig.store(
        (statement, real) ->
            timeOuts
                .run(statement, real)
                .whenComplete(
                    (done, failure) -> {
                      if (failure != null) injected.incrementAndGet();
                    }));
  }

  @Test
  void sixteenEditorsLoseNothing() throws Exception {
    new ParallelEditors(CassandraRig.store(), CassandraRig.store()).run();
  }

  @Test
  void norWhenAnswersDoNotCome() throws Exception {
    new ParallelEditors(faulty(), CassandraRig.store()).run();
    assertThat(injected.get()).isGreaterThan(30);
  }

  @Test
  void thePastIsTrimmedAndRead() {
    CollageStore store = CassandraRig.store();
    EditingRig rig = EditingRig.forgetful(store, SMALL);
    long owner = newId();
    StoredCollage collage = rig.create(owner, with(shape("a")));
    for (int i = 1; i <= 57; i++) rig.edit(collage, turn("a", i));
    await(rig.compaction().compact(collage.id()));
    StoredCollage read = rig.read(collage);
    assertThat(read.keptAfter()).isEqualTo(35);
    assertThat(await(store.snapshots(collage.id())))
        .extracting(Revision::getRevision)
        .containsExactly(55L, 50L, 45L, 40L, 35L, 30L, 20L);
    assertThat(await(rig.history().edits(read, 35, 2)))
        .extracting(Edit::getRevision)
        .containsExactly(36L, 37L);
    for (long revision : new long[] {20, 30, 35, 36, 44, 45, 57}) {
      assertThat(await(rig.history().document(read, revision)).getLayers(0).getPlacement())
          .satisfies(at -> assertThat((long) at.getRotation()).isEqualTo(revision));
    }
    assertThat(rig.undo(collage, owner).getUndoneRevision()).isEqualTo(57);
    assertThat((long) rig.document(collage).getLayers(0).getPlacement().getRotation())
        .isEqualTo(56);
  }
}
