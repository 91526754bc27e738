// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import dev.corkboard.collage.v1.BatchUpdateCollageRequest;
import dev.corkboard.platform.check.Violations;

/** Checks requests that edit. */
final class EditRequests {
  private EditRequests() {}

  static void check(BatchUpdateCollageRequest request) {
    check(request.getCollageId(), request.getRequestId());
  }

  /** What every edit has. */
  static void check(String collageId, String requestId) {
    new Violations()
        .id("collage_id", collageId)
        .required("request_id", requestId)
        .requestId(requestId)
        .throwIfAny();
  }
}
