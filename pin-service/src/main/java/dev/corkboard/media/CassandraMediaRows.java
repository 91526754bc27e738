// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import com.datastax.oss.driver.api.core.cql.Row;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.corkboard.media.v1.Image;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Between rows of the catalog and what they mean. */
final class CassandraMediaRows {
  private CassandraMediaRows() {}

  static ByteBuffer image(Content content) {
    return content.image().toByteString().asReadOnlyByteBuffer();
  }

  static Map<String, String> digests(Content content) {
    return byLabel(content.digests());
  }

  static Map<String, Long> sizes(Content content) {
    return byLabel(content.sizes());
  }

  private static <T> Map<String, T> byLabel(Map<RenditionSize, T> bySize) {
    Map<String, T> byLabel = new HashMap<>();
    bySize.forEach((size, value) -> byLabel.put(size.label(), value));
    return byLabel;
  }

  /** A rendition that this version does not know is left out. */
  private static <T> Map<RenditionSize, T> bySize(Map<String, T> byLabel) {
    Map<RenditionSize, T> bySize = new EnumMap<>(RenditionSize.class);
    byLabel.forEach(
        (label, value) -> RenditionSize.of(label).ifPresent(size -> bySize.put(size, value)));
    return bySize;
  }

  static Content.State state(Row row) {
    return Content.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT));
  }

  static Content content(Row row) {
    Image image;
    try {
      image = Image.parseFrom(row.getByteBuffer("image"));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("media_content holds no Image", e);
    }
    return new Content(
        row.getString("sha256"),
        row.getLong("generation"),
        image,
        bySize(row.getMap("digests", String.class, String.class)),
        bySize(row.getMap("sizes", String.class, Long.class)),
        state(row),
        row.getInstant("touched_at"));
  }

  static Asset asset(Row row) {
    return new Asset(
        row.getString("asset_key"),
        row.getString("sha256"),
        row.getString("owner_id"),
        row.getInstant("created_at"),
        row.getInstant("touched_at"));
  }
}
