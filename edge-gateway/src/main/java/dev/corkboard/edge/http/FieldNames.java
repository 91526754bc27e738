// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.http;

import com.linecorp.armeria.common.HttpMethod;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Names of fields in the REST contract, for errors that name them as the services do. */
final class FieldNames {
  private static final Map<String, String> NAMES =
      Map.of(
          "section_id", "board_section_id",
          "ads_only", "is_ads_only",
          "page_token", "bookmark",
          "privacy_filter", "privacy",
          "origin_filter", "pin_filter",
          "request_id", "Idempotency-Key",
          "image_url", "url");

  private static final Pattern OF_RESOURCES = Pattern.compile("(pin|board|section|account)\\.");

  private FieldNames() {}

  /** Such as {@code title} for {@code pin.title}; names of the contract stay what they are. */
  static String rest(String field, HttpMethod method) {
    String path = OF_RESOURCES.matcher(field).lookingAt() ? tail(field) : field;
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
