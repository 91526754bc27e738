// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import com.google.common.collect.ListMultimap;
import com.google.common.collect.Multimaps;
import dev.corkboard.collage.document.Property;
import dev.corkboard.collage.document.Property.Target;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.error.ApiException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tells whether an edit goes together with others that it was not made upon. */
final class Conflicts {
  private Conflicts() {}

  /** Fails with EDIT_CONFLICT when what an edit touches was touched by one of the others. */
  static void refuse(List<Property> touched, List<Entry.Trace> others) {
    ListMultimap<Property, Property> mine = Multimaps.index(touched, Property::whole);
    boolean all = touched.stream().anyMatch(p -> p.target() == Target.DOCUMENT);
    for (Entry.Trace other : others) {
      for (Property theirs : other.touched()) {
        boolean any = all || theirs.target() == Target.DOCUMENT;
        for (Property property : any ? touched : mine.get(theirs.whole())) {
          if (property.overlaps(theirs)) throw conflict(property, theirs, other);
        }
      }
    }
  }

  private static ApiException conflict(Property mine, Property theirs, Entry.Trace other) {
    Map<String, String> metadata = new HashMap<>();
    Property named = theirs.target() == Target.DOCUMENT ? mine : theirs;
    switch (named.target()) {
      case LAYER -> metadata.put("layer_id", named.id());
      case GROUP -> metadata.put("group_id", named.id());
      case ORDER_KEY -> metadata.put("layer_id", named.path());
      case CANVAS, DOCUMENT -> {}
    }
    metadata.put("property", property(theirs));
    metadata.put("revision", Long.toString(other.revision().getRevision()));
    return ApiException.aborted(
        ErrorReason.ERROR_REASON_EDIT_CONFLICT,
        "Revision %d changed the same; nothing was applied."
            .formatted(other.revision().getRevision()),
        metadata);
  }

  private static String property(Property property) {
    return switch (property.target()) {
      case ORDER_KEY -> "order_key";
      case CANVAS -> "canvas." + property.path();
      case DOCUMENT, LAYER, GROUP -> property.path().isEmpty() ? "*" : property.path();
    };
  }
}
