// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/**
 * Large files, part by part, so that a broken connection costs one part. One that fails is aborted;
 * what a crash leaves begun is found again by {@link #abort}.
 */
final class S3Uploads {
  private final S3Client client;
  private final S3Calls calls;
  private final String bucket;
  private final S3Limits limits;

  S3Uploads(S3Client client, S3Calls calls, String bucket, S3Limits limits) {
    this.client = client;
    this.calls = calls;
    this.bucket = bucket;
    this.limits = limits;
  }

  void put(String name, Path file, long size) throws IOException {
    String upload = begin(name);
    try {
      List<CompletedPart> parts = new ArrayList<>();
      for (long offset = 0; offset < size; offset += limits.partBytes()) {
        long length = Math.min(limits.partBytes(), size - offset);
        parts.add(send(name, upload, parts.size() + 1, new S3FilePart(file, offset, length)));
      }
      complete(name, upload, parts);
    } catch (IOException | RuntimeException failure) {
      try {
        abort(name, upload);
      } catch (IOException | RuntimeException leftBehind) {
        failure.addSuppressed(leftBehind);
      }
      throw failure;
    }
  }

  private String begin(String name) throws IOException {
    return calls
        .call("begin", () -> client.createMultipartUpload(begun -> begun.bucket(bucket).key(name)))
        .uploadId();
  }

  private CompletedPart send(String name, String upload, int number, S3FilePart part)
      throws IOException {
    try (part) {
      String tag =
          calls
              .call(
                  "part",
                  () ->
                      client.uploadPart(
                          sent -> sent.bucket(bucket).key(name).uploadId(upload).partNumber(number),
                          part.body()))
              .eTag();
      return CompletedPart.builder().partNumber(number).eTag(tag).build();
    }
  }

  private void complete(String name, String upload, List<CompletedPart> parts) throws IOException {
    calls.call(
        "complete",
        () ->
            client.completeMultipartUpload(
                whole ->
                    whole
                        .bucket(bucket)
                        .key(name)
                        .uploadId(upload)
                        .multipartUpload(list -> list.parts(parts))));
  }

  private void abort(String name, String upload) throws IOException {
    calls.call(
        "abort",
        () ->
            client.abortMultipartUpload(
                aborted -> aborted.bucket(bucket).key(name).uploadId(upload)));
  }

  /** Aborts every upload that was begun and not ended, of the keys that are meant. */
  void abort(Predicate<MediaKey> meant) throws IOException {
    Optional<ListMultipartUploadsResponse> last = Optional.empty();
    do {
      String fromKey = last.map(ListMultipartUploadsResponse::nextKeyMarker).orElse(null);
      String fromUpload = last.map(ListMultipartUploadsResponse::nextUploadIdMarker).orElse(null);
      ListMultipartUploadsResponse page =
          calls.call(
              "uploads",
              () ->
                  client.listMultipartUploads(
                      list ->
                          list.bucket(bucket)
                              .prefix(S3Names.PREFIX)
                              .maxUploads(limits.pageKeys())
                              .keyMarker(fromKey)
                              .uploadIdMarker(fromUpload)));
      for (MultipartUpload begun : page.uploads()) {
        if (S3Names.key(begun.key()).filter(meant).isPresent()) {
          abort(begun.key(), begun.uploadId());
        }
      }
      last = Optional.of(page);
    } while (Boolean.TRUE.equals(last.get().isTruncated()));
  }
}
