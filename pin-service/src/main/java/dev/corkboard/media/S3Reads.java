// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The reads that are open. Only some keep a connection while their reader does nothing: when one
 * more wants to, the one that has waited longest gives its own up and goes on with another later.
 * Readers that take their time so cannot keep all others out.
 */
final class S3Reads {
  private static final int RANGE_NOT_SATISFIABLE = 416;

  private final S3Client client;
  private final S3Calls calls;
  private final String bucket;
  private final int limit;
  private final Counter resumes;

  /** Those with a connection, the one that has waited longest first. */
  private final Set<S3Read> connected = new LinkedHashSet<>();

  S3Reads(S3Client client, S3Calls calls, String bucket, int limit, MeterRegistry metrics) {
    this.client = client;
    this.calls = calls;
    this.bucket = bucket;
    this.limit = limit;
    this.resumes = Counter.builder("corkboard.media.s3.resumes").register(metrics);
    Gauge.builder("corkboard.media.s3.reads", this, S3Reads::count).register(metrics);
  }

  int count() {
    synchronized (connected) {
      return connected.size();
    }
  }

  /** So many bytes of an object from an offset on; empty when there is no such object. */
  Optional<InputStream> open(String name, long offset, long length) throws IOException {
    makeRoom();
    return calls.find("read", () -> begin(name, offset, length));
  }

  private InputStream begin(String name, long offset, long length) {
    try {
      return new S3Read(this, name, offset, client.getObject(request(name, offset, length)));
    } catch (S3Exception failure) {
      if (failure.statusCode() != RANGE_NOT_SATISFIABLE) throw failure;
      return InputStream.nullInputStream();
    }
  }

  /** Goes on with what was opened before. */
  ResponseInputStream<GetObjectResponse> resume(String name, long offset, long length)
      throws IOException {
    makeRoom();
    resumes.increment();
    return calls
        .find("read", () -> client.getObject(request(name, offset, length)))
        .orElseThrow(() -> new IOException("it was deleted while it was read: " + name));
  }

  private GetObjectRequest request(String name, long offset, long length) {
    GetObjectRequest.Builder request = GetObjectRequest.builder().bucket(bucket).key(name);
    if (length < Long.MAX_VALUE - offset) {
      request.range("bytes=" + offset + '-' + (offset + length - 1));
    } else if (offset > 0) {
      request.range("bytes=" + offset + '-');
    }
    return request.build();
  }

  private void makeRoom() {
    List<S3Read> waiting;
    synchronized (connected) {
      if (connected.size() < limit) return;
      waiting = new ArrayList<>(connected);
    }
    // One whose reader is at work keeps its connection; there are fewer of these than the limit.
    for (S3Read read : waiting) {
      if (read.tryDisconnect()) return;
    }
  }

  /** It has a connection and its reader was here just now. */
  void touched(S3Read read) {
    synchronized (connected) {
      connected.remove(read);
      connected.add(read);
    }
  }

  void disconnected(S3Read read) {
    synchronized (connected) {
      connected.remove(read);
    }
  }
}
