// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.pins;

import com.google.common.collect.Lists;
import com.google.protobuf.util.Timestamps;
import dev.corkboard.collage.index.CollageIndex;
import dev.corkboard.collage.v1.Credit;
import dev.corkboard.collage.v1.Picture;
import dev.corkboard.collage.v1.PinPicture;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.media.v1.HoldMediaResponse;
import dev.corkboard.pin.v1.Pin;
import dev.corkboard.platform.check.Ids;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.server.Caller;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Turns pictures as a writer names them into the collage's own copies: held by pin-service, with a
 * credit as of now, and found by the Pins they come from.
 */
public final class PictureSources {
  private static final String FIELD = "picture";

  /** Pictures that one edit may bring: its layers' pictures and masks, and a background. */
  static final int MAX_PICTURES = 500;

  /** Copies asked for at once. */
  private static final int AT_ONCE = 16;

  private final PinDirectory pins;
  private final MediaHolder media;
  private final PictureBytes bytes;
  private final CollageIndex index;
  private final Clock clock;

  public PictureSources(
      PinDirectory pins, MediaHolder media, PictureBytes bytes, CollageIndex index, Clock clock) {
    this.pins = pins;
    this.media = media;
    this.bytes = bytes;
    this.index = index;
    this.clock = clock;
  }

  /**
   * The copy of each picture, by the picture as it was asked for. Fails with PIN_NOT_FOUND for a
   * Pin that the caller does not see, with MEDIA_NOT_FOUND for an upload that is not the caller's.
   *
   * @param known the pictures that the collage has copies of, by asset key
   * @param masks which of those asked for are masks
   */
  public CompletionStage<Map<Picture, Picture>> resolve(
      Caller caller,
      long collageId,
      Map<String, Picture> known,
      Set<Picture> asked,
      Set<Picture> masks) {
    requireSources(asked);
    Set<String> pinIds =
        asked.stream()
            .filter(Picture::hasPin)
            .map(picture -> picture.getPin().getPinId())
            .collect(Collectors.toSet());
    return seen(caller, pinIds)
        .thenCompose(
            seen -> {
              Map<Picture, Picture> copies = new ConcurrentHashMap<>();
              CompletionStage<Void> chain = credited(collageId, pinIds);
              for (List<Picture> some : Lists.partition(List.copyOf(asked), AT_ONCE)) {
                chain =
                    chain.thenCompose(
                        done ->
                            all(
                                some,
                                picture ->
                                    copy(caller, collageId, known, seen, picture)
                                        .thenAccept(copy -> copies.put(picture, copy))));
              }
              return chain
                  .thenCompose(done -> all(masks, this::requireMask))
                  .thenApply(done -> copies);
            });
  }

  /**
   * The copy of each picture of another collage, which the caller sees, with its credit; by what it
   * is a copy of.
   */
  public CompletionStage<Map<Picture, Picture>> copy(
      Caller caller, long collageId, Set<Picture> others) {
    Set<String> pinIds =
        others.stream()
            .filter(Picture::hasCredit)
            .map(picture -> picture.getCredit().getPinId())
            .collect(Collectors.toSet());
    Map<Picture, Picture> copies = new ConcurrentHashMap<>();
    CompletionStage<Void> chain = credited(collageId, pinIds);
    for (List<Picture> some : Lists.partition(List.copyOf(others), AT_ONCE)) {
      chain =
          chain.thenCompose(
              done ->
                  all(
                      some,
                      other ->
                          media
                              .hold(
                                  caller,
                                  Ids.format(collageId),
                                  other.getImage().getAssetKey(),
                                  false)
                              .thenAccept(
                                  held ->
                                      copies.put(
                                          other,
                                          other.toBuilder().setImage(held.getImage()).build()))));
    }
    return chain.thenApply(done -> copies);
  }

  private static void requireSources(Set<Picture> asked) {
    if (asked.size() > MAX_PICTURES) {
      throw ApiException.invalid(
          FIELD, "must be at most " + MAX_PICTURES + " in one edit, got " + asked.size());
    }
    for (Picture picture : asked) {
      if (picture.getSourceCase() == Picture.SourceCase.SOURCE_NOT_SET) {
        throw ApiException.invalid(FIELD, "needs pin or asset_key");
      }
    }
  }

  private CompletionStage<Map<String, Pin>> seen(Caller caller, Set<String> pinIds) {
    if (pinIds.isEmpty()) return CompletableFuture.completedStage(Map.of());
    PinDirectory.SCOPES.forEach(caller::requireScope);
    for (String id : pinIds) {
      if (Ids.parse(id).isEmpty()) throw notFound(id);
    }
    return pins.visible(caller, pinIds)
        .thenApply(
            seen -> {
              for (String id : pinIds) if (!seen.containsKey(id)) throw notFound(id);
              return seen;
            });
  }

  private static ApiException notFound(String pinId) {
    return ApiException.notFound(ErrorReason.ERROR_REASON_PIN_NOT_FOUND, "pin_id", pinId);
  }

  /** Before the edit is there: the index never misses a collage. */
  private CompletionStage<Void> credited(long collageId, Set<String> pinIds) {
    return all(
        pinIds,
        id ->
            index.add(new CollageIndex.Key(CollageIndex.Kind.PIN, Long.parseLong(id)), collageId));
  }

  private CompletionStage<Picture> copy(
      Caller caller,
      long collageId,
      Map<String, Picture> known,
      Map<String, Pin> seen,
      Picture picture) {
    if (picture.hasPin()) return ofPin(caller, collageId, seen, picture.getPin());
    Picture own = known.get(picture.getAssetKey());
    if (own != null) return CompletableFuture.completedStage(own);
    return media
        .hold(caller, Ids.format(collageId), picture.getAssetKey(), true)
        .thenApply(held -> Picture.newBuilder().setImage(held.getImage()).build());
  }

  private CompletionStage<Picture> ofPin(
      Caller caller, long collageId, Map<String, Pin> seen, PinPicture asked) {
    Pin pin = seen.get(asked.getPinId());
    if (asked.getIndex() < 0 || asked.getIndex() >= pin.getImagesCount()) {
      throw ApiException.invalid(
          FIELD + ".pin.index",
          "must be from 0 to %d, got %d".formatted(pin.getImagesCount() - 1, asked.getIndex()));
    }
    String assetKey = pin.getImages(asked.getIndex()).getImage().getAssetKey();
    return media
        .hold(caller, Ids.format(collageId), assetKey, false)
        .thenApply(held -> credited(held, pin));
  }

  private Picture credited(HoldMediaResponse held, Pin pin) {
    return Picture.newBuilder()
        .setImage(held.getImage())
        .setCredit(
            Credit.newBuilder()
                .setPinId(pin.getId())
                .setOwnerId(pin.getOwnerId())
                .setLink(pin.getLink())
                .setSha256(held.getSha256())
                .setTakeTime(Timestamps.fromMillis(clock.millis())))
        .build();
  }

  private CompletionStage<Void> requireMask(Picture mask) {
    if (!mask.hasAssetKey()) {
      throw ApiException.invalid("mask.picture", "must be an upload, not a Pin's picture");
    }
    return bytes
        .read(mask.getAssetKey(), MaskHeader.LENGTH)
        .thenAccept(
            start ->
                MaskHeader.problem(start)
                    .ifPresent(
                        problem -> {
                          throw ApiException.invalid("mask.picture", problem);
                        }));
  }

  private static <T> CompletionStage<Void> all(
      Collection<T> items, Function<T, CompletionStage<Void>> work) {
    return CompletableFuture.allOf(
        items.stream()
            .map(item -> work.apply(item).toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new));
  }
}
