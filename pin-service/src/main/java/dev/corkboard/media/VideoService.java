// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import com.google.protobuf.ByteString;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.media.v1.CreateVideoRequest;
import dev.corkboard.media.v1.CreateVideoResponse;
import dev.corkboard.media.v1.GetVideoRequest;
import dev.corkboard.media.v1.ListVideosRequest;
import dev.corkboard.media.v1.ListVideosResponse;
import dev.corkboard.media.v1.UploadVideoRequest;
import dev.corkboard.media.v1.Video;
import dev.corkboard.media.v1.VideoServiceGrpc;
import dev.corkboard.media.video.StoredVideo;
import dev.corkboard.media.video.VideoStore;
import dev.corkboard.platform.check.Ids;
import dev.corkboard.platform.check.Violations;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.page.IdPosition;
import dev.corkboard.platform.page.PageTokens;
import dev.corkboard.platform.page.Paging;
import dev.corkboard.platform.server.Caller;
import dev.corkboard.platform.server.Unary;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;

/** Registers videos, takes their bytes and says how far they have come. */
final class VideoService extends VideoServiceGrpc.VideoServiceImplBase {
  private static final String LISTING = "videos";

  private final VideoUploads videos;
  private final VideoStore store;
  private final VideoLimits limits;
  private final PageTokens tokens;
  private final Spool spool;
  private final MediaExecutor io;
  private final Semaphore uploads;

  /**
   * A service.
   *
   * @param uploads how many may be on their way in at once; one more is refused with OVERLOADED
   */
  VideoService(
      VideoUploads videos,
      VideoStore store,
      VideoLimits limits,
      PageTokens tokens,
      Spool spool,
      MediaExecutor io,
      int uploads) {
    this.videos = videos;
    this.store = store;
    this.limits = limits;
    this.tokens = tokens;
    this.spool = spool;
    this.io = io;
    this.uploads = new Semaphore(uploads);
  }

  @Override
  public void createVideo(
      CreateVideoRequest request, StreamObserver<CreateVideoResponse> observer) {
    Caller caller = Caller.current();
    Unary.reply(observer, () -> videos.register(caller.accountId()));
  }

  @Override
  public StreamObserver<UploadVideoRequest> uploadVideo(StreamObserver<Video> responses) {
    ServerCallStreamObserver<Video> call = (ServerCallStreamObserver<Video>) responses;
    call.disableAutoRequest();
    MediaUpload<UploadVideoRequest, Video> upload =
        new MediaUpload<>(call, new Upload(), spool, io, uploads);
    upload.begin();
    return upload;
  }

  /** A video that is uploaded. */
  private final class Upload implements MediaUpload.Target<UploadVideoRequest, Video> {
    private volatile StoredVideo registered;

    @Override
    public Duration limit() {
      return limits.upload();
    }

    @Override
    public CompletionStage<?> admit(UploadVideoRequest first) {
      return videos.admit(first.getUploadKey()).thenAccept(found -> registered = found);
    }

    @Override
    public ByteString chunk(UploadVideoRequest message) {
      return message.getChunk();
    }

    @Override
    public void checkTotal(long bytes) {
      limits.checkBytes(bytes, MediaUpload.FIELD);
    }

    @Override
    public CompletionStage<Video> store(Path file) {
      if (registered == null) {
        throw ApiException.invalid(MediaUpload.FIELD, "must come at least once");
      }
      return videos.receive(registered, file, MediaUpload.FIELD);
    }
  }

  @Override
  public void getVideo(GetVideoRequest request, StreamObserver<Video> observer) {
    Caller caller = Caller.current();
    Unary.reply(
        observer,
        () -> {
          String id = request.getVideoId();
          new Violations().id("video_id", id).throwIfAny();
          return videos
              .find(caller.accountId(), id)
              .thenApply(
                  found ->
                      found.orElseThrow(
                          () ->
                              ApiException.notFound(
                                  ErrorReason.ERROR_REASON_MEDIA_NOT_FOUND, "video_id", id)));
        });
  }

  @Override
  public void listVideos(ListVideosRequest request, StreamObserver<ListVideosResponse> observer) {
    Caller caller = Caller.current();
    Unary.reply(
        observer,
        () -> {
          new Violations().pageSize(request.getPageSize()).throwIfAny();
          IdPosition from =
              IdPosition.open(tokens, request.getPageToken(), LISTING, caller.accountId());
          int size = Paging.size(request.getPageSize(), from.pageSize(), Paging.MAX_SIZE);
          return store
              .list(caller.accountId(), from.before(), size + 1)
              .thenApply(found -> page(found, size, caller.accountId()));
        });
  }

  private ListVideosResponse page(List<StoredVideo> found, int size, String callerId) {
    ListVideosResponse.Builder page = ListVideosResponse.newBuilder();
    found.stream().limit(size).forEach(video -> page.addVideos(video.video()));
    if (found.size() > size) {
      String last = page.getVideos(size - 1).getId();
      long before = Ids.parse(last).orElseThrow();
      page.setNextPageToken(new IdPosition(before, size).seal(tokens, LISTING, callerId));
    }
    return page.build();
  }
}
