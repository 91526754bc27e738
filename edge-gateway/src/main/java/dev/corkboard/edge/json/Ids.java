// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.json;

import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.error.ApiException;

/** Ids as strangers send them. */
public final class Ids {
  private Ids() {}

  /** The id; what are not digits is refused, digits that no id can be name something not found. */
  public static String check(String field, String id, ErrorReason notFound) {
    if (id.isEmpty() || !id.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw ApiException.invalid(field, Echo.quoted(id) + " does not match '^\\\\d+$'");
    }
    return existing(field, id, notFound);
  }

  /** The id, where anything that cannot be one names something not found. */
  public static String existing(String field, String id, ErrorReason notFound) {
    if (dev.corkboard.platform.check.Ids.parse(id).isEmpty()) {
      throw ApiException.notFound(notFound, field, Echo.of(id));
    }
    return id;
  }
}
