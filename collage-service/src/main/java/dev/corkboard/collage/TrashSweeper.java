// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import dev.corkboard.collage.CollageHeaders.Standing;
import dev.corkboard.collage.index.CollageIndex;
import dev.corkboard.collage.pins.MediaHolder;
import dev.corkboard.collage.v1.Collage;
import dev.corkboard.collage.v1.State;
import dev.corkboard.platform.check.Ids;
import dev.corkboard.platform.check.Times;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Removes collages for ever whose time in the trash is over, and gives up their pictures. */
final class TrashSweeper {
  /** Days that are looked at: longer than any installation is down before it is noticed. */
  private static final int DAYS = 60;

  private static final int CHUNK = 100;

  private final CollageIndex index;
  private final CollageHeaders headers;
  private final MediaHolder media;
  private final Clock clock;

  TrashSweeper(CollageIndex index, CollageHeaders headers, MediaHolder media, Clock clock) {
    this.index = index;
    this.headers = headers;
    this.media = media;
    this.clock = clock;
  }

  CompletionStage<Void> sweep() {
    CompletionStage<Void> chain = CompletableFuture.completedStage(null);
    for (int days = 0; days < DAYS; days++) {
      Instant day = clock.instant().minus(Duration.ofDays(days));
      chain = chain.thenCompose(done -> sweep(CollageChanges.purgeDay(day), Long.MAX_VALUE));
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
            (Optional<Standing> found) -> {
              // A creation that was refused, and whose request nobody repeats any more.
              if (found.isEmpty()) return forget(key, collageId);
              StoredCollage stored = found.get().collage();
              Collage collage = stored.collage();
              if (collage.getState() == State.STATE_DELETED) {
                boolean due = !Times.fromProto(collage.getPurgeTime()).isAfter(clock.instant());
                return due ? purge(key, stored) : CompletableFuture.completedStage(null);
              }
              // What was purged may have left its pictures and entries.
              return collage.getState() == State.STATE_UNSPECIFIED
                  ? release(key, stored)
                  : index.remove(key, collageId);
            });
  }

  private CompletionStage<Void> forget(CollageIndex.Key key, long collageId) {
    return media.release(Ids.format(collageId)).thenCompose(done -> index.remove(key, collageId));
  }

  private CompletionStage<Void> purge(CollageIndex.Key key, StoredCollage stored) {
    return headers
        .purge(stored)
        .thenCompose(
            purged -> purged ? release(key, stored) : CompletableFuture.completedStage(null));
  }

  private CompletionStage<Void> release(CollageIndex.Key key, StoredCollage stored) {
    CollageIndex.Key owner = new CollageIndex.Key(CollageIndex.Kind.OWNER, stored.ownerId());
    return media
        .release(stored.collage().getId())
        .thenCompose(done -> index.remove(owner, stored.id()))
        .thenCompose(done -> index.remove(key, stored.id()));
  }
}
