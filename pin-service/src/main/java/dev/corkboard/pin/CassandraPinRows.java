// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import com.datastax.oss.driver.api.core.cql.Row;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import dev.corkboard.pin.StoredPin.Progress;
import dev.corkboard.pin.StoredPin.Stage;
import dev.corkboard.pin.StoredPin.State;
import dev.corkboard.pin.store.v1.Intent;
import dev.corkboard.pin.store.v1.PinImages;
import dev.corkboard.pin.v1.CreativeType;
import dev.corkboard.pin.v1.Pin;
import dev.corkboard.platform.check.Ids;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;

/** Converts between rows of the pin table and protos. An empty id or text is a null cell. */
final class CassandraPinRows {
  private CassandraPinRows() {}

  static StoredPin stored(Row row) {
    return new StoredPin(State.of(row.getByte("state")), pin(row), progress(row));
  }

  private static Optional<Progress> progress(Row row) {
    if (row.isNull("saga_id")) return Optional.empty();
    try {
      Intent intent = Intent.parseFrom(row.getByteBuffer("saga"));
      return Optional.of(new Progress(intent, Stage.of(row.getByte("stage"))));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("pin " + row.getLong("pin_id") + ": damaged saga", e);
    }
  }

  private static Pin pin(Row row) {
    Pin.Builder pin =
        Pin.newBuilder()
            .setId(Ids.format(row.getLong("pin_id")))
            .setOwnerId(id(row, "owner_id"))
            .setBoardId(id(row, "board_id"))
            .setSectionId(id(row, "section_id"))
            .setParentPinId(id(row, "parent_pin_id"))
            .setRootPinId(id(row, "root_pin_id"))
            .setTitle(text(row, "title"))
            .setDescription(text(row, "description"))
            .setAltText(text(row, "alt_text"))
            .setLink(text(row, "link"))
            .setDominantColor(text(row, "dominant_color"))
            .setCreativeTypeValue(row.getByte("creative_type"))
            .setEtag(Long.toString(row.getLong("ver")));
    if (!row.isNull("images")) {
      try {
        PinImages stored = PinImages.parseFrom(row.getByteBuffer("images"));
        pin.addAllImages(stored.getImagesList());
        if (stored.hasVideo()) pin.setVideo(stored.getVideo());
        pin.setCollageId(stored.getCollageId());
      } catch (InvalidProtocolBufferException e) {
        throw new IllegalStateException("pin " + pin.getId() + ": damaged images", e);
      }
    }
    if (!row.isNull("create_time")) pin.setCreateTime(time(row.getInstant("create_time")));
    if (!row.isNull("update_time")) pin.setUpdateTime(time(row.getInstant("update_time")));
    return pin.build();
  }

  private static String id(Row row, String column) {
    return row.isNull(column) ? "" : Ids.format(row.getLong(column));
  }

  private static String text(Row row, String column) {
    String value = row.getString(column);
    return value == null ? "" : value;
  }

  private static Timestamp time(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }

  static Long numberOrNull(String id) {
    return id.isEmpty() ? null : Ids.number(id);
  }

  static String textOrNull(String text) {
    return text.isEmpty() ? null : text;
  }

  static Instant instant(Timestamp time) {
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }

  static Byte type(CreativeType type) {
    return (byte) type.getNumber();
  }

  static long version(Pin pin) {
    return Long.parseLong(pin.getEtag());
  }

  static ByteBuffer images(Pin pin) {
    PinImages.Builder stored =
        PinImages.newBuilder().addAllImages(pin.getImagesList()).setCollageId(pin.getCollageId());
    if (pin.hasVideo()) stored.setVideo(pin.getVideo());
    return blob(stored.build().toByteString());
  }

  static ByteBuffer blob(ByteString bytes) {
    return ByteBuffer.wrap(bytes.toByteArray());
  }
}
