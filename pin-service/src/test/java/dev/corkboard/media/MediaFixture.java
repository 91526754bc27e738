// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import dev.corkboard.media.v1.Image;
import dev.corkboard.media.v1.Rendition;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The parts of media over stores in memory, a clock that is set, and Pins that are a set of keys.
 */
final class MediaFixture implements AutoCloseable {
  static final Duration GRACE = Duration.ofHours(24);
  static final String PUBLIC_URL = "https://corkboard.example/base";

  final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  final MutableClock clock = new MutableClock();
  final InMemoryMediaCatalog catalog = new InMemoryMediaCatalog();
  final InMemoryMediaStore store = new InMemoryMediaStore();
  final MediaExecutor decoding = new MediaExecutor("decoding", 2, 64, metrics);
  final MediaExecutor io = new MediaExecutor("io", 4, 256, metrics);

  /** The keys that Pins refer to. */
  final Set<String> pinned = ConcurrentHashMap.newKeySet();

  final Spool spool;
  final ImageFetcher fetcher;
  final MediaLibrary library;

  /** A fixture whose fetcher reaches this machine alone. */
  MediaFixture(Path directory) {
    spool = new Spool(directory);
    FetchOptions options =
        new FetchOptions(InetAddress::isLoopbackAddress, allPorts(), GRACE, 3, 1 << 20);
    fetcher = new ImageFetcher(io, options, InetAddress::getAllByName, spool, metrics);
    library = library(catalog, store);
  }

  private static Set<Integer> allPorts() {
    Set<Integer> ports = ConcurrentHashMap.newKeySet();
    for (int port = 1; port <= 65535; port++) ports.add(port);
    return ports;
  }

  MediaLibrary library(MediaCatalog usedCatalog, MediaStore usedStore) {
    return new CatalogMediaLibrary(
        intake(usedCatalog, usedStore),
        usedCatalog,
        fetcher,
        new OwnMediaUrls(PUBLIC_URL),
        spool,
        io);
  }

  MediaIntake intake(MediaCatalog usedCatalog, MediaStore usedStore) {
    return new MediaIntake(
        new ImageProcessor(metrics), usedStore, usedCatalog, decoding, io, clock, GRACE, metrics);
  }

  MediaReferences references() {
    return consumer -> {
      pinned.forEach(consumer);
      return CompletableFuture.completedStage(null);
    };
  }

  MediaCollector collector(
      MediaReferences references, MediaCatalog usedCatalog, MediaStore usedStore) {
    return new MediaCollector(references, usedCatalog, usedStore, io, clock, GRACE, metrics);
  }

  void collect() {
    get(collector(references(), catalog, store).collect());
  }

  Image store(byte[] picture) {
    return get(library.store("42", com.google.protobuf.ByteString.copyFrom(picture), "picture"));
  }

  /** Whether every rendition of an asset can be read, whole. */
  boolean isReadable(String assetKey) {
    Optional<Content> content =
        get(catalog.asset(assetKey)).flatMap(asset -> get(catalog.content(asset.sha256())));
    return content.isPresent() && content.get().stored() && isWhole(content.get());
  }

  private boolean isWhole(Content content) {
    for (Rendition rendition : content.image().getRenditionsList()) {
      RenditionSize size = RenditionSize.of(rendition.getName()).orElseThrow();
      MediaKey key = new MediaKey(content.sha256(), content.generation(), size);
      try (InputStream in = store.read(key, 0).orElse(InputStream.nullInputStream())) {
        if (!Sha256.of(in).equals(content.digests().get(size))) return false;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return true;
  }

  List<MediaKey> storedKeys() {
    List<MediaKey> keys = new ArrayList<>();
    store.forEach(keys::add);
    return keys;
  }

  List<Content> contents() {
    List<Content> contents = new ArrayList<>();
    get(catalog.forEachContent(contents::add));
    return contents;
  }

  static <T> T get(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  @Override
  public void close() {
    fetcher.close();
    decoding.close();
    io.close();
  }
}
