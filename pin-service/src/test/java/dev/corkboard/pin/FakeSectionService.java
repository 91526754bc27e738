// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import dev.corkboard.board.v1.BatchGetSectionsRequest;
import dev.corkboard.board.v1.BatchGetSectionsRequest.Ref;
import dev.corkboard.board.v1.BatchGetSectionsResponse;
import dev.corkboard.board.v1.Section;
import dev.corkboard.board.v1.SectionServiceGrpc.SectionServiceImplBase;
import io.grpc.stub.StreamObserver;

/** What pin-service asks of SectionService. */
final class FakeSectionService extends SectionServiceImplBase {
  private final FakeBoards boards;

  FakeSectionService(FakeBoards boards) {
    this.boards = boards;
  }

  @Override
  public void batchGetSections(
      BatchGetSectionsRequest request, StreamObserver<BatchGetSectionsResponse> observer) {
    BatchGetSectionsResponse.Builder answer = BatchGetSectionsResponse.newBuilder();
    synchronized (boards) {
      for (Ref ref : request.getRefsList()) {
        boards
            .find(ref.getBoardId())
            .filter(board -> board.sections.contains(ref.getSectionId()))
            .ifPresent(
                board ->
                    answer.addSections(
                        Section.newBuilder()
                            .setId(ref.getSectionId())
                            .setBoardId(ref.getBoardId())));
      }
    }
    observer.onNext(answer.build());
    observer.onCompleted();
  }
}
