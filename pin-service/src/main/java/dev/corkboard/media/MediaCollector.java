// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Removes pictures nobody refers to: marks what is in use, sweeps what is not and was left alone
 * for the whole grace period before the marking began.
 *
 * <p>Nothing that is being taken into use is harmed: who takes an asset or content into use touches
 * it first, and every removal is refused when that happened since it was seen. Bytes go only after
 * their content was marked as going, and bytes stored meanwhile are of another generation. A crash
 * anywhere leaves what the next round finds again. Rounds of several processes may overlap.
 */
final class MediaCollector {
  /** What is removed at most in one round of each kind, so that memory is bounded; more waits. */
  private static final int MAX_REMOVALS = 10_000;

  private final MediaReferences references;
  private final MediaCatalog catalog;
  private final MediaStore store;
  private final MediaExecutor io;
  private final Clock clock;
  private final Duration grace;
  private final Counter assets;
  private final Counter contents;
  private final Counter files;

  MediaCollector(
      MediaReferences references,
      MediaCatalog catalog,
      MediaStore store,
      MediaExecutor io,
      Clock clock,
      Duration grace,
      MeterRegistry metrics) {
    this.references = references;
    this.catalog = catalog;
    this.store = store;
    this.io = io;
    this.clock = clock;
    this.grace = grace;
    this.assets = counter("asset", metrics);
    this.contents = counter("content", metrics);
    this.files = counter("file", metrics);
  }

  private static Counter counter(String kind, MeterRegistry metrics) {
    return Counter.builder("corkboard.media.collected").tag("kind", kind).register(metrics);
  }

  /** One round; it fails as a whole when something in use could not be found out. */
  CompletionStage<Void> collect() {
    Round round = new Round(clock.instant().minus(grace));
    return references
        .forEachAssetKey(round.inUse::add)
        .thenCompose(done -> round.sweepAssets())
        .thenCompose(done -> round.sweepContents())
        .thenCompose(done -> round.sweepFiles())
        .thenCompose(done -> round.sweepUnfinished());
  }

  /** One after the other: collecting has time, and must not crowd out those who wait. */
  private static <T> CompletionStage<Void> each(
      List<T> items, Function<T, CompletionStage<Void>> work) {
    CompletionStage<Void> chain = CompletableFuture.completedStage(null);
    for (T item : items) chain = chain.thenCompose(done -> work.apply(item));
    return chain;
  }

  /** What one round knows. */
  private final class Round {
    private final Instant cutoff;
    private final Marks inUse = new Marks();
    private final Marks named = new Marks();
    private final Marks generations = new Marks();

    Round(Instant cutoff) {
      this.cutoff = cutoff;
    }

    private CompletionStage<Void> sweepAssets() {
      List<Asset> unused = new ArrayList<>();
      return catalog
          .forEachAsset(
              asset -> {
                boolean old = asset.touchedAt().isBefore(cutoff);
                if (old && unused.size() < MAX_REMOVALS && !inUse.contains(asset.key())) {
                  unused.add(asset);
                } else {
                  named.add(asset.sha256());
                }
              })
          .thenCompose(done -> each(unused, this::remove));
    }

    private CompletionStage<Void> remove(Asset asset) {
      return catalog
          .removeAsset(asset)
          .thenAccept(
              removed -> {
                if (removed) {
                  assets.increment();
                } else {
                  named.add(asset.sha256());
                }
              });
    }

    private CompletionStage<Void> sweepContents() {
      List<Content> unnamed = new ArrayList<>();
      return catalog
          .forEachContent(
              content -> {
                boolean going = !content.stored();
                boolean old = content.touchedAt().isBefore(cutoff);
                boolean garbage = going || (old && !named.contains(content.sha256()));
                if (garbage && unnamed.size() < MAX_REMOVALS) {
                  unnamed.add(content);
                } else {
                  generations.add(generation(content.sha256(), content.generation()));
                }
              })
          .thenCompose(done -> each(unnamed, this::remove));
    }

    private CompletionStage<Void> remove(Content content) {
      return catalog
          .beginRemoval(content)
          .thenCompose(
              going -> {
                if (!going) {
                  generations.add(generation(content.sha256(), content.generation()));
                  return CompletableFuture.completedStage(null);
                }
                return io.submit(() -> deleteBytes(content))
                    .thenCompose(
                        done -> catalog.finishRemoval(content.sha256(), content.generation()))
                    .thenAccept(
                        removed -> {
                          if (removed) contents.increment();
                        });
              });
    }

    private Void deleteBytes(Content content) throws IOException {
      for (RenditionSize size : RenditionSize.values()) {
        delete(new MediaKey(content.sha256(), content.generation(), size));
      }
      return null;
    }

    private void delete(MediaKey key) throws IOException {
      if (store.delete(key)) files.increment();
    }

    /** Bytes whose storing was never finished. */
    private CompletionStage<Void> sweepFiles() {
      return io.submit(this::strayFiles).thenCompose(stray -> each(stray, this::removeStray));
    }

    private CompletionStage<Void> sweepUnfinished() {
      return io.submit(
          () -> {
            store.deleteUnfinished(cutoff);
            return null;
          });
    }

    private List<MediaKey> strayFiles() throws IOException {
      List<MediaKey> stray = new ArrayList<>();
      store.forEach(
          key -> {
            boolean old = Generations.begun(key.generation()).isBefore(cutoff);
            if (old
                && stray.size() < MAX_REMOVALS
                && !generations.contains(generation(key.sha256(), key.generation()))) {
              stray.add(key);
            }
          });
      return stray;
    }

    /** The catalog has the last word: its listing may have missed what changed meanwhile. */
    private CompletionStage<Void> removeStray(MediaKey key) {
      return catalog
          .content(key.sha256())
          .thenCompose(
              content -> {
                boolean used =
                    content.filter(found -> found.generation() == key.generation()).isPresent();
                if (used) return CompletableFuture.completedStage(null);
                return io.submit(
                    () -> {
                      delete(key);
                      return null;
                    });
              });
    }

    private static String generation(String sha256, long generation) {
      return sha256 + '/' + generation;
    }
  }
}
