// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import dev.corkboard.collage.CollageHeaders.Standing;
import dev.corkboard.collage.index.CollageIndex;
import dev.corkboard.collage.store.v1.Publishing;
import dev.corkboard.platform.check.Times;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finishes publishings whose process is gone. */
final class PublishingSweeper {
  private static final Logger log = LoggerFactory.getLogger(PublishingSweeper.class);

  /** Hours that are looked at: longer than any installation is down before it is noticed. */
  private static final int HOURS = 72;

  private static final int CHUNK = 100;

  private final CollageIndex index;
  private final CollageHeaders headers;
  private final PublishingSaga saga;
  private final Duration age;
  private final Clock clock;

  /**
   * A sweeper of what the index leads to.
   *
   * @param age how old a publishing is before it is taken up
   */
  PublishingSweeper(
      CollageIndex index, CollageHeaders headers, PublishingSaga saga, Duration age, Clock clock) {
    this.index = index;
    this.headers = headers;
    this.saga = saga;
    this.age = age;
    this.clock = clock;
  }

  /** Where publishings that were begun at a time are found. */
  static CollageIndex.Key hour(Instant time) {
    return new CollageIndex.Key(
        CollageIndex.Kind.PUBLISHING_HOUR, Math.floorDiv(time.getEpochSecond(), 3_600L));
  }

  CompletionStage<Void> sweep() {
    CompletionStage<Void> chain = CompletableFuture.completedStage(null);
    // A clock that is ahead writes into the next hour.
    for (int hours = -1; hours < HOURS; hours++) {
      CollageIndex.Key key = hour(clock.instant().minus(Duration.ofHours(hours)));
      chain = chain.thenCompose(done -> sweep(key, Long.MAX_VALUE));
    }
    return chain;
  }

  private CompletionStage<Void> sweep(CollageIndex.Key key, long before) {
    return index
        .find(key, before, CHUNK)
        .thenCompose(
            (List<Long> ids) -> {
              CompletionStage<Void> chain = CompletableFuture.completedStage(null);
              for (long id : ids) chain = chain.thenCompose(done -> look(key, id));
              return ids.size() < CHUNK
                  ? chain
                  : chain.thenCompose(done -> sweep(key, ids.get(ids.size() - 1)));
            });
  }

  private CompletionStage<Void> look(CollageIndex.Key key, long collageId) {
    return headers
        .standing(collageId, 0)
        .thenCompose(
            standing -> {
              Optional<Publishing> open = standing.flatMap(Standing::publishing);
              if (open.isEmpty()) return forget(key, collageId);
              if (!isOld(open.get())) return CompletableFuture.completedStage(null);
              return saga.advance(collageId, open.get())
                  .exceptionally(
                      failure -> {
                        log.atInfo()
                            .addKeyValue("collage", collageId)
                            .setCause(failure)
                            .log("publishing not finished");
                        return null;
                      });
            });
  }

  private boolean isOld(Publishing publishing) {
    return Times.fromProto(publishing.getBeginTime()).plus(age).isBefore(clock.instant());
  }

  /** One that is about to be written down has an entry already: only old hours are cleared. */
  private CompletionStage<Void> forget(CollageIndex.Key key, long collageId) {
    return key.value() < hour(clock.instant()).value() - 1
        ? index.remove(key, collageId)
        : CompletableFuture.completedStage(null);
  }
}
