// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.pins;

import com.google.protobuf.ByteString;
import com.google.protobuf.Empty;
import com.google.protobuf.util.FieldMaskUtil;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.media.v1.HoldMediaRequest;
import dev.corkboard.media.v1.HoldMediaResponse;
import dev.corkboard.media.v1.HoldServiceGrpc.HoldServiceImplBase;
import dev.corkboard.media.v1.Image;
import dev.corkboard.media.v1.MediaMetadata;
import dev.corkboard.media.v1.MediaServiceGrpc.MediaServiceImplBase;
import dev.corkboard.media.v1.ReadMediaRequest;
import dev.corkboard.media.v1.ReadMediaResponse;
import dev.corkboard.media.v1.ReleaseMediaRequest;
import dev.corkboard.media.v1.UploadMediaRequest;
import dev.corkboard.pin.v1.BatchGetPinsRequest;
import dev.corkboard.pin.v1.BatchGetPinsResponse;
import dev.corkboard.pin.v1.CollagePinServiceGrpc.CollagePinServiceImplBase;
import dev.corkboard.pin.v1.CreateCollagePinRequest;
import dev.corkboard.pin.v1.DeleteCollagePinRequest;
import dev.corkboard.pin.v1.Pin;
import dev.corkboard.pin.v1.PinImage;
import dev.corkboard.pin.v1.PinServiceGrpc.PinServiceImplBase;
import dev.corkboard.pin.v1.UpdateCollagePinRequest;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.server.Caller;
import dev.corkboard.platform.server.Unary;
import io.grpc.BindableService;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** pin-service as far as collages need it: Pins of their owners, open or secret, and pictures. */
public final class FakePinService {
  private static final AtomicLong IDS = new AtomicLong(5_000_000_000L);

  private record Stored(String ownerId, Image image, ByteString bytes) {}

  private record Hold(String holderId, ByteString bytes) {}

  private final Map<String, Pin> pins = new ConcurrentHashMap<>();
  private final Set<String> secret = ConcurrentHashMap.newKeySet();
  private final Map<String, Stored> pictures = new ConcurrentHashMap<>();
  private final Map<Hold, HoldMediaResponse> holds = new ConcurrentHashMap<>();
  private final Map<String, Pin> made = new ConcurrentHashMap<>();
  private final Queue<ApiException> failures = new ConcurrentLinkedQueue<>();
  private final Set<String> forbidden = ConcurrentHashMap.newKeySet();

  /** A picture that an account uploaded; answers with its asset key. */
  public String upload(String ownerId, int width, int height, byte[] bytes) {
    return store(
        ownerId,
        Image.newBuilder().setContentType("image/png").setWidth(width).setHeight(height).build(),
        ByteString.copyFrom(bytes));
  }

  private String store(String ownerId, Image image, ByteString bytes) {
    String key = "asset-" + IDS.incrementAndGet();
    pictures.put(key, new Stored(ownerId, image.toBuilder().setAssetKey(key).build(), bytes));
    return key;
  }

  /** A Pin of an account that shows an upload. */
  public Pin pin(String ownerId, String assetKey) {
    Pin pin =
        Pin.newBuilder()
            .setId(Long.toString(IDS.incrementAndGet()))
            .setOwnerId(ownerId)
            .setLink("https://example.org/" + assetKey)
            .addImages(PinImage.newBuilder().setImage(pictures.get(assetKey).image()))
            .build();
    pins.put(pin.getId(), pin);
    return pin;
  }

  /** Puts a Pin on a board that its owner alone sees. */
  public void hide(String pinId) {
    secret.add(pinId);
  }

  public void delete(String pinId) {
    pins.remove(pinId);
  }

  public Optional<Pin> find(String pinId) {
    return Optional.ofNullable(pins.get(pinId));
  }

  /** Nobody may put Pins on this board. */
  public void forbid(String boardId) {
    forbidden.add(boardId);
  }

  /** The next Pin of a collage is made, and its creator told of a failure all the same. */
  public void failOnceWith(ApiException failure) {
    failures.add(failure);
  }

  /** The Pins that show a collage. */
  public List<Pin> pinsOf(String collageId) {
    return pins.values().stream().filter(pin -> pin.getCollageId().equals(collageId)).toList();
  }

  /** The bytes of a picture. */
  public ByteString bytes(String assetKey) {
    return pictures.get(assetKey).bytes();
  }

  /** The asset keys that are kept for a collage. */
  public List<String> held(String holderId) {
    return holds.entrySet().stream()
        .filter(entry -> entry.getKey().holderId().equals(holderId))
        .map(entry -> entry.getValue().getImage().getAssetKey())
        .toList();
  }

  /** The collages that something is kept for. */
  public Set<String> holders() {
    return holds.keySet().stream().map(Hold::holderId).collect(Collectors.toSet());
  }

  public List<BindableService> services() {
    return List.of(new Pins(), new Media(), new Holds(), new CollagePins());
  }

  private final class Pins extends PinServiceImplBase {
    @Override
    public void batchGetPins(
        BatchGetPinsRequest request, StreamObserver<BatchGetPinsResponse> observer) {
      String account = Caller.current().accountId();
      BatchGetPinsResponse.Builder found = BatchGetPinsResponse.newBuilder();
      for (String id : request.getPinIdsList()) {
        find(id)
            .filter(pin -> !secret.contains(id) || pin.getOwnerId().equals(account))
            .ifPresent(found::addPins);
      }
      observer.onNext(found.build());
      observer.onCompleted();
    }
  }

