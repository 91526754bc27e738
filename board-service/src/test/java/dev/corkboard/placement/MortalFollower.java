// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.placement;

import static dev.corkboard.board.Fixtures.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.board.CassandraRig;
import dev.corkboard.board.change.ChangeLog;
import dev.corkboard.board.v1.Change;
import dev.corkboard.board.v1.ListChangesResponse;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.testing.Faults;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A follower whose process is killed again and again, at any statement and before it has stored its
 * cursor, and starts again from the cursor stored.
 */
final class MortalFollower {
  private static final int LONGEST_LIFE = 150;

  private final CassandraRig rig;
  private final Random random;
  private final AtomicReference<String> cursor;
  private final List<Change> told;
  private Optional<ChangeLog> life = Optional.empty();
  private int deaths;

  private MortalFollower(
      CassandraRig rig, long seed, AtomicReference<String> cursor, List<Change> told) {
    this.rig = rig;
    this.random = new Random(seed);
    this.cursor = cursor;
    this.told = told;
  }

  /** Starts at the oldest change. */
  static MortalFollower on(CassandraRig rig, long seed) {
    return new MortalFollower(rig, seed, new AtomicReference<>(""), new CopyOnWriteArrayList<>());
  }

  /** A second instance on the same cursor row, which each overwrites as it pleases. */
  MortalFollower twin(long seed) {
    return new MortalFollower(rig, seed, cursor, told);
  }

  /** Reads what is new, as far as it lives. */
  void poll() {
    if (life.isEmpty()) {
      Faults fate = Faults.dieAfter(random.nextInt(LONGEST_LIFE));
      life = Optional.of(rig.through(fate).changes());
    }
    try {
      int changes;
      do {
        ListChangesResponse page = next(life.get());
        if (random.nextInt(8) == 0) throw new IllegalStateException("killed before it was stored");
        cursor.set(page.getNextCursor());
        changes = page.getChangesCount();
      } while (changes > 0);
    } catch (IllegalStateException | ApiException dead) {
      life = Optional.empty();
      deaths++;
    }
  }

  /** Reads all there is, without dying. */
  void readToTheEnd() {
    ChangeLog log = rig.changes();
    ListChangesResponse page;
    do {
      page = next(log);
      cursor.set(page.getNextCursor());
    } while (page.getChangesCount() > 0);
  }

  private ListChangesResponse next(ChangeLog log) {
    ListChangesResponse page = await(log.list(cursor.get(), 1 + random.nextInt(40)));
    assertThat(page.getResyncRequired()).isFalse();
    told.addAll(page.getChangesList());
    return page;
  }

  List<Change> told() {
    return told;
  }

  int deaths() {
    return deaths;
  }
}
