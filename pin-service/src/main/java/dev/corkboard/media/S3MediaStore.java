// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import dev.corkboard.platform.config.ConfigException;
import dev.corkboard.platform.error.ApiException;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Bytes in a bucket, {@code content/<sha256>/<generation>/<rendition>}. An object appears whole or
 * not at all. A put that fails may have stored its bytes all the same, under a generation that
 * nobody names. Several processes may share the bucket.
 */
final class S3MediaStore implements MediaStore {
  private static final Logger log = LoggerFactory.getLogger(S3MediaStore.class);
  private static final String CONTENT_TYPE = "application/octet-stream";

  private final S3Client client;
  private final S3Calls calls;
  private final S3Reads reads;
  private final S3Uploads uploads;
  private final String bucket;
  private final S3Limits limits;

  private S3MediaStore(S3Client client, String bucket, S3Limits limits, MeterRegistry metrics) {
    this.client = client;
    this.bucket = bucket;
    this.limits = limits;
    this.calls = new S3Calls(metrics);
    this.reads = new S3Reads(client, calls, bucket, limits.openReads(), metrics);
    this.uploads = new S3Uploads(client, calls, bucket, limits);
  }

  /**
   * Opens the bucket. One that does not answer may do so later; one that is not there, or refuses
   * the credentials, is a {@link ConfigException}.
   */
  static S3MediaStore open(S3Config config, S3Limits limits, MeterRegistry metrics) {
    S3Client client = S3Clients.open(config, limits);
    S3MediaStore store = new S3MediaStore(client, config.bucket(), limits, metrics);
    try {
      store.check(config);
      return store;
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  private void check(S3Config config) {
    try {
      calls.call("list", () -> client.listObjectsV2(list -> list.bucket(bucket).maxKeys(1)));
    } catch (ApiException refused) {
      throw new ConfigException("MEDIA_S3_BUCKET", bucket, S3Clients.expected(config, refused));
    } catch (IOException outage) {
      log.atWarn().addKeyValue("bucket", bucket).setCause(outage).log("S3 does not answer yet");
    }
  }

  @Override
  public void put(MediaKey key, byte[] bytes) throws IOException {
    put(
        key,
        RequestBody.fromContentProvider(
            ContentStreamProvider.fromByteArrayUnsafe(bytes), bytes.length, CONTENT_TYPE));
  }

  private void put(MediaKey key, RequestBody body) throws IOException {
    String name = S3Names.of(key);
    calls.call("put", () -> client.putObject(put -> put.bucket(bucket).key(name), body));
  }

  @Override
  public void put(MediaKey key, Path file) throws IOException {
    long size = Files.size(file);
    if (size > limits.partBytes()) {
      uploads.put(S3Names.of(key), file, size);
      return;
    }
    try (S3FilePart whole = new S3FilePart(file, 0, size)) {
      put(key, whole.body());
    }
  }

  @Override
  public Optional<InputStream> read(MediaKey key, long offset, long length) throws IOException {
    return reads.open(S3Names.of(key), offset, length);
  }

  @Override
  public OptionalLong size(MediaKey key) throws IOException {
    String name = S3Names.of(key);
    return calls
        .find("head", () -> client.headObject(head -> head.bucket(bucket).key(name)))
        .map(HeadObjectResponse::contentLength)
        .map(OptionalLong::of)
        .orElseGet(OptionalLong::empty);
  }

  /** S3 does not say whether there was anything, so it is asked before. */
  @Override
  public boolean delete(MediaKey key) throws IOException {
    if (!exists(key)) return false;
    String name = S3Names.of(key);
    return calls
        .find("delete", () -> client.deleteObject(delete -> delete.bucket(bucket).key(name)))
        .isPresent();
  }

  @Override
  public void forEach(Consumer<MediaKey> consumer) throws IOException {
    String next = null;
    do {
      String from = next;
      ListObjectsV2Response page =
          calls.call(
              "list",
              () ->
                  client.listObjectsV2(
                      list ->
                          list.bucket(bucket)
                              .prefix(S3Names.PREFIX)
                              .maxKeys(limits.pageKeys())
                              .continuationToken(from)));
      for (S3Object found : page.contents()) S3Names.key(found.key()).ifPresent(consumer);
      next = page.nextContinuationToken();
    } while (next != null);
  }

  @Override
  public void deleteUnfinished(Instant begunBefore) throws IOException {
    uploads.abort(key -> Generations.begun(key.generation()).isBefore(begunBefore));
  }

  @Override
  public void close() {
    client.close();
  }
}
