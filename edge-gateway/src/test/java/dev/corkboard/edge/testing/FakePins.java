// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.testing;

import com.google.protobuf.Empty;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.media.v1.Image;
import dev.corkboard.media.v1.Rendition;
import dev.corkboard.media.v1.VideoFile;
import dev.corkboard.pin.v1.CreatePinRequest;
import dev.corkboard.pin.v1.CreativeType;
import dev.corkboard.pin.v1.DeletePinRequest;
import dev.corkboard.pin.v1.GetPinCountRequest;
import dev.corkboard.pin.v1.GetPinRequest;
import dev.corkboard.pin.v1.ImageSource;
import dev.corkboard.pin.v1.ListBoardPinsRequest;
import dev.corkboard.pin.v1.ListBoardPinsResponse;
import dev.corkboard.pin.v1.ListPinsRequest;
import dev.corkboard.pin.v1.ListPinsResponse;
import dev.corkboard.pin.v1.Pin;
import dev.corkboard.pin.v1.PinCount;
import dev.corkboard.pin.v1.PinImage;
import dev.corkboard.pin.v1.PinServiceGrpc.PinServiceImplBase;
import dev.corkboard.pin.v1.SavePinRequest;
import dev.corkboard.pin.v1.SearchPinsRequest;
import dev.corkboard.pin.v1.SearchPinsResponse;
import dev.corkboard.pin.v1.UpdatePinRequest;
import dev.corkboard.pin.v1.VideoSource;
import dev.corkboard.platform.check.Violations;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.server.Caller;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** Pins in memory, on boards nobody looks at; ids count up from 5000. */
public final class FakePins extends PinServiceImplBase {
  private static final long CREATED_MILLIS = 1_790_000_000_000L;

  private final Map<Long, Pin> pins = new ConcurrentSkipListMap<>();
  private final Script script = new Script();
  private long nextId = 5000;

  public Script script() {
    return script;
  }

  /** Puts a Pin there as it is, under a new id. */
  public synchronized Pin put(Pin pin) {
    long id = nextId++;
    Pin stored = pin.toBuilder().setId(Long.toString(id)).build();
    pins.put(id, stored);
    return stored;
  }

  private Pin find(String id) {
    Pin pin = pins.get(Long.parseLong(id));
    if (pin == null) {
      throw ApiException.notFound(ErrorReason.ERROR_REASON_PIN_NOT_FOUND, "pin_id", id);
    }
    return pin;
  }

  private static void check(Pin pin) {
    new Violations()
        .text("pin.title", pin.getTitle(), 100)
        .text("pin.description", pin.getDescription(), 800)
        .text("pin.alt_text", pin.getAltText(), 500)
        .text("pin.link", pin.getLink(), 2048)
        .throwIfAny();
  }

  private static CreativeType type(CreatePinRequest request) {
    if (request.hasVideo()) return CreativeType.CREATIVE_TYPE_VIDEO;
    return request.getImagesCount() == 1
        ? CreativeType.CREATIVE_TYPE_REGULAR
        : CreativeType.CREATIVE_TYPE_CAROUSEL;
  }

  private static void film(Pin.Builder pin, VideoSource source) {
    ImageSource.Builder cover = ImageSource.newBuilder();
    if (source.hasCoverAssetKey()) cover.setAssetKey(source.getCoverAssetKey());
    pin.addImages(image(cover.build()));
    pin.setVideo(
        VideoFile.newBuilder()
            .setAssetKey("videovideovideovideo12")
            .setContentType("video/mp4")
            .setWidth(640)
            .setHeight(360)
            .setDuration(Durations.fromMillis(12_345)));
  }

  private static PinImage image(ImageSource source) {
    String key = source.hasAssetKey() ? source.getAssetKey() : "fetchedfetchedfetched1";
    return PinImage.newBuilder()
        .setTitle(source.getTitle())
        .setDescription(source.getDescription())
        .setLink(source.getLink())
        .setImage(
            Image.newBuilder()
                .setAssetKey(key)
                .addRenditions(rendition("150x150", 150, 150))
                .addRenditions(rendition("400x300", 400, 300))
                .addRenditions(rendition("600x", 600, 450))
                .addRenditions(rendition("1200x", 1200, 900))
                .addRenditions(rendition("originals", 1600, 1200)))
        .build();
  }

