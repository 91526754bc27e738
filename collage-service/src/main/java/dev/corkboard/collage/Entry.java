// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import dev.corkboard.collage.document.Property;
import dev.corkboard.collage.v1.Edit;
import dev.corkboard.collage.v1.Operation;
import dev.corkboard.collage.v1.Revision;
import dev.corkboard.platform.error.ApiException;
import java.util.List;

/**
 * An edit with what is kept beside it.
 *
 * @param inverse the operations that take it back; empty when it changed nothing
 * @param touched what it changed or stands on
 */
public record Entry(Edit edit, List<Operation> inverse, List<Property> touched) {
  /** The most bytes of an edit and of what takes it back: 8 MiB, half of what Cassandra takes. */
  private static final int MAX_BYTES = 8 << 20;

  /** How large it is. */
  long bytes() {
    return edit.getSerializedSize()
        + inverse.stream().mapToLong(Operation::getSerializedSize).sum();
  }

  /** Refuses, with INVALID_FIELD, what is too much to be kept. */
  void requireFits() {
    long bytes = bytes();
    if (bytes > MAX_BYTES) {
      throw ApiException.invalid(
          "operations",
          "must, with what takes them back, be at most %,d bytes, got %,d"
              .formatted(MAX_BYTES, bytes));
    }
  }

  /** What lists of revisions say of an edit. */
  public static Revision summary(Edit edit) {
    return Revision.newBuilder()
        .setRevision(edit.getRevision())
        .setActorId(edit.getActorId())
        .setEditTime(edit.getEditTime())
        .setOperationCount(edit.getOperationsCount())
        .setUndoneRevision(edit.getUndoneRevision())
        .setRestoredRevision(edit.getRestoredRevision())
        .build();
  }

  /**
   * An entry without its operations.
   *
   * @param undoable whether it changed anything
   */
  public record Trace(Revision revision, boolean undoable, List<Property> touched) {}
}
