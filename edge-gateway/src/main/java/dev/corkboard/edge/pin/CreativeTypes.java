// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.pin;

import com.linecorp.armeria.server.ServiceRequestContext;
import dev.corkboard.edge.http.Params;
import dev.corkboard.pin.v1.CreativeType;
import java.util.List;
import java.util.Map;

/**
 * The parameter {@code creative_types}.
 *
 * @param made those asked for that Corkboard makes
 * @param nothing whether only kinds were asked for that it never makes
 */
record CreativeTypes(List<CreativeType> made, boolean nothing) {
  private static final CreativeType NEVER_MADE = CreativeType.CREATIVE_TYPE_UNSPECIFIED;

  private static final Map<String, CreativeType> NAMES =
      Map.ofEntries(
          Map.entry("REGULAR", CreativeType.CREATIVE_TYPE_REGULAR),
          Map.entry("CAROUSEL", CreativeType.CREATIVE_TYPE_CAROUSEL),
          Map.entry("VIDEO", CreativeType.CREATIVE_TYPE_VIDEO),
          Map.entry("SHOPPING", NEVER_MADE),
          Map.entry("MAX_VIDEO", NEVER_MADE),
          Map.entry("SHOP_THE_PIN", NEVER_MADE),
          Map.entry("COLLECTION", NEVER_MADE),
          Map.entry("IDEA", NEVER_MADE),
          Map.entry("SHOWCASE", NEVER_MADE),
          Map.entry("QUIZ", NEVER_MADE),
          Map.entry("COLLAGE", CreativeType.CREATIVE_TYPE_COLLAGE),
          Map.entry("MAX_WIDTH_REGULAR_COLLECTION", NEVER_MADE),
          Map.entry("MAX_WIDTH_VIDEO_COLLECTION", NEVER_MADE));

  static CreativeTypes of(ServiceRequestContext ctx) {
    List<CreativeType> asked = Params.choices(ctx, "creative_types", NAMES);
    List<CreativeType> made =
        asked.stream().filter(type -> type != NEVER_MADE).distinct().sorted().toList();
    return new CreativeTypes(made, made.isEmpty() && !asked.isEmpty());
  }
}
