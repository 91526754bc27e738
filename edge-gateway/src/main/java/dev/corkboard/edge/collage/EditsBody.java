// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.collage;

import dev.corkboard.collage.v1.BatchUpdateCollageRequest;
import dev.corkboard.edge.document.OperationReader;
import dev.corkboard.edge.json.JsonReader;
import dev.corkboard.platform.error.ApiException;

/** The body of {@code POST /collages/{collage_id}/edits}. */
record EditsBody(BatchUpdateCollageRequest edit) {
  private static final String BASE_REVISION = "base_revision";
  private static final int MAX_OPERATIONS = 200;

  static EditsBody read(byte[] body) {
    BatchUpdateCollageRequest.Builder edit = BatchUpdateCollageRequest.newBuilder();
    boolean[] based = new boolean[1];
    JsonReader.document(
        body,
        (name, in) -> {
          switch (name) {
            case BASE_REVISION -> {
              edit.setBaseRevision(in.count());
              based[0] = true;
            }
            case "operations" ->
                in.elements(
                    MAX_OPERATIONS,
                    operation -> edit.addOperations(OperationReader.read(operation)));
            default -> {}
          }
        });
    if (!based[0]) {
      throw ApiException.invalid(BASE_REVISION, "'" + BASE_REVISION + "' is a required property");
    }
    return new EditsBody(edit.build());
  }

  BatchUpdateCollageRequest toProto(String collageId, String requestId) {
    return edit.toBuilder().setCollageId(collageId).setRequestId(requestId).build();
  }
}
