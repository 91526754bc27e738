// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import com.google.protobuf.FieldMask;
import dev.corkboard.collage.v1.BatchUpdateCollageRequest;
import dev.corkboard.collage.v1.Operation;
import dev.corkboard.platform.check.Violations;
import dev.corkboard.platform.error.ApiException;

/** Checks requests that edit. */
final class EditRequests {
  /** Several times as many as any message has fields. */
  private static final int MAX_PATHS = 100;

  private static final int MAX_PATH = 200;

  private EditRequests() {}

  static void check(BatchUpdateCollageRequest request) {
    check(request.getCollageId(), request.getRequestId());
    for (int i = 0; i < request.getOperationsCount(); i++) {
      Operation operation = request.getOperations(i);
      switch (operation.getOperationCase()) {
        case UPDATE_LAYER -> check(i, "update_layer", operation.getUpdateLayer().getUpdateMask());
        case UPDATE_CANVAS ->
            check(i, "update_canvas", operation.getUpdateCanvas().getUpdateMask());
        case UPDATE_GROUP -> check(i, "update_group", operation.getUpdateGroup().getUpdateMask());
        default -> {}
      }
    }
  }

  /** Masks are compared path by path, so they must be short before anybody does. */
  private static void check(int number, String operation, FieldMask mask) {
    if (mask.getPathsCount() <= MAX_PATHS
        && mask.getPathsList().stream().allMatch(path -> path.length() <= MAX_PATH)) return;
    throw ApiException.invalid(
        "operations[%d].%s.update_mask".formatted(number, operation),
        "must have at most %d paths of at most %d characters, got %d"
            .formatted(MAX_PATHS, MAX_PATH, mask.getPathsCount()));
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
