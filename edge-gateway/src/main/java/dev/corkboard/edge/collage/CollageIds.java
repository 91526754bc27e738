// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.collage;

import dev.corkboard.edge.http.Params;
import dev.corkboard.edge.json.Ids;
import dev.corkboard.error.v1.ErrorReason;

/** What stands in the paths of collages. */
final class CollageIds {
  static final String COLLAGE_ID = "collage_id";
  static final String REVISION = "revision";

  private CollageIds() {}

  static String collage(String id) {
    return Ids.check(COLLAGE_ID, id, ErrorReason.ERROR_REASON_COLLAGE_NOT_FOUND);
  }

  static String account(String name, String id) {
    return Ids.check(name, id, ErrorReason.ERROR_REASON_ACCOUNT_NOT_FOUND);
  }

  static String pin(String id) {
    return Ids.check("pin_id", id, ErrorReason.ERROR_REASON_PIN_NOT_FOUND);
  }

  static long revision(String number) {
    return Params.count(REVISION, number);
  }
}
