// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.media.v1.CreateVideoResponse;
import dev.corkboard.media.v1.Image;
import dev.corkboard.media.v1.Rendition;
import dev.corkboard.media.v1.Video;
import dev.corkboard.media.v1.VideoFile;
import dev.corkboard.media.v1.VideoState;
import dev.corkboard.media.video.BrokenVideoException;
import dev.corkboard.media.video.StoredVideo;
import dev.corkboard.media.video.VideoHeader;
import dev.corkboard.media.video.VideoStore;
import dev.corkboard.platform.check.Ids;
import dev.corkboard.platform.error.ApiException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Registers videos and takes their bytes. A video that has succeeded never changes; until then it
 * may be uploaded again, and of uploads at the same time the first to end is the video. A crash
 * leaves it registered or processing, and bytes that nobody names.
 */
final class VideoUploads {
  /** Owner, video and secret. */
  private static final Pattern KEY = Pattern.compile("([0-9]{1,19})/([0-9]{1,19})/(.{22})");

  private static final Set<VideoState> UNFINISHED =
      EnumSet.of(
          VideoState.VIDEO_STATE_REGISTERED,
          VideoState.VIDEO_STATE_PROCESSING,
          VideoState.VIDEO_STATE_FAILED);

  private final VideoStore videos;
  private final MediaIntake intake;
  private final MediaExecutor io;
  private final VideoLimits limits;
  private final LongSupplier ids;

  VideoUploads(
      VideoStore videos,
      MediaIntake intake,
      MediaExecutor io,
      VideoLimits limits,
      LongSupplier ids) {
    this.videos = videos;
    this.intake = intake;
    this.io = io;
    this.limits = limits;
    this.ids = ids;
  }

  /** The bytes of an upload, looked at. */
  private record Bytes(VideoHeader header, String sha256, long size) {}

  CompletionStage<CreateVideoResponse> register(String ownerId) {
    Instant now = intake.now();
    Video video =
        Video.newBuilder()
            .setId(Ids.format(ids.getAsLong()))
            .setState(VideoState.VIDEO_STATE_REGISTERED)
            .setCreateTime(Timestamps.fromMillis(now.toEpochMilli()))
            .setExpireTime(Timestamps.fromMillis(now.plus(limits.unfinished()).toEpochMilli()))
            .build();
    String secret = AssetKeys.next();
    return videos
        .insert(new StoredVideo(ownerId, video, secret, ""))
        .thenApply(
            done ->
                CreateVideoResponse.newBuilder()
                    .setVideo(video)
                    .setUploadKey(ownerId + '/' + video.getId() + '/' + secret)
                    .build());
  }

  /** The video of an upload key. */
  CompletionStage<StoredVideo> admit(String uploadKey) {
    Matcher key = KEY.matcher(uploadKey);
    if (!key.matches() || Ids.parse(key.group(1)).isEmpty() || Ids.parse(key.group(2)).isEmpty()) {
      return CompletableFuture.failedStage(notFound());
    }
    return videos
        .find(key.group(1), key.group(2))
        .thenApply(
            found ->
                found
                    .filter(video -> isSecret(video.uploadSecret(), key.group(3)))
                    .orElseThrow(VideoUploads::notFound));
  }

  private static boolean isSecret(String known, String told) {
    return MessageDigest.isEqual(
        known.getBytes(StandardCharsets.UTF_8), told.getBytes(StandardCharsets.UTF_8));
  }

  private static ApiException notFound() {
    return ApiException.notFound(
        ErrorReason.ERROR_REASON_MEDIA_NOT_FOUND, "upload_key", "not an upload key");
  }

  /** Makes the uploaded bytes the video; errors name {@code field}. */
  CompletionStage<Video> receive(StoredVideo registered, Path file, String field) {
    StoredVideo processing =
        next(registered, registered.video().toBuilder(), VideoState.VIDEO_STATE_PROCESSING, "");
    return videos
        .replace(processing, UNFINISHED)
        .thenCompose(begun -> io.submit(() -> look(file, field)))
        .thenCompose(
            bytes ->
                intake
                    .take(file, bytes.sha256(), original(bytes))
                    .thenCompose(content -> intake.name(registered.ownerId(), content))
                    .thenCompose(asset -> succeed(processing, bytes, asset.key())))
        .exceptionallyCompose(failure -> failed(processing, ApiException.from(failure)));
  }

