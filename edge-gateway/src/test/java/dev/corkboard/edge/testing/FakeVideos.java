// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.testing;

import com.google.protobuf.ByteString;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.media.v1.CreateVideoRequest;
import dev.corkboard.media.v1.CreateVideoResponse;
import dev.corkboard.media.v1.GetVideoRequest;
import dev.corkboard.media.v1.ListVideosRequest;
import dev.corkboard.media.v1.ListVideosResponse;
import dev.corkboard.media.v1.UploadVideoRequest;
import dev.corkboard.media.v1.Video;
import dev.corkboard.media.v1.VideoServiceGrpc.VideoServiceImplBase;
import dev.corkboard.media.v1.VideoState;
import dev.corkboard.platform.error.ApiException;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Videos in memory: the key of one is {@code key-} and its id, and bytes that begin with an X are
 * refused.
 */
public final class FakeVideos extends VideoServiceImplBase {
  private final Map<Long, Video> videos = new ConcurrentSkipListMap<>();
  private final Map<Long, ByteString> uploads = new ConcurrentSkipListMap<>();
  private final Script script = new Script();
  private final AtomicLong received = new AtomicLong();
  private final AtomicInteger cancelled = new AtomicInteger();

  public Script script() {
    return script;
  }

  /** Puts a video there and answers its id. */
  public synchronized String put(VideoState state) {
    long id = 9_000L + videos.size();
    videos.put(id, Video.newBuilder().setId(Long.toString(id)).setState(state).build());
    return Long.toString(id);
  }

  /** What was uploaded for a video. */
  public ByteString upload(String id) {
    return uploads.get(Long.parseLong(id));
  }

  /** How many bytes came in, of all uploads. */
  public long received() {
    return received.get();
  }

  /** How many uploads were cut off. */
  public int cancelled() {
    return cancelled.get();
  }

  @Override
  public void createVideo(
      CreateVideoRequest request, StreamObserver<CreateVideoResponse> observer) {
    script.reply(
        request,
        observer,
        () -> {
          String id = put(VideoState.VIDEO_STATE_REGISTERED);
          return CreateVideoResponse.newBuilder()
              .setVideo(videos.get(Long.parseLong(id)))
              .setUploadKey("key-" + id)
              .build();
        });
  }

  @Override
  public void getVideo(GetVideoRequest request, StreamObserver<Video> observer) {
    script.reply(
        request,
        observer,
        () -> {
          Video found = videos.get(Long.parseLong(request.getVideoId()));
          if (found == null) throw notFound();
          return found;
        });
  }

  private static ApiException notFound() {
    return ApiException.notFound(ErrorReason.ERROR_REASON_MEDIA_NOT_FOUND, "video_id", "?");
  }

  @Override
  public void listVideos(ListVideosRequest request, StreamObserver<ListVideosResponse> observer) {
    script.reply(
        request,
        observer,
        () -> {
          Pages<Video> page =
              Pages.of(
                  new ArrayList<>(videos.values()), request.getPageSize(), request.getPageToken());
          return ListVideosResponse.newBuilder()
              .addAllVideos(page.items())
              .setNextPageToken(page.next())
              .build();
        });
  }

  @Override
  public StreamObserver<UploadVideoRequest> uploadVideo(StreamObserver<Video> observer) {
    return new StreamObserver<>() {
      private final List<ByteString> chunks = new ArrayList<>();
      private long id;
      private boolean ended;

      @Override
      public void onNext(UploadVideoRequest message) {
        if (ended) return;
        received.addAndGet(message.getChunk().size());
        if (chunks.isEmpty()) {
          if (!message.getUploadKey().matches("key-[0-9]+")) {
            fail(notFound());
            return;
          }
          id = Long.parseLong(message.getUploadKey().substring(4));
        }
        chunks.add(message.getChunk());
        if (chunks.get(0).byteAt(0) == 'X') {
          fail(
              ApiException.invalid(
                  ErrorReason.ERROR_REASON_VIDEO_BROKEN, "chunk", "Sorry, this video is broken."));
        }
      }

      private void fail(ApiException failure) {
        ended = true;
        observer.onError(failure.asHandlerFailure());
      }

      @Override
      public void onError(Throwable cut) {
        cancelled.incrementAndGet();
      }

      @Override
      public void onCompleted() {
        if (ended) return;
        uploads.put(id, ByteString.copyFrom(chunks));
        observer.onNext(videos.get(id));
        observer.onCompleted();
      }
    };
  }
}
