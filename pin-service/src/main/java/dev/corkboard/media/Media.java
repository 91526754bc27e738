// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import dev.corkboard.media.video.CassandraVideoStore;
import dev.corkboard.media.video.VideoStore;
import dev.corkboard.platform.cassandra.Cql;
import dev.corkboard.platform.page.PageTokens;
import dev.corkboard.platform.schedule.Periodic;
import io.grpc.BindableService;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/** Everything about media, wired: the library, the gRPC service, and the collector at its work. */
public final class Media implements AutoCloseable {
  /** The schema of the catalog, to be applied in the keyspace of pin-service. */
  public static final String SCHEMA = CassandraMediaCatalog.SCHEMA;

  private static final int IO_THREADS = 8;

  /** More than for files, because calls over a network wait and do nothing. */
  private static final int S3_THREADS = 32;

  private static final int IO_QUEUE = 1024;

  /** Of one collection, which looks at every picture and every Pin. */
  private static final Duration COLLECT_LIMIT = Duration.ofHours(6);

  private final MediaExecutor decoding;
  private final MediaExecutor fetching;
  private final MediaExecutor io;
  private final MediaExecutor frames;
  private final MediaStore store;
  private final ImageFetcher fetcher;
  private final MediaLibrary library;
  private final VideoLibrary videos;
  private final List<BindableService> services;
  private final MediaCollector collector;
  private final Periodic collecting;

  Media(
      MediaConfig config,
      FetchOptions fetch,
      MediaCatalog catalog,
      VideoStore videoStore,
      HoldStore holdStore,
      MediaReferences references,
      Naming naming,
      Clock clock,
      MeterRegistry metrics) {
    decoding =
        new MediaExecutor("media-decoding", config.decodeThreads(), config.decodeQueue(), metrics);
    fetching =
        new MediaExecutor("media-fetching", config.fetchThreads(), config.decodeQueue(), metrics);
    int ioThreads = config.s3().isPresent() ? S3_THREADS : IO_THREADS;
    io = new MediaExecutor("media-io", ioThreads, IO_QUEUE, metrics);
    // One frame at a time: a hostile video may take all the memory that a decoder asks for.
    frames = new MediaExecutor("media-frames", 1, config.decodeQueue(), metrics);
    Spool spool = new Spool(config.directory().resolve("spool"));
    store = store(config, spool, metrics);
    fetcher = new ImageFetcher(fetching, fetch, InetAddress::getAllByName, spool, metrics);
    MediaIntake intake =
        new MediaIntake(
            new ImageProcessor(metrics),
            store,
            catalog,
            decoding,
            io,
            clock,
            config.grace(),
            metrics);
    library =
        new CatalogMediaLibrary(
            intake, catalog, fetcher, new OwnMediaUrls(config.publicUrl()), spool, io);
    VideoLimits limits = VideoLimits.of(config.maxVideoBytes());
    VideoUploads uploads = new VideoUploads(videoStore, intake, io, limits, naming.ids());
    videos = new StoredVideoLibrary(uploads, library, catalog, store, spool, frames);
    services =
        List.of(
            new MediaService(library, catalog, store, spool, io, config.uploads()),
            new HoldService(new MediaHolds(holdStore, catalog, intake)),
            new VideoService(
                uploads, videoStore, limits, naming.tokens(), spool, io, config.uploads()));
    collector =
        new MediaCollector(
            inUse ->
                references
                    .forEachAssetKey(inUse)
                    .thenCompose(done -> videoStore.forEachAssetKey(inUse))
                    .thenCompose(done -> holdStore.forEachAssetKey(inUse)),
            catalog,
            store,
            io,
            clock,
            config.grace(),
            metrics);
    collecting =
        Periodic.start("media-collector", config.collectEvery(), COLLECT_LIMIT, collector::collect);
  }

  private static MediaStore store(MediaConfig config, Spool spool, MeterRegistry metrics) {
    return config.s3().isPresent()
        ? S3MediaStore.open(config.s3().get(), S3Limits.standard(), metrics)
        : new LocalMediaStore(config.directory().resolve("content"), spool);
  }

  /**
   * How things are named.
   *
   * @param ids of videos
   * @param tokens of pages of them
   */
  public record Naming(LongSupplier ids, PageTokens tokens) {}

  /** Begins; the tables of {@link #SCHEMA} are there. */
  public static Media start(
      MediaConfig config,
      FetchOptions fetch,
      Cql cql,
      MediaReferences references,
      Naming naming,
      MeterRegistry metrics) {
    Clock clock = Clock.systemUTC();
    return new Media(
        config,
        fetch,
        new CassandraMediaCatalog(cql),
        new CassandraVideoStore(cql, clock),
        new CassandraHoldStore(cql),
        references,
        naming,
        clock,
        metrics);
  }

  /** What Pins are made of. */
  public MediaLibrary library() {
    return library;
  }

  /** What Pins with a video are made of. */
  public VideoLibrary videos() {
    return videos;
  }

  /** To be added to the gRPC server. */
  public List<BindableService> services() {
    return services;
  }

  /** Collects now, beside the regular rounds. */
  public CompletionStage<Void> collect() {
    return collector.collect();
  }

  /** Takes nothing new, and waits for what was begun, at most 10 seconds for each kind of work. */
  @Override
  public void close() {
    collecting.close();
    fetcher.close();
    fetching.close();
    decoding.close();
    frames.close();
    io.close();
    store.close();
  }
}
