// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.testing;

import com.google.protobuf.Empty;
import dev.corkboard.board.v1.CreateSectionRequest;
import dev.corkboard.board.v1.DeleteSectionRequest;
import dev.corkboard.board.v1.ListSectionsRequest;
import dev.corkboard.board.v1.ListSectionsResponse;
import dev.corkboard.board.v1.Section;
import dev.corkboard.board.v1.SectionServiceGrpc.SectionServiceImplBase;
import dev.corkboard.board.v1.UpdateSectionRequest;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.check.Violations;
import dev.corkboard.platform.error.ApiException;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** Sections in memory, on whatever board; ids count up from 5000. */
public final class FakeSections extends SectionServiceImplBase {
  private final Map<Long, Section> sections = new ConcurrentSkipListMap<>();
  private final Script script = new Script();
  private long nextId = 5000;

  public Script script() {
    return script;
  }

  private Section find(String board, String id) {
    Section section = sections.get(Long.parseLong(id));
    if (section == null || !section.getBoardId().equals(board)) {
      throw ApiException.notFound(ErrorReason.ERROR_REASON_SECTION_NOT_FOUND, "section_id", id);
    }
    return section;
  }

  private synchronized Section put(Section section) {
    new Violations()
        .required("section.name", section.getName())
        .text("section.name", section.getName(), 180)
        .throwIfAny();
    sections.put(Long.parseLong(section.getId()), section);
    return section;
  }

  @Override
  public void listSections(
      ListSectionsRequest request, StreamObserver<ListSectionsResponse> observer) {
    script.reply(
        request,
        observer,
        () -> {
          List<Section> found =
              sections.values().stream()
                  .filter(section -> section.getBoardId().equals(request.getBoardId()))
                  .toList();
          Pages<Section> page = Pages.of(found, request.getPageSize(), request.getPageToken());
          return ListSectionsResponse.newBuilder()
              .addAllSections(page.items())
              .setNextPageToken(page.next())
              .build();
        });
  }

  @Override
  public void createSection(CreateSectionRequest request, StreamObserver<Section> observer) {
    script.reply(
        request,
        observer,
        () -> put(request.getSection().toBuilder().setId(Long.toString(nextId++)).build()));
  }

  @Override
  public void updateSection(UpdateSectionRequest request, StreamObserver<Section> observer) {
    Section asked = request.getSection();
    script.reply(
        request,
        observer,
        () ->
            put(
                find(asked.getBoardId(), asked.getId()).toBuilder()
                    .setName(asked.getName())
                    .build()));
  }

  @Override
  public void deleteSection(DeleteSectionRequest request, StreamObserver<Empty> observer) {
    script.reply(
        request,
        observer,
        () -> {
          Section gone = find(request.getBoardId(), request.getSectionId());
          sections.remove(Long.parseLong(gone.getId()));
          return Empty.getDefaultInstance();
        });
  }
}