  private final class Media extends MediaServiceImplBase {
    @Override
    public StreamObserver<UploadMediaRequest> uploadMedia(StreamObserver<Image> observer) {
      String actor = Caller.current().accountId();
      return new StreamObserver<>() {
        private ByteString bytes = ByteString.EMPTY;

        @Override
        public void onNext(UploadMediaRequest part) {
          bytes = bytes.concat(part.getChunk());
        }

        @Override
        public void onError(Throwable cancelled) {
          bytes = ByteString.EMPTY;
        }

        @Override
        public void onCompleted() {
          String key = store(actor, Image.getDefaultInstance(), bytes);
          observer.onNext(pictures.get(key).image());
          observer.onCompleted();
        }
      };
    }

    @Override
    public void readMedia(ReadMediaRequest request, StreamObserver<ReadMediaResponse> observer) {
      Stored stored = pictures.get(request.getAssetKey());
      if (stored == null) {
        observer.onError(notFound(request.getAssetKey()).toStatusRuntimeException());
        return;
      }
      ByteString bytes = stored.bytes();
      if (request.getLimit() > 0) {
        bytes = bytes.substring(0, (int) Math.min(bytes.size(), request.getLimit()));
      }
      observer.onNext(
          ReadMediaResponse.newBuilder().setMetadata(MediaMetadata.getDefaultInstance()).build());
      observer.onNext(ReadMediaResponse.newBuilder().setChunk(bytes).build());
      observer.onCompleted();
    }
  }

  private final class CollagePins extends CollagePinServiceImplBase {
    @Override
    public void createCollagePin(CreateCollagePinRequest request, StreamObserver<Pin> observer) {
      String actor = Caller.current().accountId();
      Unary.reply(
          observer,
          () -> {
            requireBoard(request.getPin().getBoardId());
            Image drawing = drawing(actor, request.getAssetKey());
            Pin created =
                made.computeIfAbsent(
                    request.getRequestId(),
                    id -> {
                      Pin pin =
                          request.getPin().toBuilder()
                              .setId(Long.toString(IDS.incrementAndGet()))
                              .setOwnerId(actor)
                              .setCollageId(request.getCollageId())
                              .addImages(PinImage.newBuilder().setImage(drawing))
                              .build();
                      pins.put(pin.getId(), pin);
                      return pin;
                    });
            ApiException failure = failures.poll();
            return failure == null
                ? CompletableFuture.completedFuture(created)
                : CompletableFuture.failedFuture(failure);
          });
    }

    private void requireBoard(String boardId) {
      if (forbidden.contains(boardId)) {
        throw ApiException.notFound(ErrorReason.ERROR_REASON_BOARD_NOT_FOUND, "board_id", boardId);
      }
    }

    private Image drawing(String actor, String assetKey) {
      Stored stored = pictures.get(assetKey);
      if (stored == null || !stored.ownerId().equals(actor)) throw notFound(assetKey);
      return stored.image();
    }

    @Override
    public void updateCollagePin(UpdateCollagePinRequest request, StreamObserver<Pin> observer) {
      String actor = Caller.current().accountId();
      Unary.reply(
          observer,
          () -> {
            Pin before =
                find(request.getPin().getId())
                    .orElseThrow(
                        () ->
                            ApiException.notFound(
                                ErrorReason.ERROR_REASON_PIN_NOT_FOUND,
                                "pin_id",
                                request.getPin().getId()));
            requireBoard(request.getPin().getBoardId());
            Pin.Builder after = before.toBuilder();
            FieldMaskUtil.merge(
                request.getUpdateMask(),
                request.getPin(),
                after,
                new FieldMaskUtil.MergeOptions().setReplacePrimitiveFields(true));
            after
                .clearImages()
                .addImages(PinImage.newBuilder().setImage(drawing(actor, request.getAssetKey())));
            pins.put(before.getId(), after.build());
            return CompletableFuture.completedFuture(after.build());
          });
    }

    @Override
    public void deleteCollagePin(DeleteCollagePinRequest request, StreamObserver<Empty> observer) {
      pins.remove(request.getPinId());
      observer.onNext(Empty.getDefaultInstance());
      observer.onCompleted();
    }
  }

  private final class Holds extends HoldServiceImplBase {
    @Override
    public void holdMedia(HoldMediaRequest request, StreamObserver<HoldMediaResponse> observer) {
      String actor = Caller.current().accountId();
      Unary.reply(observer, () -> CompletableFuture.completedFuture(hold(actor, request)));
    }

    private HoldMediaResponse hold(String actor, HoldMediaRequest request) {
      Stored stored = pictures.get(request.getAssetKey());
      if (stored == null || (request.getUploadedByActor() && !stored.ownerId().equals(actor))) {
        throw notFound(request.getAssetKey());
      }
      return holds.computeIfAbsent(
          new Hold(request.getHolderId(), stored.bytes()),
          hold -> {
            String copy = store("holder/" + hold.holderId(), stored.image(), stored.bytes());
            return HoldMediaResponse.newBuilder()
                .setImage(pictures.get(copy).image())
                .setSha256(Integer.toHexString(stored.bytes().hashCode()))
                .build();
          });
    }

    @Override
    public void releaseMedia(ReleaseMediaRequest request, StreamObserver<Empty> observer) {
      holds.keySet().removeIf(hold -> hold.holderId().equals(request.getHolderId()));
      observer.onNext(Empty.getDefaultInstance());
      observer.onCompleted();
    }
  }

  private static ApiException notFound(String assetKey) {
    return ApiException.notFound(ErrorReason.ERROR_REASON_MEDIA_NOT_FOUND, "asset_key", assetKey);
  }
}
