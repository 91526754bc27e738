// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.testing;

import com.google.protobuf.Empty;
import com.google.protobuf.util.Timestamps;
import dev.corkboard.board.v1.Board;
import dev.corkboard.board.v1.BoardCount;
import dev.corkboard.board.v1.BoardServiceGrpc.BoardServiceImplBase;
import dev.corkboard.board.v1.CreateBoardRequest;
import dev.corkboard.board.v1.DeleteBoardRequest;
import dev.corkboard.board.v1.FollowBoardRequest;
import dev.corkboard.board.v1.GetBoardCountRequest;
import dev.corkboard.board.v1.GetBoardRequest;
import dev.corkboard.board.v1.ListBoardsRequest;
import dev.corkboard.board.v1.ListBoardsResponse;
import dev.corkboard.board.v1.ListFollowedBoardsRequest;
import dev.corkboard.board.v1.ListFollowedBoardsResponse;
import dev.corkboard.board.v1.Privacy;
import dev.corkboard.board.v1.UnfollowBoardRequest;
import dev.corkboard.board.v1.UpdateBoardRequest;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.check.Violations;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.server.Caller;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** Boards in memory, each seen by everybody; ids count up from 1000. */
public final class FakeBoards extends BoardServiceImplBase {
  private static final long CREATED_MILLIS = 1_790_000_000_123L;

  private final Map<Long, Board> boards = new ConcurrentSkipListMap<>();
  private final Script script = new Script();
  private long nextId = 1000;

  public Script script() {
    return script;
  }

  /** Puts a board there as it is, under a new id. */
  public synchronized Board put(Board board) {
    long id = nextId++;
    Board stored = board.toBuilder().setId(Long.toString(id)).build();
    boards.put(id, stored);
    return stored;
  }

  private Board find(String id) {
    Board board = boards.get(Long.parseLong(id));
    if (board == null) {
      throw ApiException.notFound(ErrorReason.ERROR_REASON_BOARD_NOT_FOUND, "board_id", id);
    }
    return board;
  }

  private static void check(Board board) {
    new Violations()
        .required("board.name", board.getName())
        .text("board.name", board.getName(), 180)
        .text("board.description", board.getDescription(), 2000)
        .throwIfAny();
  }

  private void unique(String name, String id) {
    boolean taken =
        boards.values().stream()
            .anyMatch(b -> b.getName().equalsIgnoreCase(name) && !b.getId().equals(id));
    if (taken) {
      throw ApiException.alreadyExists(
          ErrorReason.ERROR_REASON_BOARD_NAME_TAKEN, "name", name, "secret detail");
    }
  }

  @Override
  public void createBoard(CreateBoardRequest request, StreamObserver<Board> observer) {
    Caller caller = Caller.current();
    script.reply(
        request,
        observer,
        () -> {
          check(request.getBoard());
          unique(request.getBoard().getName(), "");
          Board.Builder board =
              request.getBoard().toBuilder()
                  .setOwnerId(caller.accountId())
                  .setCreateTime(Timestamps.fromMillis(CREATED_MILLIS))
                  .setPinsModifyTime(Timestamps.fromMillis(CREATED_MILLIS));
          if (board.getPrivacy() == Privacy.PRIVACY_UNSPECIFIED) {
            board.setPrivacy(Privacy.PRIVACY_PUBLIC);
          }
          return put(board.build());
        });
  }

  @Override
  public void getBoard(GetBoardRequest request, StreamObserver<Board> observer) {
    script.reply(request, observer, () -> find(request.getBoardId()));
  }

  @Override
  public void listBoards(ListBoardsRequest request, StreamObserver<ListBoardsResponse> observer) {
    script.reply(
        request,
        observer,
        () -> {
          List<Board> found = new ArrayList<>(boards.values());
          if (request.getPrivacyFilterCount() > 0) {
            found.removeIf(b -> !request.getPrivacyFilterList().contains(b.getPrivacy()));
          }
          Pages<Board> page = Pages.of(found, request.getPageSize(), request.getPageToken());
          return ListBoardsResponse.newBuilder()
              .addAllBoards(page.items())
              .setNextPageToken(page.next())
              .build();
        });
  }

  @Override
  public void updateBoard(UpdateBoardRequest request, StreamObserver<Board> observer) {
    script.reply(
        request,
        observer,
        () -> {
          Board.Builder board = find(request.getBoard().getId()).toBuilder();
          for (String path : request.getUpdateMask().getPathsList()) {
            switch (path) {
              case "name" -> board.setName(request.getBoard().getName());
              case "description" -> board.setDescription(request.getBoard().getDescription());
              case "privacy" -> board.setPrivacy(request.getBoard().getPrivacy());
              default -> throw ApiException.invalid("update_mask", path);
            }
          }
          check(board.build());
          unique(board.getName(), board.getId());
          boards.put(Long.parseLong(board.getId()), board.build());
          return board.build();
        });
  }

  @Override
  public void deleteBoard(DeleteBoardRequest request, StreamObserver<Empty> observer) {
    script.reply(
        request,
        observer,
        () -> {
          boards.remove(Long.parseLong(find(request.getBoardId()).getId()));
          return Empty.getDefaultInstance();
        });
  }

  @Override
  public void getBoardCount(GetBoardCountRequest request, StreamObserver<BoardCount> observer) {
    script.reply(request, observer, () -> BoardCount.newBuilder().setCount(3).build());
  }

  private void follow(String id, int by) {
    Board board = find(id);
    boards.put(
        Long.parseLong(id),
        board.toBuilder().setFollowerCount(board.getFollowerCount() + by).build());
  }

  @Override
  public void followBoard(FollowBoardRequest request, StreamObserver<Empty> observer) {
    script.reply(
        request,
        observer,
        () -> {
          follow(request.getBoardId(), 1);
          return Empty.getDefaultInstance();
        });
  }

  @Override
  public void unfollowBoard(UnfollowBoardRequest request, StreamObserver<Empty> observer) {
    script.reply(
        request,
        observer,
        () -> {
          follow(request.getBoardId(), -1);
          return Empty.getDefaultInstance();
        });
  }

  @Override
  public void listFollowedBoards(
      ListFollowedBoardsRequest request, StreamObserver<ListFollowedBoardsResponse> observer) {
    script.reply(
        request,
        observer,
        () ->
            ListFollowedBoardsResponse.newBuilder()
                .addAllBoards(
                    boards.values().stream().filter(b -> b.getFollowerCount() > 0).toList())
                .build());
  }
}
