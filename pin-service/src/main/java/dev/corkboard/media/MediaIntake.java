// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.media.v1.Image;
import dev.corkboard.platform.error.ApiException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Sees to it that a picture's bytes are stored, once, and will be there for at least half a grace
 * period. Bytes come before the row that names them, so a crash leaves bytes nobody names.
 */
final class MediaIntake {
  private static final int ATTEMPTS = 3;

  private final ImageProcessor processor;
  private final MediaStore store;
  private final MediaCatalog catalog;
  private final MediaExecutor decoding;
  private final MediaExecutor io;
  private final Clock clock;
  private final Duration fresh;
  private final Timer timer;

  MediaIntake(
      ImageProcessor processor,
      MediaStore store,
      MediaCatalog catalog,
      MediaExecutor decoding,
      MediaExecutor io,
      Clock clock,
      Duration grace,
      MeterRegistry metrics) {
    this.processor = processor;
    this.store = store;
    this.catalog = catalog;
    this.decoding = decoding;
    this.io = io;
    this.clock = clock;
    this.fresh = grace.dividedBy(2);
    this.timer =
        Timer.builder("corkboard.media.store").publishPercentileHistogram().register(metrics);
  }

  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** Whether it will stay long enough untouched; a picture many use at once is not fought over. */
  boolean isFresh(Instant touchedAt) {
    return touchedAt.isAfter(now().minus(fresh));
  }

  /** Makes content of a hash and stores its bytes. */
  @FunctionalInterface
  private interface Making {
    Content make(String hash) throws IOException;
  }

  /** The content of a picture, stored or found; errors name {@code field}. */
  CompletionStage<Content> take(PictureSource source, String field) {
    return io.submit(() -> hash(source, field))
        .thenCompose(hash -> take(hash, decoding, made -> process(source, made, field), 1))
        .thenApply(
            content -> {
              if (!content.isPicture()) throw PictureLimits.noPicture(field);
              return content;
            });
  }

  /** The content of a video whose hash and headers are known, stored or found. */
  CompletionStage<Content> take(Path video, String hash, Image header) {
    return take(hash, io, made -> keep(video, made, header), 1);
  }

  private static String hash(PictureSource source, String field) throws IOException {
    PictureLimits.checkBytes(source.size(), field);
    try (InputStream in = source.open()) {
      return Sha256.of(in);
    }
  }

  private CompletionStage<Content> take(
      String hash, MediaExecutor executor, Making making, int attempt) {
    if (attempt > ATTEMPTS) {
      return CompletableFuture.failedStage(
          ApiException.aborted(
              ErrorReason.ERROR_REASON_CONTENTION,
              "The same bytes are being stored and removed by others; try again."));
    }
    return catalog
        .content(hash)
        .thenCompose(
            found -> {
              if (found.isEmpty() || !found.get().stored()) return begin(hash, executor, making);
              return keep(found.get());
            })
        .thenCompose(
            kept ->
                kept == null
                    ? take(hash, executor, making, attempt + 1)
                    : CompletableFuture.completedStage(kept));
  }

  /** Keeps stored content; null when it went meanwhile. */
  CompletionStage<Content> keep(Content content) {
    if (isFresh(content.touchedAt())) return CompletableFuture.completedStage(content);
    return catalog
        .touchContent(content.sha256(), now())
        .thenApply(touched -> touched ? content : null);
  }

  private CompletionStage<Content> begin(String hash, MediaExecutor executor, Making making) {
    return executor
        .submit(() -> making.make(hash))
        .thenCompose(
            content ->
                catalog
                    .putContent(content)
                    .thenCompose(
                        put -> put ? CompletableFuture.completedStage(content) : undo(content)));
  }

  private Content process(PictureSource source, String hash, String field) throws IOException {
    byte[] bytes;
    try (InputStream in = source.open()) {
      bytes = in.readAllBytes();
    }
    ProcessedImage processed = processor.process(bytes, field);
    Instant now = now();
    long generation = Generations.begin(now);
    Map<RenditionSize, String> digests = new EnumMap<>(RenditionSize.class);
    Map<RenditionSize, Long> sizes = new EnumMap<>(RenditionSize.class);
    long begin = System.nanoTime();
    for (Map.Entry<RenditionSize, byte[]> rendition : processed.renditions().entrySet()) {
      RenditionSize size = rendition.getKey();
      store.put(new MediaKey(hash, generation, size), rendition.getValue());
      digests.put(size, Sha256.of(rendition.getValue()));
      sizes.put(size, (long) rendition.getValue().length);
    }
    timer.record(Duration.ofNanos(System.nanoTime() - begin));
    return new Content(
        hash, generation, processed.image(), digests, sizes, Content.State.STORED, now);
  }

  private Content keep(Path video, String hash, Image header) throws IOException {
    Instant now = now();
    long generation = Generations.begin(now);
    RenditionSize only = RenditionSize.ORIGINALS;
    long begin = System.nanoTime();
    store.put(new MediaKey(hash, generation, only), video);
    timer.record(Duration.ofNanos(System.nanoTime() - begin));
    return new Content(
        hash,
        generation,
        header,
        Map.of(only, hash),
        Map.of(only, header.getSizeBytes()),
        Content.State.STORED,
        now);
  }

  /** A new public name of content, given to an account. */
  CompletionStage<Asset> name(String ownerId, Content content) {
    Instant now = now();
    Asset asset = new Asset(AssetKeys.next(), content.sha256(), ownerId, now, now);
    return catalog.putAsset(asset).thenApply(done -> asset);
  }

  /** Somebody else stored the same bytes first: our bytes go, nobody was told of them. */
  private CompletionStage<Content> undo(Content ours) {
    return io.submit(
            () -> {
              for (RenditionSize size : RenditionSize.values()) {
                store.delete(new MediaKey(ours.sha256(), ours.generation(), size));
              }
              return (Content) null;
            })
        // What is left of them is collected later.
        .exceptionally(failure -> null);
  }
}
