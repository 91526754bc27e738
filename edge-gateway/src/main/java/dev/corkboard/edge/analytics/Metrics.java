// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.analytics;

import com.google.common.base.Splitter;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.corkboard.edge.http.Params;
import dev.corkboard.edge.json.Echo;
import dev.corkboard.platform.error.ApiException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The metrics that are asked for. Saves are counted here and nothing else: what is not counted has
 * no value, and a status that says so.
 */
record Metrics(Set<String> asked) {
  static final String SAVE = "SAVE";
  static final String COUNTED = "READY";
  static final String NOT_COUNTED = "BEFORE_METRIC_START_DATE";

  static final Set<String> OF_ACCOUNTS =
      Set.of(
          "ENGAGEMENT",
          "ENGAGEMENT_RATE",
          "IMPRESSION",
          "OUTBOUND_CLICK",
          "OUTBOUND_CLICK_RATE",
          "PIN_CLICK",
          "PIN_CLICK_RATE",
          SAVE,
          "SAVE_RATE");

  /** Of both enumerations of the contract, whose overlap strict clients stumble over. */
  static final Set<String> OF_PINS =
      Set.of(
          "IMPRESSION",
          "OUTBOUND_CLICK",
          "PIN_CLICK",
          SAVE,
          "SAVE_RATE",
          "TOTAL_COMMENTS",
          "TOTAL_REACTIONS",
          "USER_FOLLOW",
          "PROFILE_VISIT",
          "VIDEO_MRC_VIEW",
          "VIDEO_AVG_WATCH_TIME",
          "VIDEO_V50_WATCH_TIME",
          "QUARTILE_95_PERCENT_VIEW",
          "VIDEO_10S_VIEW",
          "VIDEO_START");

  static final Set<String> OF_VIDEOS =
      Set.of(
          "IMPRESSION",
          SAVE,
          "OUTBOUND_CLICK",
          "VIDEO_MRC_VIEW",
          "VIDEO_AVG_WATCH_TIME",
          "VIDEO_V50_WATCH_TIME",
          "QUARTILE_95_PERCENT_VIEW",
          "VIDEO_10S_VIEW",
          "VIDEO_START");

  /** Those of the parameter, which must be there. */
  static Metrics required(ServiceRequestContext ctx, Set<String> known) {
    return of(Params.required(ctx, "metric_types"), known);
  }

  /** Those of the parameter, all without it. */
  static Metrics optional(ServiceRequestContext ctx, Set<String> known) {
    String value = ctx.queryParam("metric_types");
    return value == null ? new Metrics(known) : of(value, known);
  }

  private static Metrics of(String value, Set<String> known) {
    List<String> names = Splitter.on(',').splitToList(value);
    for (String name : names) {
      if (!known.contains(name)) {
        throw ApiException.invalid(
            "metric_types", Echo.quoted(name) + " is not one of the metrics of this operation");
      }
    }
    return new Metrics(new LinkedHashSet<>(names));
  }

  boolean save() {
    return asked.contains(SAVE);
  }
}
