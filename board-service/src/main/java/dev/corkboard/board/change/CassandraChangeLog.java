// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.board.change;

import com.google.protobuf.Timestamp;
import dev.corkboard.board.change.CassandraIntents.Bucket;
import dev.corkboard.board.change.CassandraIntents.Logged;
import dev.corkboard.board.change.ChangeCursor.Seen;
import dev.corkboard.board.v1.Change;
import dev.corkboard.board.v1.ListChangesResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The change log as the intents tell it. A bucket is passed only when every intent in it is
 * settled; until then, and for the overlap, it is looked at again.
 */
public final class CassandraChangeLog implements ChangeLog {
  /** Rows live exactly the retention; a first reading starts a little after the oldest. */
  private static final Duration START_MARGIN = Duration.ofHours(1);

  private final CassandraIntents intents;
  private final Settler settler;
  private final Clock clock;
  private final LogTimes times;

  public CassandraChangeLog(
      CassandraIntents intents, Settler settler, Clock clock, LogTimes times) {
    this.intents = intents;
    this.settler = settler;
    this.clock = clock;
    this.times = times;
  }

  @Override
  public CompletionStage<ListChangesResponse> list(String cursor, int pageSize) {
    long now = clock.millis();
    long oldest = IntentIds.bucketAt(now - times.retention().toMillis());
    ChangeCursor from =
        cursor.isEmpty()
            ? ChangeCursor.at(oldest + START_MARGIN.toMillis() / IntentIds.BUCKET_MILLIS)
            : ChangeCursor.decode(cursor);
    if (from.floor() < oldest) return resync(oldest, passable(now));
    Walk walk = new Walk(from, now, pageSize);
    return intents.buckets(from.floor()).thenCompose(walk::over).thenApply(ok -> walk.answer());
  }

  /** What the follower goes on from holds nothing that may still happen before it. */
  private CompletionStage<ListChangesResponse> resync(long oldest, long next) {
    return intents
        .buckets(oldest)
        .thenCompose(
            buckets -> {
              CompletionStage<Void> all = CompletableFuture.completedStage(null);
              for (Bucket bucket : buckets) {
                if (bucket.done() || bucket.number() >= next) continue;
                all = all.thenCompose(ok -> settle(bucket));
              }
              return all;
            })
        .thenApply(
            settled ->
                ListChangesResponse.newBuilder()
                    .setResyncRequired(true)
                    .setNextCursor(ChangeCursor.at(next).encode())
                    .build());
  }

  private CompletionStage<Void> settle(Bucket bucket) {
    return intents
        .read(bucket.number())
        .thenCompose(
            logged -> {
              CompletionStage<Void> all = CompletableFuture.completedStage(null);
              for (Logged one : logged) {
                if (one.outcome() == Outcome.OPEN) {
                  all = all.thenCompose(ok -> settle(one).thenAccept(outcome -> {}));
                }
              }
              return all;
            });
  }

  private CompletionStage<Outcome> settle(Logged one) {
    return settler
        .settle(one.intent())
        .thenCompose(outcome -> intents.noted(one.intent(), outcome).thenApply(noted -> outcome));
  }

  /** Buckets before this one are older than the overlap. */
  private long passable(long now) {
    return IntentIds.bucketAt(now - times.overlap().toMillis());
  }

  /** One reading: goes bucket by bucket until the page is full or an intent is in flight. */
  private final class Walk {
    private final long now;
    private final int pageSize;
    private final SortedMap<Long, Seen> seen;
    private final ListChangesResponse.Builder page = ListChangesResponse.newBuilder();
    private final long unread;
    private final boolean checksAll;
    private long floor;
    private long resume;
    private long checked;
    private boolean stopped;

    Walk(ChangeCursor from, long now, int pageSize) {
      this.now = now;
      this.pageSize = pageSize;
      this.floor = from.floor();
      this.unread = from.resume();
      this.checked = from.checked();
      this.checksAll = checked <= now - times.recheck().toMillis();
      this.resume = from.resume();
      this.seen = new TreeMap<>(from.seen());
    }

