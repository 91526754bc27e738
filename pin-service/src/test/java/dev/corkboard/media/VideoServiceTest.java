// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.Durations;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.media.v1.CreateVideoRequest;
import dev.corkboard.media.v1.CreateVideoResponse;
import dev.corkboard.media.v1.GetVideoRequest;
import dev.corkboard.media.v1.Image;
import dev.corkboard.media.v1.ListVideosRequest;
import dev.corkboard.media.v1.ListVideosResponse;
import dev.corkboard.media.v1.UploadVideoRequest;
import dev.corkboard.media.v1.Video;
import dev.corkboard.media.v1.VideoFile;
import dev.corkboard.media.v1.VideoServiceGrpc;
import dev.corkboard.media.v1.VideoServiceGrpc.VideoServiceBlockingStub;
import dev.corkboard.media.v1.VideoState;
import dev.corkboard.media.video.InMemoryVideoStore;
import dev.corkboard.media.video.Videos;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.page.PageTokens;
import dev.corkboard.platform.testing.GrpcExtension;
import io.grpc.stub.StreamObserver;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VideoServiceTest {
  private static final int MAX_BYTES = 1 << 20;
  private static final String OWNER = "42";

  @TempDir static Path directory;
  private final AtomicLong ids = new AtomicLong(1_000);
  private MediaFixture media;
  private InMemoryVideoStore videos;
  private VideoLibrary library;
  private MediaExecutor frames;

  @RegisterExtension
  final GrpcExtension grpc =
      new GrpcExtension(
          "pin",
          tokens -> {
            media = new MediaFixture(directory);
            videos = new InMemoryVideoStore(media.clock);
            VideoLimits limits =
                new VideoLimits(
                    MAX_BYTES, Duration.ofDays(1), Duration.ofDays(7), Duration.ofMinutes(5));
            VideoUploads uploads =
                new VideoUploads(
                    videos,
                    media.intake(media.catalog, media.store),
                    media.io,
                    limits,
                    ids::incrementAndGet);
            frames = new MediaExecutor("frames", 1, 8, media.metrics);
            library =
                new StoredVideoLibrary(
                    uploads, media.library, media.catalog, media.store, media.spool, frames);
            return List.of(
                new VideoService(
                    uploads,
                    videos,
                    limits,
                    new PageTokens(new byte[32], media.clock),
                    media.spool,
                    media.io,
                    8));
          });

  private VideoServiceBlockingStub stub;

  @BeforeEach
  void connect() {
    stub = as(OWNER);
  }

  private VideoServiceBlockingStub as(String account) {
    return VideoServiceGrpc.newBlockingStub(grpc.channel())
        .withCallCredentials(grpc.tokens().user(account));
  }

  @AfterEach
  void close() {
    Awaitility.await().untilAsserted(this::assertSpoolIsEmpty);
    frames.close();
    media.close();
  }

  private void assertSpoolIsEmpty() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).isEmpty();
    }
  }

  private CreateVideoResponse register() {
    return stub.createVideo(CreateVideoRequest.getDefaultInstance());
  }

  private Video get(String id) {
    return stub.getVideo(GetVideoRequest.newBuilder().setVideoId(id).build());
  }

  /** Uploads without a token, in chunks. */
  private CompletableFuture<Video> send(String key, byte[] bytes, int chunk) {
    CompletableFuture<Video> answer = new CompletableFuture<>();
    StreamObserver<UploadVideoRequest> call =
        VideoServiceGrpc.newStub(grpc.channel())
            .uploadVideo(
                new StreamObserver<>() {
                  @Override
                  public void onNext(Video video) {
                    answer.complete(video);
                  }

                  @Override
                  public void onError(Throwable failure) {
                    answer.completeExceptionally(failure);
                  }

                  @Override
                  public void onCompleted() {}
                });
    for (int at = 0; at < bytes.length; at += chunk) {
      int size = Math.min(chunk, bytes.length - at);
      UploadVideoRequest.Builder message =
          UploadVideoRequest.newBuilder().setChunk(ByteString.copyFrom(bytes, at, size));
      if (at == 0) message.setUploadKey(key);
      call.onNext(message.build());
    }
    call.onCompleted();
    return answer;
  }

  private Video upload(String key, byte[] bytes) {
    return send(key, bytes, 10_000).join();
  }

  private ApiException refusal(String key, byte[] bytes) {
    return ApiException.from(catchThrowable(() -> upload(key, bytes)));
  }

  private ApiException unresolved(String account, String id) {
    return ApiException.from(
        catchThrowable(() -> MediaFixture.get(library.resolve(account, id, "f"))));
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 4_096, 1 << 20})
  void uploadedVideoSucceeds(int chunk) {
    CreateVideoResponse registered = register();
    String id = registered.getVideo().getId();
    assertThat(registered.getVideo().getState()).isEqualTo(VideoState.VIDEO_STATE_REGISTERED);
    assertThat(get(id)).isEqualTo(registered.getVideo());

    byte[] bytes = Videos.unique();
    Video video = send(registered.getUploadKey(), bytes, chunk).join();
    assertThat(video.getState()).isEqualTo(VideoState.VIDEO_STATE_SUCCEEDED);
    assertThat(get(id)).isEqualTo(video);
    VideoFile file = video.getFile();
    assertThat(file.getContentType()).isEqualTo("video/mp4");
    assertThat(file.getSizeBytes()).isEqualTo(bytes.length);
    assertThat(file.getWidth()).isEqualTo(Videos.WIDTH);
    assertThat(file.getHeight()).isEqualTo(Videos.HEIGHT);
    assertThat(Durations.toMillis(file.getDuration())).isEqualTo(Videos.MILLIS);
    assertThat(media.isReadable(file.getAssetKey())).isTrue();
    assertThat(MediaFixture.get(library.resolve(OWNER, id, "f"))).isEqualTo(file);
  }

  @Test
  void m4AndM5VideoOfSomebodyElseOrNotReadyIsNotToBeHad() {
    CreateVideoResponse registered = register();
    String id = registered.getVideo().getId();
    assertThat(unresolved(OWNER, id).reason()).isEqualTo(ErrorReason.ERROR_REASON_VIDEO_NOT_READY);
    upload(registered.getUploadKey(), Videos.unique());
    assertThat(unresolved("43", id).reason()).isEqualTo(ErrorReason.ERROR_REASON_MEDIA_NOT_FOUND);
    assertThat(unresolved(OWNER, "999").reason())
        .isEqualTo(ErrorReason.ERROR_REASON_MEDIA_NOT_FOUND);
    for (String missing : List.of("999", "99999999999999999999999")) {
      Throwable failure = catchThrowable(() -> get(missing));
      assertThat(ApiException.from(failure).reason())
          .isEqualTo(ErrorReason.ERROR_REASON_MEDIA_NOT_FOUND);
    }
    Throwable foreign =
        catchThrowable(
            () -> as("43").getVideo(GetVideoRequest.newBuilder().setVideoId(id).build()));
    assertThat(ApiException.from(foreign).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_MEDIA_NOT_FOUND);
  }

  @Test
  void keyMustBeTheOneThatWasTold() {
    CreateVideoResponse registered = register();
    String key = registered.getUploadKey();
    String forged = key.substring(0, key.length() - 1) + (key.endsWith("A") ? "B" : "A");
    for (String wrong :
        List.of(
            "", "x", forged, key + "A", key.replaceFirst("42", "43"), "0/0/" + "a".repeat(22))) {
      assertThat(refusal(wrong, Videos.mp4()).reason())
          .as(wrong)
          .isEqualTo(ErrorReason.ERROR_REASON_MEDIA_NOT_FOUND);
    }
    assertThat(get(registered.getVideo().getId()).getState())
        .isEqualTo(VideoState.VIDEO_STATE_REGISTERED);
  }

  @Test
  void whatIsNoVideoFailsAndMayBeMadeGood() {
    CreateVideoResponse registered = register();
    ApiException refusal = refusal(registered.getUploadKey(), new byte[] {1, 2, 3});
    assertThat(refusal.reason()).isEqualTo(ErrorReason.ERROR_REASON_VIDEO_BROKEN);
    Video failed = get(registered.getVideo().getId());
    assertThat(failed.getState()).isEqualTo(VideoState.VIDEO_STATE_FAILED);
    assertThat(failed.getFailure()).contains("broken");
    assertThat(unresolved(OWNER, failed.getId()).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_VIDEO_NOT_READY);
    Video good = upload(registered.getUploadKey(), Videos.unique());
    assertThat(good.getState()).isEqualTo(VideoState.VIDEO_STATE_SUCCEEDED);
    assertThat(good.getFailure()).isEmpty();
  }

  @Test
  void tooManyBytesAreRefusedAndLeaveTheVideoRegistered() {
    CreateVideoResponse registered = register();
    assertThat(refusal(registered.getUploadKey(), new byte[MAX_BYTES + 1]).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_VIDEO_TOO_LARGE);
    assertThat(get(registered.getVideo().getId()).getState())
        .isEqualTo(VideoState.VIDEO_STATE_REGISTERED);
    assertThat(refusal(registered.getUploadKey(), new byte[0]).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_INVALID_FIELD);
  }

  @Test
  void sameBytesAgainAreTheSameVideoAndOthersAreRefused() {
    CreateVideoResponse registered = register();
    byte[] bytes = Videos.unique();
    Video first = upload(registered.getUploadKey(), bytes);
    assertThat(upload(registered.getUploadKey(), bytes)).isEqualTo(first);
    assertThat(refusal(registered.getUploadKey(), Videos.unique()).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_VIDEO_ALREADY_UPLOADED);
    assertThat(refusal(registered.getUploadKey(), new byte[] {1}).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_VIDEO_BROKEN);
    assertThat(get(first.getId())).isEqualTo(first);
  }

  @Test
  void uploadsAtTheSameTimeEndAsOne() {
    CreateVideoResponse registered = register();
    byte[] bytes = Videos.unique();
    List<CompletableFuture<Video>> uploads = new ArrayList<>();
    for (int i = 0; i < 5; i++) uploads.add(send(registered.getUploadKey(), bytes, 5_000));
    assertThat(uploads.stream().map(CompletableFuture::join).distinct()).hasSize(1);
  }

  @Test
  void equalVideosShareTheirBytes() {
    byte[] bytes = Videos.unique();
    VideoFile one = upload(register().getUploadKey(), bytes).getFile();
    VideoFile two = upload(register().getUploadKey(), bytes).getFile();
    assertThat(one.getAssetKey()).isNotEqualTo(two.getAssetKey());
    assertThat(media.storedKeys()).hasSize(1);
  }

  @Test
  void videoIsNoPicture() {
    byte[] bytes = Videos.unique();
    VideoFile file = upload(register().getUploadKey(), bytes).getFile();
    Throwable resolved =
        catchThrowable(
            () -> MediaFixture.get(media.library.resolve(OWNER, file.getAssetKey(), "f")));
    assertThat(ApiException.from(resolved).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_MEDIA_NOT_FOUND);
    String url = MediaFixture.PUBLIC_URL + "/media/" + file.getAssetKey() + "/originals";
    Throwable fetched =
        catchThrowable(() -> MediaFixture.get(media.library.fetch(OWNER, url, "f")));
    assertThat(ApiException.from(fetched).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_IMAGE_FETCH_FAILED);
    Throwable stored = catchThrowable(() -> media.store(bytes));
    assertThat(ApiException.from(stored).reason()).isEqualTo(ErrorReason.ERROR_REASON_IMAGE_BROKEN);
  }

  @Test
  void frameBecomesAPictureOfTheOwners() {
    VideoFile file = upload(register().getUploadKey(), Videos.unique()).getFile();
    Image cover = MediaFixture.get(library.frame(OWNER, file, 1, "f"));
    assertThat(cover.getWidth()).isEqualTo(Videos.WIDTH);
    Color color = Color.decode(cover.getDominantColor());
    assertThat(color.getGreen()).isGreaterThan(200);
    assertThat(color.getRed() + color.getBlue()).isLessThan(100);
    assertThat(MediaFixture.get(media.library.resolve(OWNER, cover.getAssetKey(), "f")))
        .isEqualTo(cover);
    VideoFile webm = upload(register().getUploadKey(), Videos.webm(64, 48, 900)).getFile();
    Throwable refused = catchThrowable(() -> MediaFixture.get(library.frame(OWNER, webm, 0, "f")));
    assertThat(ApiException.from(refused).violations().get(0).field()).isEqualTo("f");
    assertThat(refused).hasMessageContaining("H.264");
  }

  @Test
  void videosAreListedNewestFirstPageByPage() {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 5; i++) made.add(0, register().getVideo().getId());
    List<String> seen = new ArrayList<>();
    ListVideosResponse page =
        stub.listVideos(ListVideosRequest.newBuilder().setPageSize(2).build());
    page.getVideosList().forEach(video -> seen.add(video.getId()));
    while (!page.getNextPageToken().isEmpty()) {
      page =
          stub.listVideos(
              ListVideosRequest.newBuilder().setPageToken(page.getNextPageToken()).build());
      page.getVideosList().forEach(video -> seen.add(video.getId()));
    }
    assertThat(seen).isEqualTo(made);
    assertThat(as("43").listVideos(ListVideosRequest.getDefaultInstance()).getVideosList())
        .isEmpty();
  }

  @Test
  void unfinishedUploadIsForgottenAfterADayAndAFinishedOneAfterAWeek() {
    CreateVideoResponse unfinished = register();
    CreateVideoResponse finished = register();
    VideoFile file = upload(finished.getUploadKey(), Videos.unique()).getFile();
    media.clock.advance(Duration.ofHours(25));
    assertThat(refusal(unfinished.getUploadKey(), Videos.mp4()).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_MEDIA_NOT_FOUND);
    String id = finished.getVideo().getId();
    collect();
    assertThat(MediaFixture.get(library.resolve(OWNER, id, "f"))).isEqualTo(file);
    media.clock.advance(Duration.ofDays(7));
    assertThat(unresolved(OWNER, id).reason()).isEqualTo(ErrorReason.ERROR_REASON_MEDIA_NOT_FOUND);
    media.pinned.add(file.getAssetKey());
    collect();
    assertThat(media.isReadable(file.getAssetKey())).isTrue();
    media.pinned.clear();
    collect();
    assertThat(media.storedKeys()).isEmpty();
  }

  private void collect() {
    MediaReferences references =
        inUse ->
            media
                .references()
                .forEachAssetKey(inUse)
                .thenCompose(done -> videos.forEachAssetKey(inUse));
    MediaFixture.get(media.collector(references, media.catalog, media.store).collect());
  }
}
