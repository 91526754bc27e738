// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import static dev.corkboard.pin.PinServiceTest.assertFails;
import static dev.corkboard.pin.Pins.someId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.board.v1.Privacy;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.pin.v1.CreatePinRequest;
import dev.corkboard.pin.v1.CreativeType;
import dev.corkboard.pin.v1.GetPinRequest;
import dev.corkboard.pin.v1.ImageSource;
import dev.corkboard.pin.v1.ListBoardPinsRequest;
import dev.corkboard.pin.v1.ListPinsRequest;
import dev.corkboard.pin.v1.Pin;
import dev.corkboard.pin.v1.SavePinRequest;
import dev.corkboard.pin.v1.UpdatePinRequest;
import dev.corkboard.pin.v1.VideoSource;
import dev.corkboard.platform.testing.GrpcExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class VideoPinsTest {
  private final PinRig rig = newRig();

  @RegisterExtension final GrpcExtension grpc = rig.grpc;

  private final String owner = someId();
  private String board;

  /** The stores to run on. */
  PinRig newRig() {
    return new PinRig();
  }

  @BeforeEach
  void makeBoard() {
    board = rig.boards.create(owner, Privacy.PRIVACY_PUBLIC);
  }

  private CreatePinRequest.Builder request(VideoSource.Builder video) {
    return CreatePinRequest.newBuilder()
        .setPin(Pin.newBuilder().setBoardId(board).setTitle("a film"))
        .setVideo(video);
  }

  private VideoSource.Builder video() {
    return VideoSource.newBuilder().setVideoId(owner).setCoverKeyFrameSeconds(7);
  }

  private Pin create() {
    return rig.as(owner).createPin(request(video()).build());
  }

  @Test
  void p1VideoIsThePinAndItsCoverThePicture() {
    Pin made = create();
    assertThat(made.getCreativeType()).isEqualTo(CreativeType.CREATIVE_TYPE_VIDEO);
    assertThat(made.getVideo().getAssetKey()).isEqualTo("video-of-" + owner);
    assertThat(made.getImagesCount()).isEqualTo(1);
    assertThat(made.getImages(0).getImage().getAssetKey()).isEqualTo("frame-at-7");
    GetPinRequest get = GetPinRequest.newBuilder().setPinId(made.getId()).build();
    assertThat(rig.as(owner).getPin(get)).isEqualTo(made);
    rig.assertWhole(made.getId(), owner);
  }

  @Test
  void p1CoverIsAUrlAnUploadOrAFrame() {
    VideoSource.Builder url =
        VideoSource.newBuilder().setVideoId(owner).setCoverImageUrl("https://x.example/c");
    rig.as(owner).createPin(request(url).build());
    assertThat(rig.media.fetched).containsExactly("https://x.example/c");
    VideoSource.Builder upload =
        VideoSource.newBuilder().setVideoId(owner).setCoverAssetKey(owner + "-c");
    Pin made = rig.as(owner).createPin(request(upload).build());
    assertThat(made.getImages(0).getImage().getAssetKey()).isEqualTo(owner + "-c");
  }

  @Test
  void m4AndM5VideoThatIsNotThereLeavesNothing() {
    VideoSource.Builder foreign = video().setVideoId(someId());
    assertFails(
        ErrorReason.ERROR_REASON_MEDIA_NOT_FOUND,
        () -> rig.as(owner).createPin(request(foreign).build()));
    assertThat(rig.as(owner).listPins(ListPinsRequest.getDefaultInstance()).getPinsList())
        .isEmpty();
  }

  @Test
  void p2EachPartIsRequiredAndNothingBeside() {
    List<CreatePinRequest.Builder> wrong = new ArrayList<>();
    wrong.add(request(video().clearVideoId()));
    wrong.add(request(video().clearCover()));
    wrong.add(request(video().setCoverKeyFrameSeconds(-1)));
    wrong.add(request(video().setCoverImageUrl("")));
    wrong.add(request(video().setCoverAssetKey("")));
    wrong.add(request(video().setVideoId("no id")));
    wrong.add(request(video()).addImages(ImageSource.newBuilder().setAssetKey(owner + "-1")));
    for (CreatePinRequest.Builder request : wrong) {
      assertFails(
          ErrorReason.ERROR_REASON_INVALID_FIELD, () -> rig.as(owner).createPin(request.build()));
    }
  }

  /** Who uploads a cover once more gets another asset key for the same bytes. */
  @Test
  void repeatedRequestIsThePinFirstMade() {
    String requestId = UUID.randomUUID().toString();
    VideoSource.Builder first =
        VideoSource.newBuilder().setVideoId(owner).setCoverAssetKey(owner + "-c#1");
    VideoSource.Builder again =
        VideoSource.newBuilder().setVideoId(owner).setCoverAssetKey(owner + "-c#2");
    Pin made = rig.as(owner).createPin(request(first).setRequestId(requestId).build());
    assertThat(rig.as(owner).createPin(request(again).setRequestId(requestId).build()).getId())
        .isEqualTo(made.getId());
    assertFails(
        ErrorReason.ERROR_REASON_REQUEST_ID_REUSED,
        () -> rig.as(owner).createPin(request(video()).setRequestId(requestId).build()));
  }

  @Test
  void savedAndChangedVideoStaysOne() {
    Pin made = create();
    String saver = someId();
    String theirs = rig.boards.create(saver, Privacy.PRIVACY_PUBLIC);
    Pin saved =
        rig.as(saver)
            .savePin(SavePinRequest.newBuilder().setPinId(made.getId()).setBoardId(theirs).build());
    assertThat(saved.getVideo()).isEqualTo(made.getVideo());
    assertThat(saved.getCreativeType()).isEqualTo(CreativeType.CREATIVE_TYPE_VIDEO);
    assertThat(rig.media.touched).contains("video-of-" + owner, "frame-at-7");
    Pin changed =
        rig.as(owner)
            .updatePin(
                UpdatePinRequest.newBuilder()
                    .setPin(Pin.newBuilder().setId(made.getId()).setTitle("another"))
                    .build());
    assertThat(changed.getVideo()).isEqualTo(made.getVideo());
    List<String> inUse = new ArrayList<>();
    new PinReferences(rig.pins).forEachAssetKey(inUse::add).toCompletableFuture().join();
    assertThat(inUse).contains("video-of-" + owner, "frame-at-7");
  }

  @Test
  void p9ListingsTellVideosApart() {
    Pin made = create();
    rig.create(owner, board);
    CreativeType type = CreativeType.CREATIVE_TYPE_VIDEO;
    assertThat(
            rig.as(owner)
                .listPins(ListPinsRequest.newBuilder().addCreativeTypes(type).build())
                .getPinsList())
        .extracting(Pin::getId)
        .containsExactly(made.getId());
    assertThat(
            rig.as(owner)
                .listBoardPins(
                    ListBoardPinsRequest.newBuilder()
                        .setBoardId(board)
                        .addCreativeTypes(type)
                        .build())
                .getPinsList())
        .extracting(Pin::getId)
        .containsExactly(made.getId());
  }
}