    CompletionStage<Void> over(List<Bucket> buckets) {
      CompletionStage<Void> all = CompletableFuture.completedStage(null);
      for (Bucket bucket : buckets) {
        all = all.thenCompose(ok -> visit(bucket));
      }
      return all.thenAccept(
          ok -> {
            if (checksAll) checked = now;
            if (stopped) return;
            floor = Math.max(floor, passable(now));
            resume = Math.max(resume, IntentIds.bucketAt(now));
          });
    }

    private CompletionStage<Void> visit(Bucket bucket) {
      if (stopped || isQuiet(bucket)) return CompletableFuture.completedStage(null);
      return intents.read(bucket.number()).thenCompose(logged -> read(bucket, logged));
    }

    /** Read before, too old for a look at every call, too young for the last one. */
    private boolean isQuiet(Bucket bucket) {
      return !checksAll
          && bucket.number() < unread
          && bucket.number() >= passable(now)
          && bucket.endMillis() < now - times.recheck().toMillis();
    }

    private CompletionStage<Void> read(Bucket bucket, List<Logged> logged) {
      Seen before = seen.getOrDefault(bucket.number(), Seen.NOTHING);
      Seen again = Seen.NOTHING;
      for (Logged one : logged) {
        if (before.holds(one.id())) again = again.and(one.id());
      }
      Seen from = again.equals(before) ? before : Seen.NOTHING;
      seen.put(bucket.number(), from);
      CompletionStage<Void> all = CompletableFuture.completedStage(null);
      for (Logged one : logged) {
        if (!from.holds(one.id())) all = all.thenCompose(ok -> take(bucket.number(), one));
      }
      return all.thenAccept(
          ok -> {
            if (!stopped && bucket.number() < passable(now)) floor = bucket.number() + 1;
          });
    }

    private CompletionStage<Void> take(long bucket, Logged one) {
      if (stopped) return CompletableFuture.completedStage(null);
      if (page.getChangesCount() == pageSize || age(one) < times.lag().toMillis()) {
        stop(bucket);
        return CompletableFuture.completedStage(null);
      }
      return outcome(one)
          .thenAccept(
              outcome -> {
                if (outcome == Outcome.OPEN) {
                  stop(bucket);
                  return;
                }
                seen.merge(bucket, Seen.NOTHING, (at, none) -> at.and(one.id()));
                if (outcome == Outcome.APPLIED) page.addChanges(change(one.intent()));
              });
    }

    private void stop(long bucket) {
      stopped = true;
      resume = bucket;
    }

    private long age(Logged one) {
      return now - IntentIds.millisOf(one.id());
    }

    private CompletionStage<Outcome> outcome(Logged one) {
      if (one.outcome() != Outcome.OPEN) {
        return CompletableFuture.completedStage(one.outcome());
      }
      if (age(one) < times.grace().toMillis()) return settler.look(one.intent());
      return settle(one);
    }

    ListChangesResponse answer() {
      return page.setNextCursor(new ChangeCursor(floor, resume, checked, seen).encode()).build();
    }
  }

  private static Change change(Intent intent) {
    Change.Builder change =
        Change.newBuilder()
            .setChangeId(intent.id().toString())
            .setType(intent.type())
            .setBoardId(Long.toString(intent.boardId()))
            .setChangeTime(timestamp(IntentIds.millisOf(intent.id())));
    if (intent.pinId() != 0) change.setPinId(Long.toString(intent.pinId()));
    if (intent.actorId() != 0) change.setActorId(Long.toString(intent.actorId()));
    return change.build();
  }

  private static Timestamp timestamp(long millis) {
    return Timestamp.newBuilder()
        .setSeconds(Math.floorDiv(millis, 1_000L))
        .setNanos((int) Math.floorMod(millis, 1_000L) * 1_000_000)
        .build();
  }
}
