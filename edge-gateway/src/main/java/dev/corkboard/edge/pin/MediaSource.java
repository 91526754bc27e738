// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.pin;

import com.linecorp.armeria.common.HttpStatus;
import dev.corkboard.edge.http.Params;
import dev.corkboard.edge.http.RestException;
import dev.corkboard.edge.json.JsonReader;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.error.ApiException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads {@code media_source}: which properties count depends on {@code source_type}. */
final class MediaSource {
  private static final String FIELD = "media_source";
  private static final int MIN_ITEMS = 2;
  private static final int MAX_ITEMS = 5;

  private static final Map<String, Type> TYPES =
      Map.of(
          "image_url", Type.IMAGE_URL,
          "image_base64", Type.IMAGE_BASE64,
          "multiple_image_urls", Type.IMAGE_URLS,
          "multiple_image_base64", Type.IMAGES_BASE64,
          "video_id", Type.VIDEO_ID,
          "pin_url", Type.PIN_URL);

  /** The contract's kinds of sources. */
  enum Type {
    IMAGE_URL,
    IMAGE_BASE64,
    IMAGE_URLS,
    IMAGES_BASE64,
    VIDEO_ID,
    PIN_URL
  }

  private final Type type;
  private final List<Picture> pictures = new ArrayList<>();

  private MediaSource(Type type) {
    this.type = type;
  }

  /** The type, which must be known before anything else of the source is read. */
  static Type typeIn(byte[] body) {
    boolean[] present = new boolean[1];
    String[] name = new String[1];
    JsonReader.object(
        body,
        (property, in) -> {
          if (!property.equals(FIELD) || in.isNull()) return;
          present[0] = true;
          in.object(
              (inner, source) -> {
                if (inner.equals("source_type")) name[0] = source.string();
              });
        });
    if (!present[0]) throw required(FIELD, FIELD);
    if (name[0] == null) throw required(FIELD + ".source_type", "source_type");
    return Params.choose(FIELD + ".source_type", name[0], TYPES);
  }

  /** Reads the source the reader stands at; pictures in their order. */
  static PinMedia read(Type type, JsonReader in) throws IOException {
    MediaSource source = new MediaSource(type);
    switch (type) {
      case IMAGE_URL, IMAGE_BASE64 -> source.single(in);
      case IMAGE_URLS, IMAGES_BASE64 -> source.carousel(in);
      case VIDEO_ID -> {
        return VideoReader.read(in);
      }
      case PIN_URL ->
          throw new RestException(
              HttpStatus.FORBIDDEN, 29, "You are not permitted to create product Pins.");
    }
    return PinMedia.of(source.pictures);
  }

  private void single(JsonReader in) throws IOException {
    PictureReader picture = new PictureReader(type == Type.IMAGE_BASE64, FIELD);
    in.object(picture::bytes);
    pictures.add(picture.done());
  }

  private void carousel(JsonReader in) throws IOException {
    List<PictureReader> items = new ArrayList<>();
    boolean[] present = new boolean[1];
    in.object(
        (name, source) -> {
          switch (name) {
            case "items" -> {
              present[0] = true;
              items(source, items);
            }
            case "index" -> {
              if (!source.isNull()) source.index();
            }
            default -> {}
          }
        });
    if (!present[0]) throw required(FIELD + ".items", "items");
    checkCount(items.size());
    items.forEach(item -> pictures.add(item.done()));
  }

  private void items(JsonReader source, List<PictureReader> items) throws IOException {
    source.objects(
        () ->
            items.add(
                new PictureReader(
                    type == Type.IMAGES_BASE64, FIELD + ".items[" + items.size() + "]")),
        (name, item) -> items.get(items.size() - 1).item(name, item));
  }

  private static void checkCount(int count) {
    if (count < MIN_ITEMS) {
      throw ApiException.invalid(
          FIELD + ".items", count + " items are too few, constraint: minItems=" + MIN_ITEMS);
    }
    if (count > MAX_ITEMS) {
      throw ApiException.invalid(
          FIELD + ".items", count + " items are too many, constraint: maxItems=" + MAX_ITEMS);
    }
  }

  static ApiException required(String field, String name) {
    return ApiException.invalid(
        ErrorReason.ERROR_REASON_INVALID_FIELD, field, "'" + name + "' is a required property");
  }
}