  private static Bytes look(Path file, String field) throws IOException {
    try {
      VideoHeader header = VideoHeader.read(file);
      try (InputStream in = Files.newInputStream(file)) {
        return new Bytes(header, Sha256.of(in), Files.size(file));
      }
    } catch (BrokenVideoException broken) {
      throw ApiException.invalid(
          ErrorReason.ERROR_REASON_VIDEO_BROKEN,
          field,
          "Sorry, this video is broken: " + broken.getMessage() + ".");
    }
  }

  private static Image original(Bytes bytes) {
    VideoHeader header = bytes.header();
    return Image.newBuilder()
        .setContentType(header.contentType())
        .setWidth(header.width())
        .setHeight(header.height())
        .setSizeBytes(bytes.size())
        .addRenditions(
            Rendition.newBuilder()
                .setName(RenditionSize.ORIGINALS.label())
                .setWidth(header.width())
                .setHeight(header.height())
                .setContentType(header.contentType()))
        .build();
  }

  private CompletionStage<Video> succeed(StoredVideo processing, Bytes bytes, String assetKey) {
    VideoHeader header = bytes.header();
    VideoFile.Builder stored =
        VideoFile.newBuilder()
            .setAssetKey(assetKey)
            .setContentType(header.contentType())
            .setWidth(header.width())
            .setHeight(header.height())
            .setSizeBytes(bytes.size());
    header
        .duration()
        .ifPresent(duration -> stored.setDuration(Durations.fromMillis(duration.toMillis())));
    Instant expires = intake.now().plus(limits.finished());
    StoredVideo succeeded =
        next(
            processing,
            processing.video().toBuilder()
                .setFile(stored)
                .setExpireTime(Timestamps.fromMillis(expires.toEpochMilli())),
            VideoState.VIDEO_STATE_SUCCEEDED,
            bytes.sha256());
    return videos
        .replace(succeeded, UNFINISHED)
        .thenCompose(
            replaced ->
                replaced
                    ? CompletableFuture.completedStage(succeeded.video())
                    : uploadedBefore(succeeded));
  }

  private CompletionStage<Video> uploadedBefore(StoredVideo ours) {
    return videos
        .find(ours.ownerId(), ours.video().getId())
        .thenApply(
            found -> {
              StoredVideo known = found.orElseThrow(VideoUploads::notFound);
              if (known.sha256().equals(ours.sha256())) return known.video();
              throw ApiException.alreadyExists(
                  ErrorReason.ERROR_REASON_VIDEO_ALREADY_UPLOADED,
                  "video_id",
                  known.video().getId(),
                  "Another video was uploaded here before.");
            });
  }

  /** Says in the row that the bytes are no video; any other failure leaves it to another upload. */
  private CompletionStage<Video> failed(StoredVideo processing, ApiException failure) {
    if (failure.reason() != ErrorReason.ERROR_REASON_VIDEO_BROKEN) {
      return CompletableFuture.failedStage(failure);
    }
    StoredVideo failed =
        next(
            processing,
            processing.video().toBuilder().setFailure(failure.getMessage()),
            VideoState.VIDEO_STATE_FAILED,
            "");
    return videos
        .replace(failed, UNFINISHED)
        .thenCompose(replaced -> CompletableFuture.failedStage(failure));
  }

  private static StoredVideo next(
      StoredVideo video, Video.Builder changed, VideoState state, String sha256) {
    if (state != VideoState.VIDEO_STATE_FAILED) changed.clearFailure();
    return new StoredVideo(
        video.ownerId(), changed.setState(state).build(), video.uploadSecret(), sha256);
  }

  CompletionStage<Optional<Video>> find(String ownerId, String videoId) {
    return Ids.parse(videoId).isEmpty()
        ? CompletableFuture.completedStage(Optional.empty())
        : videos.find(ownerId, videoId).thenApply(found -> found.map(StoredVideo::video));
  }
}
