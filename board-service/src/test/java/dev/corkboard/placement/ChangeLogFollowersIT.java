// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.placement;

import static dev.corkboard.board.Fixtures.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.corkboard.board.CassandraRig;
import dev.corkboard.board.change.LogTimes;
import dev.corkboard.board.v1.Change;
import dev.corkboard.placement.WriteLoad.Acknowledged;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Followers that are killed at random, doubled on one cursor, or an hour late, while writers make
 * every kind of change over a bad network, some die of it, and a sweeper whose clock is five
 * minutes fast aborts the healthy ones. The oracle is twofold: what writers were told, and the
 * change rows that the boards hold.
 */
class ChangeLogFollowersIT {
  private static final Logger log = LoggerFactory.getLogger(ChangeLogFollowersIT.class);
  private static final int WRITERS = 6;
  private static final int PINS_EACH = 10;

  private final AheadClock clock = new AheadClock();
  private final CassandraRig rig = CassandraRig.on("board_followers").with(clock, LogTimes.DEFAULT);
  private final CassandraRig fast =
      rig.with(Clock.offset(clock, Duration.ofMinutes(5)), LogTimes.DEFAULT);
  private final WriteLoad load = new WriteLoad(rig);

  private final MortalFollower killed = MortalFollower.on(rig, 1);
  private final MortalFollower other = MortalFollower.on(rig, 2);
  private final MortalFollower doubled = MortalFollower.on(rig, 3);
  private final MortalFollower twin = doubled.twin(4);
  private final MortalFollower late = MortalFollower.on(rig, 5);

  /** The real time, moved on when told to. */
  private static final class AheadClock extends Clock {
    private volatile Duration ahead = Duration.ZERO;

    void pass(Duration time) {
      ahead = ahead.plus(time);
    }

    @Override
    public Instant instant() {
      return Instant.now().plus(ahead);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @Test
  void everyChangeIsSeenAtLeastOnceAndInOrder() throws Exception {
    late.readToTheEnd();
    writeWhileFollowing(0, List.of(killed, other, doubled, twin));
    clock.pass(Duration.ofHours(1));
    writeWhileFollowing(WRITERS, List.of(killed, other, doubled, twin, late));
    clock.pass(Duration.ofMinutes(1));
    await(rig.sweeper().sweep());

    Map<UUID, Boolean> rows = changeRows();
    Set<UUID> applied = new HashSet<>();
    rows.forEach(
        (id, isApplied) -> {
          if (isApplied) applied.add(id);
        });
    int lost = 0;
    int untrue = 0;
    int outOfOrder = 0;
    int again = 0;
    for (MortalFollower follower : List.of(killed, other, doubled, late)) {
      follower.readToTheEnd();
      List<Change> told = firstTold(follower);
      again += toldAtAll(follower).size() - told.size();
      Set<UUID> ids = new HashSet<>();
      told.forEach(change -> ids.add(UUID.fromString(change.getChangeId())));
      lost += missing(applied, ids) + notTold(told);
      untrue += missing(ids, applied);
      if (follower != doubled) outOfOrder += outOfOrder(told);
    }
    int deaths =
        killed.deaths() + other.deaths() + doubled.deaths() + twin.deaths() + late.deaths();
    log.info(
        "change log: {} changes, {} acknowledged, {} deliveries repeated, {} writers died, {} intents"
            + " aborted; 4 followers died {} times, told again {}, lost {}, untrue {}, out of order {}",
        applied.size(),
        load.acknowledged().size(),
        load.repeated(),
        load.deaths(),
        rows.size() - applied.size(),
        deaths,
        again,
        lost,
        untrue,
        outOfOrder);
    assertThat(lost).isZero();
    assertThat(untrue).isZero();
    assertThat(outOfOrder).isZero();
    assertThat(deaths).isGreaterThan(20);
    assertThat(again).isPositive();
    assertThat(load.deaths()).isPositive();
    assertThat(applied).hasSizeGreaterThanOrEqualTo(load.acknowledged().size());
  }

  private void writeWhileFollowing(int seed, List<MortalFollower> followers) throws Exception {
    ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
    ScheduledExecutorService background = Executors.newScheduledThreadPool(followers.size() + 2);
    try {
      for (MortalFollower follower : followers) {
        background.scheduleWithFixedDelay(follower::poll, 0, 100, TimeUnit.MILLISECONDS);
      }
      for (CassandraRig process : List.of(rig, fast)) {
        var sweeper = process.sweeper();
        background.scheduleWithFixedDelay(
            () -> await(sweeper.sweep()), 0, 20, TimeUnit.MILLISECONDS);
      }
      List<Future<?>> running = new ArrayList<>();
      for (int w = 0; w < WRITERS; w++) {
        int writer = seed + w;
        running.add(writers.submit(() -> load.run(writer, PINS_EACH)));
      }
      for (Future<?> one : running) one.get(300, TimeUnit.SECONDS);
    } finally {
      writers.shutdown();
      background.shutdown();
      assertThat(background.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  /** All change rows of the boards, and whether they are changes or aborted ones. */
  private Map<UUID, Boolean> changeRows() {
    Map<UUID, Boolean> rows = new LinkedHashMap<>();
    for (long board : load.boards()) {
      for (Row row :
          rig.session()
              .execute(
                  "SELECT k1, change_type FROM board WHERE board_id = ? AND kind = 8", board)) {
        var id = row.getByteBuffer("k1");
        rows.put(new UUID(id.getLong(), id.getLong()), row.getByte("change_type") != 0);
      }
    }
    return rows;
  }

  private List<Change> toldAtAll(MortalFollower follower) {
    return follower.told().stream()
        .filter(change -> load.boards().contains(Long.valueOf(change.getBoardId())))
        .toList();
  }

  private List<Change> firstTold(MortalFollower follower) {
    Map<String, Change> first = new LinkedHashMap<>();
    toldAtAll(follower).forEach(change -> first.putIfAbsent(change.getChangeId(), change));
    return List.copyOf(first.values());
  }

  private static int missing(Set<UUID> wanted, Set<UUID> found) {
    return (int) wanted.stream().filter(id -> !found.contains(id)).count();
  }

  /** Acknowledged changes that are not among those told; every change told counts for one. */
  private int notTold(List<Change> told) {
    List<Change> left = new ArrayList<>(told);
    int missing = 0;
    for (Acknowledged one : load.acknowledged()) {
      int at = indexOf(one, left, 0);
      if (at < 0) missing++;
      else left.remove(at);
    }
    return missing;
  }

  /** Pairs of one board of which the first was answered before the second was begun. */
  private int outOfOrder(List<Change> told) {
    Map<Acknowledged, Integer> at = new LinkedHashMap<>();
    List<Acknowledged> all =
        load.acknowledged().stream().sorted(Comparator.comparingLong(Acknowledged::begun)).toList();
    Map<String, Integer> from = new LinkedHashMap<>();
    for (Acknowledged one : all) {
      String key = one.boardId() + one.type() + one.pinId();
      int index = indexOf(one, told, from.getOrDefault(key, 0));
      from.put(key, index + 1);
      at.put(one, index);
    }
    int wrong = 0;
    for (Acknowledged first : all) {
      for (Acknowledged second : all) {
        boolean isBefore =
            first.boardId().equals(second.boardId()) && first.ended() < second.begun();
        if (isBefore && at.get(first) > at.get(second)) wrong++;
      }
    }
    return wrong;
  }

  private static int indexOf(Acknowledged one, List<Change> told, int from) {
    for (int i = from; i < told.size(); i++) if (one.isTold(told.get(i))) return i;
    return -1;
  }
}
