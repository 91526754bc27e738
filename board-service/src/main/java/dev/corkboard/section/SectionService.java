// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.section;

import com.google.protobuf.Empty;
import dev.corkboard.board.BoardViews;
import dev.corkboard.board.Gather;
import dev.corkboard.board.v1.BatchGetSectionsRequest;
import dev.corkboard.board.v1.BatchGetSectionsResponse;
import dev.corkboard.board.v1.CreateSectionRequest;
import dev.corkboard.board.v1.DeleteSectionRequest;
import dev.corkboard.board.v1.ListSectionsRequest;
import dev.corkboard.board.v1.ListSectionsResponse;
import dev.corkboard.board.v1.Section;
import dev.corkboard.board.v1.SectionServiceGrpc.SectionServiceImplBase;
import dev.corkboard.board.v1.UpdateSectionRequest;
import dev.corkboard.platform.check.Violations;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.page.PageTokens;
import dev.corkboard.platform.page.Paging;
import dev.corkboard.platform.server.Caller;
import dev.corkboard.platform.server.Unary;
import io.grpc.stub.StreamObserver;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Sections over gRPC. */
public final class SectionService extends SectionServiceImplBase {
  private static final String LISTING = "sections";

  private final SectionStore sections;
  private final BoardViews boards;
  private final Supplier<Long> ids;
  private final PageTokens tokens;

  /** Where a page goes on. */
  private record Place(long boardId, int pageSize, long after) {
    byte[] toBytes() {
      return ByteBuffer.allocate(2 * Long.BYTES + Integer.BYTES)
          .putLong(boardId)
          .putInt(pageSize)
          .putLong(after)
          .array();
    }

    static Place of(byte[] payload) {
      return Paging.read(
          payload, bytes -> new Place(bytes.getLong(), bytes.getInt(), bytes.getLong()));
    }
  }

  public SectionService(
      SectionStore sections, BoardViews boards, Supplier<Long> ids, PageTokens tokens) {
    this.sections = sections;
    this.boards = boards;
    this.ids = ids;
    this.tokens = tokens;
  }

  @Override
  public void listSections(
      ListSectionsRequest request, StreamObserver<ListSectionsResponse> observer) {
    Unary.reply(observer, () -> list(Caller.current(), request));
  }

  private CompletionStage<ListSectionsResponse> list(Caller caller, ListSectionsRequest request) {
    new Violations()
        .id("board_id", request.getBoardId())
        .pageSize(request.getPageSize())
        .throwIfAny();
    return boards
        .get(caller, request.getBoardId())
        .thenCompose(
            board -> {
              Place from = place(caller, request, Long.parseLong(board.getId()));
              int size = Paging.size(request.getPageSize(), from.pageSize(), Paging.MAX_SIZE);
              return sections
                  .list(from.boardId(), from.after(), size + 1)
                  .thenApply(found -> page(caller, from.boardId(), size, found));
            });
  }

  private Place place(Caller caller, ListSectionsRequest request, long boardId) {
    if (request.getPageToken().isEmpty()) return new Place(boardId, Paging.DEFAULT_SIZE, 0);
    Place place = Place.of(tokens.open(request.getPageToken(), LISTING, caller.accountId()));
    if (place.boardId() != boardId) throw ApiException.invalidPageToken();
    return place;
  }

  private ListSectionsResponse page(Caller caller, long boardId, int size, List<Section> found) {
    ListSectionsResponse.Builder page = ListSectionsResponse.newBuilder();
    if (found.size() <= size) return page.addAllSections(found).build();
    Place next = new Place(boardId, size, Long.parseLong(found.get(size - 1).getId()));
    return page.addAllSections(found.subList(0, size))
        .setNextPageToken(tokens.seal(LISTING, caller.accountId(), next.toBytes(), Paging.LIFE))
        .build();
  }

  @Override
  public void batchGetSections(
      BatchGetSectionsRequest request, StreamObserver<BatchGetSectionsResponse> observer) {
    Unary.reply(observer, () -> batchGet(Caller.current(), request));
  }

  private CompletionStage<BatchGetSectionsResponse> batchGet(
      Caller caller, BatchGetSectionsRequest request) {
    Map<Long, Set<Long>> asked = SectionRequests.batch(request);
    return Gather.present(asked.keySet(), board -> ofBoard(caller, board, asked.get(board)))
        .thenApply(found -> inOrder(request, found));
  }

  private CompletionStage<Optional<List<Section>>> ofBoard(
      Caller caller, long boardId, Set<Long> asked) {
    return boards
        .find(caller, Long.toString(boardId))
        .thenCompose(
            board ->
                board.isEmpty()
                    ? CompletableFuture.completedStage(Optional.empty())
                    : sections.getAll(boardId, asked).thenApply(Optional::of));
  }

  private static BatchGetSectionsResponse inOrder(
      BatchGetSectionsRequest request, Map<Long, List<Section>> found) {
    Map<String, Section> byId = new HashMap<>();
    found.values().forEach(of -> of.forEach(section -> byId.put(section.getId(), section)));
    BatchGetSectionsResponse.Builder answer = BatchGetSectionsResponse.newBuilder();
    for (BatchGetSectionsRequest.Ref ref : request.getRefsList()) {
      Section section = byId.get(ref.getSectionId());
      if (section == null || !section.getBoardId().equals(ref.getBoardId())) continue;
      answer.addSections(section);
      byId.remove(ref.getSectionId());
    }
    return answer.build();
  }

  @Override
  public void createSection(CreateSectionRequest request, StreamObserver<Section> observer) {
    Unary.reply(
        observer,
        () -> {
          SectionWrite write = SectionRequests.create(Caller.current(), request, ids.get());
          return sections.create(write);
        });
  }

  @Override
  public void updateSection(UpdateSectionRequest request, StreamObserver<Section> observer) {
    Unary.reply(observer, () -> sections.update(SectionRequests.update(Caller.current(), request)));
  }

  @Override
  public void deleteSection(DeleteSectionRequest request, StreamObserver<Empty> observer) {
    Unary.reply(
        observer,
        () ->
            sections
                .delete(SectionRequests.delete(Caller.current(), request))
                .thenApply(done -> Empty.getDefaultInstance()));
  }
}
