// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.peers;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.Timestamp;
import dev.corkboard.media.v1.Image;
import dev.corkboard.media.v1.Rendition;
import dev.corkboard.pin.v1.ListBoardPinsResponse;
import dev.corkboard.pin.v1.Pin;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/**
 * Writes Pins with one picture by hand, byte for byte as the edge does.
 *
 * @param mediaUrl what URLs of pictures begin with
 * @param username of every board's owner: peers ask nobody for it
 * @param callerId the account whose Pins say {@code is_owner}
 */
record PinJson(String mediaUrl, String username, String callerId) {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final int USUAL_BYTES = 2_048;

  static PinJson fromEnv() {
    return new PinJson(
        System.getenv("MEDIA_URL"), System.getenv("USERNAME"), System.getenv("CALLER_ID"));
  }

  byte[] pin(Pin pin) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(USUAL_BYTES);
    try (JsonGenerator json = FACTORY.createGenerator(out, JsonEncoding.UTF8)) {
      write(json, pin);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  byte[] page(ListBoardPinsResponse page) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(page.getPinsCount() * USUAL_BYTES);
    try (JsonGenerator json = FACTORY.createGenerator(out, JsonEncoding.UTF8)) {
      json.writeStartObject();
      json.writeArrayFieldStart("items");
      for (Pin pin : page.getPinsList()) write(json, pin);
      json.writeEndArray();
      nullable(json, "bookmark", page.getNextPageToken());
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private void write(JsonGenerator json, Pin pin) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", pin.getId());
    Timestamp created = pin.getCreateTime();
    json.writeStringField(
        "created_at", Instant.ofEpochSecond(created.getSeconds(), created.getNanos()).toString());
    nullable(json, "link", pin.getLink());
    nullable(json, "title", pin.getTitle());
    nullable(json, "description", pin.getDescription());
    nullable(json, "alt_text", pin.getAltText());
    nullable(json, "dominant_color", pin.getDominantColor());
    json.writeStringField("board_id", pin.getBoardId());
    nullable(json, "board_section_id", pin.getSectionId());
    json.writeObjectFieldStart("board_owner");
    json.writeStringField("username", username);
    json.writeEndObject();
    nullable(json, "parent_pin_id", pin.getParentPinId());
    json.writeStringField("creative_type", "REGULAR");
    json.writeBooleanField("is_owner", pin.getOwnerId().equals(callerId));
    json.writeBooleanField("is_standard", true);
    json.writeBooleanField("has_been_promoted", false);
    json.writeNullField("pin_metrics");
    json.writeObjectFieldStart("media");
    json.writeStringField("media_type", "image");
    images(json, pin.getImages(0).getImage());
    json.writeEndObject();
    json.writeEndObject();
  }

  private void images(JsonGenerator json, Image image) throws IOException {
    json.writeObjectFieldStart("images");
    for (Rendition rendition : image.getRenditionsList()) {
      json.writeObjectFieldStart(rendition.getName());
      json.writeNumberField("width", rendition.getWidth());
      json.writeNumberField("height", rendition.getHeight());
      json.writeStringField(
          "url", mediaUrl + "/media/" + image.getAssetKey() + "/" + rendition.getName());
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static void nullable(JsonGenerator json, String name, String value) throws IOException {
    if (value.isEmpty()) {
      json.writeNullField(name);
    } else {
      json.writeStringField(name, value);
    }
  }
}
