// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import com.google.protobuf.FieldMask;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.media.v1.Image;
import dev.corkboard.pin.v1.BatchGetPinsRequest;
import dev.corkboard.pin.v1.CreatePinRequest;
import dev.corkboard.pin.v1.CreativeType;
import dev.corkboard.pin.v1.ImageSource;
import dev.corkboard.pin.v1.Pin;
import dev.corkboard.pin.v1.PinImage;
import dev.corkboard.pin.v1.SavePinRequest;
import dev.corkboard.pin.v1.UpdatePinRequest;
import dev.corkboard.pin.v1.VideoSource;
import dev.corkboard.platform.check.Violations;
import dev.corkboard.platform.error.ApiException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks requests that write, and builds the Pin that they ask for. Limits are in code points. */
final class PinRequests {
  static final int MAX_TITLE = 100;
  static final int MAX_DESCRIPTION = 800;
  static final int MAX_ALT_TEXT = 500;
  static final int MAX_LINK = 2_048;
  static final int MAX_IMAGES = 5;
  static final int MAX_BATCH = 250;

  private static final Pattern LINK =
      Pattern.compile(
          "https?://([^\\s/?#@]*@)?[\\p{L}\\p{N}\\[][^\\s/?#@]*([/?#]\\S*)?",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern COLOR = Pattern.compile("#[0-9a-fA-F]{6}");
  private static final Set<String> PATHS =
      Set.of("board_id", "section_id", "title", "description", "alt_text", "link", "images");

  private PinRequests() {}

  static void check(CreatePinRequest request) {
    Pin pin = request.getPin();
    Violations violations = new Violations();
    violations.requestId(request.getRequestId());
    violations.id("pin.board_id", pin.getBoardId());
    violations.optionalId("pin.section_id", pin.getSectionId());
    violations.optionalId("pin.parent_pin_id", pin.getParentPinId());
    checkContent(violations, pin);
    if (!pin.getDominantColor().isEmpty() && !COLOR.matcher(pin.getDominantColor()).matches()) {
      violations.add(
          "pin.dominant_color",
          "must be # and six hexadecimal digits, got '"
              + Violations.clip(pin.getDominantColor())
              + "'");
    }
    int images = request.getImagesCount();
    if (request.hasVideo()) {
      if (images > 0) violations.add("images", "must be empty when there is a video");
      check(violations, request.getVideo());
    } else if (images == 0) {
      violations.add("images", "is required");
    }
    if (images > MAX_IMAGES) {
      violations.add("images", "must be at most " + MAX_IMAGES + ", got " + images);
    }
    for (int i = 0; i < Math.min(images, MAX_IMAGES); i++) {
      ImageSource source = request.getImages(i);
      String field = "images[" + i + "]";
      switch (source.getSourceCase()) {
        case IMAGE_URL -> {
          violations.required(field + ".image_url", source.getImageUrl());
          violations.text(field + ".image_url", source.getImageUrl(), MAX_LINK);
        }
        case ASSET_KEY -> {
          violations.required(field + ".asset_key", source.getAssetKey());
          violations.text(field + ".asset_key", source.getAssetKey(), 64);
        }
        case SOURCE_NOT_SET -> violations.add(field, "needs image_url or asset_key");
      }
      checkWords(violations, field, words(source));
    }
    violations.throwIfAny();
    requireLink("pin.link", pin.getLink());
    for (int i = 0; i < images; i++) {
      requireLink("images[" + i + "].link", request.getImages(i).getLink());
    }
  }

  private static void check(Violations violations, VideoSource video) {
    violations.id("video.video_id", video.getVideoId());
    switch (video.getCoverCase()) {
      case COVER_IMAGE_URL -> {
        violations.required("video.cover_image_url", video.getCoverImageUrl());
        violations.text("video.cover_image_url", video.getCoverImageUrl(), MAX_LINK);
      }
      case COVER_ASSET_KEY -> {
        violations.required("video.cover_asset_key", video.getCoverAssetKey());
        violations.text("video.cover_asset_key", video.getCoverAssetKey(), 64);
      }
      case COVER_KEY_FRAME_SECONDS -> {
        if (video.getCoverKeyFrameSeconds() < 0) {
          violations.add("video.cover_key_frame_seconds", "must not be negative");
        }
      }
      case COVER_NOT_SET -> violations.add("video", "needs a cover");
    }
  }

  private static void checkContent(Violations violations, Pin pin) {
    violations.text("pin.title", pin.getTitle(), MAX_TITLE);
    violations.text("pin.description", pin.getDescription(), MAX_DESCRIPTION);
    violations.text("pin.alt_text", pin.getAltText(), MAX_ALT_TEXT);
    violations.text("pin.link", pin.getLink(), MAX_LINK);
  }

  private static void checkWords(Violations violations, String field, PinImage image) {
    violations.text(field + ".title", image.getTitle(), MAX_TITLE);
    violations.text(field + ".description", image.getDescription(), MAX_DESCRIPTION);
    violations.text(field + ".link", image.getLink(), MAX_LINK);
  }

  private static PinImage words(ImageSource source) {
    return PinImage.newBuilder()
        .setTitle(source.getTitle())
        .setDescription(source.getDescription())
        .setLink(source.getLink())
        .build();
  }

  private static void requireLink(String field, String link) {
    if (link.isEmpty() || LINK.matcher(link).matches()) return;
    throw ApiException.invalid(
        ErrorReason.ERROR_REASON_LINK_INVALID,
        field,
        field + ": must be an absolute http or https URL, got '" + Violations.clip(link) + "'");
  }

  static void check(BatchGetPinsRequest request) {
    Violations violations = new Violations();
    int count = request.getPinIdsCount();
    if (count > MAX_BATCH) {
      violations.add("pin_ids", "must be at most " + MAX_BATCH + ", got " + count);
    } else {
      for (String id : request.getPinIdsList()) violations.id("pin_ids", id);
    }
    violations.throwIfAny();
  }

  static void check(SavePinRequest request) {
    new Violations()
        .requestId(request.getRequestId())
        .id("pin_id", request.getPinId())
        .id("board_id", request.getBoardId())
        .optionalId("section_id", request.getSectionId())
        .throwIfAny();
  }

  static void check(UpdatePinRequest request) {
    Pin pin = request.getPin();
    Violations violations = new Violations();
    violations.requestId(request.getRequestId());
    violations.id("pin.id", pin.getId());
    for (String path : request.getUpdateMask().getPathsList()) {
      if (!path.equals("*") && !PATHS.contains(path)) {
        violations.add("update_mask", "has no field '" + Violations.clip(path) + "' to change");
      }
    }
    Set<String> changed = changedFields(request);
    if (changed.contains("board_id")) violations.id("pin.board_id", pin.getBoardId());
    if (changed.contains("section_id")) {
      violations.optionalId("pin.section_id", pin.getSectionId());
    }
    checkContent(violations, pin);
    for (int i = 0; i < pin.getImagesCount(); i++) {
      checkWords(violations, "pin.images[" + i + "]", pin.getImages(i));
    }
    violations.throwIfAny();
    if (changed.contains("link")) requireLink("pin.link", pin.getLink());
    for (int i = 0; i < pin.getImagesCount(); i++) {
      requireLink("pin.images[" + i + "].link", pin.getImages(i).getLink());
    }
  }

  /** The paths an update changes: those of the mask, all for `*`, populated ones without a mask. */
  private static Set<String> changedFields(UpdatePinRequest request) {
    FieldMask mask = request.getUpdateMask();
    if (mask.getPathsList().contains("*")) return PATHS;
    if (request.hasUpdateMask()) return new LinkedHashSet<>(mask.getPathsList());
    Pin pin = request.getPin();
    Set<String> populated = new LinkedHashSet<>();
    if (!pin.getBoardId().isEmpty()) populated.add("board_id");
    if (!pin.getSectionId().isEmpty()) populated.add("section_id");
    if (!pin.getTitle().isEmpty()) populated.add("title");
    if (!pin.getDescription().isEmpty()) populated.add("description");
    if (!pin.getAltText().isEmpty()) populated.add("alt_text");
    if (!pin.getLink().isEmpty()) populated.add("link");
    if (pin.getImagesCount() > 0) populated.add("images");
    return populated;
  }

  /** A new Pin; {@code parent} is the default instance when there is none. */
  static Pin created(
      CreatePinRequest request,
      String id,
      String ownerId,
      Pin parent,
      PinMedia media,
      Instant now) {
    Pin asked = request.getPin();
    List<Image> images = media.images();
    List<PinImage> slots = new ArrayList<>();
    boolean carousel = images.size() > 1;
    for (int i = 0; i < images.size(); i++) {
      PinImage.Builder slot =
          carousel ? words(request.getImages(i)).toBuilder() : PinImage.newBuilder();
      slots.add(slot.setImage(images.get(i)).build());
    }
    String color =
        asked.getDominantColor().isEmpty()
            ? images.get(0).getDominantColor()
            : asked.getDominantColor();
    Pin.Builder pin = begin(id, ownerId, parent, now);
    media.video().ifPresent(pin::setVideo);
    return pin.setBoardId(asked.getBoardId())
        .setSectionId(asked.getSectionId())
        .setTitle(asked.getTitle())
        .setDescription(asked.getDescription())
        .setAltText(asked.getAltText())
        .setLink(asked.getLink())
        .setDominantColor(color.toLowerCase(Locale.ROOT))
        .setCreativeType(media.creativeType())
        .setCollageId(media.collageId())
        .addAllImages(slots)
        .build();
  }

  /** A copy of a Pin on a board of the saver's. */
  static Pin saved(SavePinRequest request, String id, String ownerId, Pin source, Instant now) {
    Pin.Builder pin = begin(id, ownerId, source, now);
    if (source.hasVideo()) pin.setVideo(source.getVideo());
    return pin.setBoardId(request.getBoardId())
        .setSectionId(request.getSectionId())
        .setTitle(source.getTitle())
        .setDescription(source.getDescription())
        .setAltText(source.getAltText())
        .setLink(source.getLink())
        .setDominantColor(source.getDominantColor())
        .setCreativeType(source.getCreativeType())
        .setCollageId(source.getCollageId())
        .addAllImages(source.getImagesList())
        .build();
  }

  private static Pin.Builder begin(String id, String ownerId, Pin parent, Instant now) {
    return Pin.newBuilder()
        .setId(id)
        .setOwnerId(ownerId)
        .setParentPinId(parent.getId())
        .setRootPinId(parent.getId().isEmpty() ? id : parent.getRootPinId())
        .setCreateTime(Intents.timestamp(now))
        .setUpdateTime(Intents.timestamp(now))
        .setEtag("1");
  }

  /** The Pin after an update, with the next etag; the same instance when nothing changes. */
  static Pin updated(Pin pin, UpdatePinRequest request, Instant now) {
    Pin asked = request.getPin();
    Set<String> changed = changedFields(request);
    Pin.Builder next = pin.toBuilder();
    if (changed.contains("title")) next.setTitle(asked.getTitle());
    if (changed.contains("description")) next.setDescription(asked.getDescription());
    if (changed.contains("alt_text")) next.setAltText(asked.getAltText());
    if (changed.contains("link")) next.setLink(asked.getLink());
    if (changed.contains("images")) reword(next, asked, request.hasUpdateMask());
    if (changed.contains("board_id") && !asked.getBoardId().equals(pin.getBoardId())) {
      next.setBoardId(asked.getBoardId()).clearSectionId();
    }
    if (changed.contains("section_id")) next.setSectionId(asked.getSectionId());
    return next(pin, next, now);
  }

  /** The Pin of a collage after an update, showing another drawing. */
  static Pin redrawn(Pin pin, UpdatePinRequest request, Image drawing, Instant now) {
    if (pin.getCreativeType() != CreativeType.CREATIVE_TYPE_COLLAGE) {
      throw ApiException.failedPrecondition(
          ErrorReason.ERROR_REASON_NO_COLLAGE_PIN,
          "pin_id",
          pin.getId(),
          "The Pin does not show a collage.");
    }
    Pin.Builder next =
        updated(pin, request, now).toBuilder()
            .clearImages()
            .addImages(PinImage.newBuilder().setImage(drawing))
            .setDominantColor(drawing.getDominantColor())
            .setUpdateTime(pin.getUpdateTime())
            .setEtag(pin.getEtag());
    return next(pin, next, now);
  }

  private static Pin next(Pin pin, Pin.Builder next, Instant now) {
    if (next.build().equals(pin)) return pin;
    return next.setUpdateTime(Intents.timestamp(now))
        .setEtag(Long.toString(Long.parseLong(pin.getEtag()) + 1))
        .build();
  }

  private static void reword(Pin.Builder next, Pin asked, boolean masked) {
    if (masked && asked.getImagesCount() == 0) return;
    if (next.getCreativeType() != CreativeType.CREATIVE_TYPE_CAROUSEL) {
      throw ApiException.invalid("pin.images", "pin.images: only a carousel's have words");
    }
    if (asked.getImagesCount() != next.getImagesCount()) {
      throw ApiException.invalid(
          "pin.images",
          "pin.images: must be "
              + next.getImagesCount()
              + " as before, got "
              + asked.getImagesCount());
    }
    for (int i = 0; i < next.getImagesCount(); i++) {
      PinImage words = asked.getImages(i);
      next.setImages(
          i,
          next.getImages(i).toBuilder()
              .setTitle(words.getTitle())
              .setDescription(words.getDescription())
              .setLink(words.getLink()));
    }
  }
}
