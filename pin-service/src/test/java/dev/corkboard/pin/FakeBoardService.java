// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import dev.corkboard.board.v1.BatchGetBoardsRequest;
import dev.corkboard.board.v1.BatchGetBoardsResponse;
import dev.corkboard.board.v1.BoardServiceGrpc.BoardServiceImplBase;
import dev.corkboard.platform.server.Caller;
import io.grpc.stub.StreamObserver;

/** What pin-service asks of BoardService. */
final class FakeBoardService extends BoardServiceImplBase {
  private final FakeBoards boards;

  FakeBoardService(FakeBoards boards) {
    this.boards = boards;
  }

  @Override
  public void batchGetBoards(
      BatchGetBoardsRequest request, StreamObserver<BatchGetBoardsResponse> observer) {
    Caller caller = Caller.current();
    BatchGetBoardsResponse.Builder answer = BatchGetBoardsResponse.newBuilder();
    synchronized (boards) {
      for (String id : request.getBoardIdsList()) {
        boards
            .find(id)
            .filter(board -> !board.deleted && FakeBoards.sees(caller, board))
            .ifPresent(board -> answer.addBoards(board.toProto()));
      }
    }
    observer.onNext(answer.build());
    observer.onCompleted();
  }
}
