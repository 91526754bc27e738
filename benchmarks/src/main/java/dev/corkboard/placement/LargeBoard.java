// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.placement;

import com.google.protobuf.ByteString;
import dev.corkboard.board.BoardStore;
import dev.corkboard.board.BoardStores;
import dev.corkboard.board.CassandraSettler;
import dev.corkboard.board.Header;
import dev.corkboard.board.Keys;
import dev.corkboard.board.RequestKey;
import dev.corkboard.board.change.CassandraIntents;
import dev.corkboard.board.change.LogTimes;
import dev.corkboard.board.v1.Board;
import dev.corkboard.board.v1.PlacePinRequest;
import dev.corkboard.board.v1.Privacy;
import dev.corkboard.board.v1.RemovePinRequest;
import dev.corkboard.placement.PlacementPage.Position;
import dev.corkboard.platform.cassandra.Cql;
import dev.corkboard.platform.check.Times;
import dev.corkboard.platform.server.Caller;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A board in the real stores of board-service, and the oracle: the Pins acknowledged to be on it.
 */
public final class LargeBoard {
  private static final AtomicLong IDS = new AtomicLong(System.currentTimeMillis() << 20);
  private static final int GENERATED_AT_ONCE = 100;
  private static final int REBUILD_THRESHOLD = 2_000;

  private final long id = IDS.incrementAndGet();
  private final long owner = IDS.incrementAndGet();
  private final Caller caller =
      new Caller(
          Long.toString(owner),
          Set.of("boards:read", "boards:write", "pins:read", "pins:write"),
          Optional.empty(),
          "benchmarks",
          "");
  private final CassandraPlacementTable table;
  private final PlacementStore store;
  private final NavigableSet<Long> acknowledged = new ConcurrentSkipListSet<>();

  /** What a board's header says about its order. */
  public record State(int pinCount, int epoch, boolean rebuilding, int deletions) {}

  /** Makes a board and {@code pins} Pins on it. */
  public LargeBoard(Cql cql, int pins) {
    CassandraIntents intents = new CassandraIntents(cql, Clock.systemUTC(), LogTimes.DEFAULT);
    table = new CassandraPlacementTable(cql);
    store =
        new CassandraPlacementStore(
            cql,
            intents,
            new CassandraSettler(cql),
            new CassandraEpochRebuild(cql, Clock.systemUTC(), REBUILD_THRESHOLD));
    create(BoardStores.on(cql, intents));
    CassandraBoardGenerator generator = new CassandraBoardGenerator(cql, intents);
    for (int made = 0; made < pins; made += GENERATED_AT_ONCE) {
      List<Long> some = new ArrayList<>();
      for (int i = made; i < Math.min(pins, made + GENERATED_AT_ONCE); i++) {
        some.add(IDS.incrementAndGet());
      }
      generator.place(id, owner, some);
      acknowledged.addAll(some);
    }
  }

  private void create(BoardStore boards) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    Board board =
        Board.newBuilder()
            .setId(Long.toString(id))
            .setOwnerId(Long.toString(owner))
            .setName("Board " + id)
            .setPrivacy(Privacy.PRIVACY_PUBLIC)
            .setCreateTime(Times.toProto(now))
            .setPinsModifyTime(Times.toProto(now))
            .setEtag("1")
            .build();
    boards.create(board, RequestKey.of("", "", board)).toCompletableFuture().join();
  }

  /** Newest first. */
  public List<Long> acknowledged() {
    return List.copyOf(acknowledged.descendingSet());
  }

  /** A new Pin in front. */
  public CompletionStage<Long> add() {
    long pin = IDS.incrementAndGet();
    PlacePinRequest request =
        PlacePinRequest.newBuilder()
            .setBoardId(Long.toString(id))
            .setPinId(Long.toString(pin))
            .setCoverAssetKey("cover-" + pin)
            .setRequestId(UUID.randomUUID().toString())
            .build();
    return store
        .place(PlacementRequests.place(caller, request))
        .thenApply(
            placed -> {
              acknowledged.add(pin);
              return pin;
            });
  }

  public CompletionStage<Void> remove(long pin) {
    RemovePinRequest request =
        RemovePinRequest.newBuilder()
            .setBoardId(Long.toString(id))
            .setPinId(Long.toString(pin))
            .setRequestId(UUID.randomUUID().toString())
            .build();
    return store
        .remove(PlacementRequests.remove(caller, request))
        .thenAccept(removed -> acknowledged.remove(pin));
  }

  /** Reads a page and returns how many Pins it had. */
  public int firstPage(int size) {
    return page(Position.START, size).placements().size();
  }

  /** The page behind a Pin. */
  public int pageAfter(long pin, int size) {
    return page(new Position(ByteString.copyFrom(Keys.newestFirst(pin)), pin), size)
        .placements()
        .size();
  }

  private PlacementPage page(Position from, int size) {
    return store.page(id, from, size).toCompletableFuture().join();
  }

  /** Every Pin that paging through the board shows, in that order. */
  public List<Long> walk(int size) {
    List<Long> seen = new ArrayList<>();
    Optional<Position> from = Optional.of(Position.START);
    while (from.isPresent()) {
      PlacementPage page = page(from.get(), size);
      page.placements().forEach(placement -> seen.add(Long.valueOf(placement.getPinId())));
      from = page.next();
    }
    return seen;
  }

  /** Every Pin that a scan of the memberships shows. */
  public List<Long> scan() {
    List<Long> seen = new ArrayList<>();
    long after = 0;
    while (true) {
      var part = store.scan(id, after, 1_000, false).toCompletableFuture().join();
      if (part.isEmpty()) return seen;
      part.forEach(placement -> seen.add(Long.valueOf(placement.getPinId())));
      after = seen.get(seen.size() - 1);
    }
  }

  public State state() {
    Header header = table.header(id).toCompletableFuture().join().orElseThrow();
    return new State(
        header.pinCount(), header.epoch(), header.nextEpoch() != 0, header.deletions());
  }
}
