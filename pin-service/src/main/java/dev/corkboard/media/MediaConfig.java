// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import dev.corkboard.platform.config.ConfigException;
import dev.corkboard.platform.config.Env;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Settings of media.
 *
 * @param directory where bytes are kept, or with a bucket only those on their way in
 * @param s3 the bucket where bytes are kept
 * @param publicUrl of the edge, under which media URLs are ours
 * @param decodeThreads how many pictures are decoded at once
 * @param decodeQueue how many may wait for that
 * @param fetchThreads how many URLs are fetched at once
 * @param uploads how many uploads may be on their way in at once
 * @param maxVideoBytes how large a video may be
 * @param grace how long a picture stays that no Pin refers to
 * @param collectEvery how often what may go is looked for
 */
public record MediaConfig(
    Path directory,
    Optional<S3Config> s3,
    String publicUrl,
    int decodeThreads,
    int decodeQueue,
    int fetchThreads,
    int uploads,
    long maxVideoBytes,
    Duration grace,
    Duration collectEvery) {

  /** Reads {@code MEDIA_*} and {@code PUBLIC_URL}. */
  public static MediaConfig fromEnv(Env env) {
    return new MediaConfig(
        env.path("MEDIA_DIR", ".corkboard/media"),
        store(env),
        env.string("PUBLIC_URL", "http://127.0.0.1:8080"),
        env.integer("MEDIA_DECODE_THREADS", Runtime.getRuntime().availableProcessors(), 1, 64),
        env.integer("MEDIA_DECODE_QUEUE", 64, 1, 10_000),
        env.integer("MEDIA_FETCH_THREADS", 16, 1, 64),
        env.integer("MEDIA_UPLOADS", 64, 1, 10_000),
        env.integer("MEDIA_MAX_VIDEO_BYTES", 512 << 20, 1, Integer.MAX_VALUE),
        env.duration("MEDIA_GRACE", Duration.ofHours(24)),
        env.duration("MEDIA_COLLECT_EVERY", Duration.ofHours(1)));
  }

  private static Optional<S3Config> store(Env env) {
    String store = env.string("MEDIA_STORE", "local");
    return switch (store) {
      case "local" -> Optional.empty();
      case "s3" -> Optional.of(S3Config.fromEnv(env));
      default -> throw new ConfigException("MEDIA_STORE", store, "local or s3");
    };
  }
}