  private static Rendition.Builder rendition(String name, int width, int height) {
    return Rendition.newBuilder().setName(name).setWidth(width).setHeight(height);
  }

  @Override
  public void createPin(CreatePinRequest request, StreamObserver<Pin> observer) {
    Caller caller = Caller.current();
    script.reply(
        request,
        observer,
        () -> {
          check(request.getPin());
          Pin.Builder pin =
              request.getPin().toBuilder()
                  .setOwnerId(caller.accountId())
                  .setBoardOwnerId(caller.accountId())
                  .setCreateTime(Timestamps.fromMillis(CREATED_MILLIS))
                  .setCreativeType(type(request));
          if (pin.getDominantColor().isEmpty()) pin.setDominantColor("#112233");
          request.getImagesList().forEach(source -> pin.addImages(image(source)));
          if (request.hasVideo()) film(pin, request.getVideo());
          return put(pin.build());
        });
  }

  @Override
  public void getPin(GetPinRequest request, StreamObserver<Pin> observer) {
    script.reply(request, observer, () -> find(request.getPinId()));
  }

  @Override
  public void listPins(ListPinsRequest request, StreamObserver<ListPinsResponse> observer) {
    script.reply(
        request,
        observer,
        () -> {
          Pages<Pin> page =
              Pages.of(
                  new ArrayList<>(pins.values()), request.getPageSize(), request.getPageToken());
          return ListPinsResponse.newBuilder()
              .addAllPins(page.items())
              .setNextPageToken(page.next())
              .build();
        });
  }

  @Override
  public void listBoardPins(
      ListBoardPinsRequest request, StreamObserver<ListBoardPinsResponse> observer) {
    script.reply(
        request,
        observer,
        () -> {
          List<Pin> found =
              pins.values().stream()
                  .filter(pin -> pin.getBoardId().equals(request.getBoardId()))
                  .toList();
          Pages<Pin> page = Pages.of(found, request.getPageSize(), request.getPageToken());
          return ListBoardPinsResponse.newBuilder()
              .addAllPins(page.items())
              .setNextPageToken(page.next())
              .build();
        });
  }

  @Override
  public void updatePin(UpdatePinRequest request, StreamObserver<Pin> observer) {
    script.reply(
        request,
        observer,
        () -> {
          check(request.getPin());
          Pin.Builder pin = find(request.getPin().getId()).toBuilder();
          for (String path : request.getUpdateMask().getPathsList()) {
            var field = Pin.getDescriptor().findFieldByName(path);
            if (!path.equals("images")) pin.setField(field, request.getPin().getField(field));
          }
          pins.put(Long.parseLong(pin.getId()), pin.build());
          return pin.build();
        });
  }

  @Override
  public void deletePin(DeletePinRequest request, StreamObserver<Empty> observer) {
    script.reply(
        request,
        observer,
        () -> {
          pins.remove(Long.parseLong(find(request.getPinId()).getId()));
          return Empty.getDefaultInstance();
        });
  }

  @Override
  public void savePin(SavePinRequest request, StreamObserver<Pin> observer) {
    Caller caller = Caller.current();
    script.reply(
        request,
        observer,
        () ->
            put(
                find(request.getPinId()).toBuilder()
                    .setParentPinId(request.getPinId())
                    .setOwnerId(caller.accountId())
                    .setBoardId(request.getBoardId())
                    .setSectionId(request.getSectionId())
                    .build()));
  }

  @Override
  public void getPinCount(GetPinCountRequest request, StreamObserver<PinCount> observer) {
    script.reply(request, observer, () -> PinCount.newBuilder().setCount(5).build());
  }

  @Override
  public void searchPins(SearchPinsRequest request, StreamObserver<SearchPinsResponse> observer) {
    script.reply(request, observer, SearchPinsResponse::getDefaultInstance);
  }
}
