// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.http;

import com.google.protobuf.Descriptors.Descriptor;
import com.linecorp.armeria.common.HttpMethod;
import dev.corkboard.collage.v1.BatchUpdateCollageRequest;
import dev.corkboard.collage.v1.Collage;
import dev.corkboard.edge.json.DocumentPaths;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Names of fields in the REST contract, for errors that name them as the services do. */
final class FieldNames {
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("section_id", "board_section_id"),
          Map.entry("ads_only", "is_ads_only"),
          Map.entry("page_token", "bookmark"),
          Map.entry("privacy_filter", "privacy"),
          Map.entry("origin_filter", "pin_filter"),
          Map.entry("request_id", "Idempotency-Key"),
          Map.entry("image_url", "url"),
          Map.entry("video", "media_source"),
          Map.entry("video_id", "media_id"),
          Map.entry("cover_asset_key", "cover_image_data"),
          Map.entry("cover_key_frame_seconds", "cover_image_key_frame_time"));

  private static final Pattern OF_RESOURCES =
      Pattern.compile("(pin|board|section|account|collage|member)\\.");

  /** Fields inside which names are those of documents, with the messages they belong to. */
  private static final Map<String, Descriptor> OF_DOCUMENTS =
      Map.of(
          "document", Collage.getDescriptor(),
          "operations", BatchUpdateCollageRequest.getDescriptor());

  private static final Pattern AFTER_FIRST = Pattern.compile("[.\\[].*");

  private FieldNames() {}

  /** Such as {@code title} for {@code pin.title}; names of the contract stay what they are. */
  static String rest(String field, HttpMethod method) {
    String path = OF_RESOURCES.matcher(field).lookingAt() ? tail(field) : field;
    Descriptor document = OF_DOCUMENTS.get(AFTER_FIRST.matcher(path).replaceFirst(""));
    if (document != null) return DocumentPaths.toRest(document, path);
    return Arrays.stream(path.split("\\."))
        .map(segment -> segment(segment, method))
        .collect(Collectors.joining("."));
  }

  private static String tail(String field) {
    return field.substring(field.indexOf('.') + 1);
  }

  private static String segment(String segment, HttpMethod method) {
    if (!segment.startsWith("images")) return NAMES.getOrDefault(segment, segment);
    String index = segment.substring("images".length());
    return (method == HttpMethod.PATCH ? "carousel_slots" : "media_source.items") + index;
  }
}
