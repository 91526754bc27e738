// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.section;

import com.google.protobuf.FieldMask;
import dev.corkboard.board.v1.CreateSectionRequest;
import dev.corkboard.board.v1.Section;
import dev.corkboard.board.v1.UpdateSectionRequest;
import dev.corkboard.edge.json.JsonReader;
import dev.corkboard.platform.error.ApiException;

/** The body of both {@code POST} and {@code PATCH}: the name is required in each (S3). */
record SectionBody(String name) {
  private static final FieldMask NAME = FieldMask.newBuilder().addPaths("name").build();

  static SectionBody read(byte[] body) {
    String[] name = new String[1];
    JsonReader.object(
        body,
        (property, in) -> {
          if (property.equals("name")) name[0] = in.string();
        });
    if (name[0] == null) throw ApiException.invalid("name", "'name' is a required property");
    return new SectionBody(name[0]);
  }

  CreateSectionRequest toCreation(String boardId, String requestId) {
    return CreateSectionRequest.newBuilder()
        .setSection(Section.newBuilder().setBoardId(boardId).setName(name))
        .setRequestId(requestId)
        .build();
  }

  UpdateSectionRequest toUpdate(String boardId, String sectionId, String requestId) {
    return UpdateSectionRequest.newBuilder()
        .setSection(Section.newBuilder().setBoardId(boardId).setId(sectionId).setName(name))
        .setUpdateMask(NAME)
        .setRequestId(requestId)
        .build();
  }
}
