// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import dev.corkboard.board.v1.Board;
import dev.corkboard.board.v1.BoardState;
import dev.corkboard.board.v1.Change;
import dev.corkboard.board.v1.Placement;
import dev.corkboard.board.v1.Privacy;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.server.Caller;
import io.grpc.BindableService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** Boards that really keep placements, by the rules of board-service, in the memory of the test. */
final class FakeBoards {
  private final Map<String, FakeBoard> boards = new HashMap<>();
  private final List<Change> changes = new ArrayList<>();
  private int forgotten;

  /** One board; placements by Pin id. */
  static final class FakeBoard {
    final String id;
    final String owner;
    Privacy privacy;
    String name;
    boolean deleted;
    int miscounted;
    int limit = 200_000;
    final Set<String> editors = new HashSet<>();
    final Set<String> sections = new HashSet<>();
    final TreeMap<Long, Placement> placements = new TreeMap<>(java.util.Comparator.reverseOrder());
    final Set<String> requests = new HashSet<>();

    FakeBoard(String id, String owner, Privacy privacy) {
      this.id = id;
      this.owner = owner;
      this.privacy = privacy;
      this.name = "Board " + id;
    }

    Board toProto() {
      return Board.newBuilder()
          .setId(id)
          .setOwnerId(owner)
          .setName(name)
          .setPrivacy(privacy)
          .setCollaboratorCount(editors.size())
          .setPinCount(placements.size())
          .build();
    }

    BoardState toState() {
      return BoardState.newBuilder()
          .setBoardId(id)
          .setOwnerId(owner)
          .setPrivacy(privacy)
          .setDeleted(deleted)
          .setPinCount(placements.size() + miscounted)
          .build();
    }

    boolean isMember(String account) {
      return account.equals(owner) || editors.contains(account);
    }
  }

  synchronized String create(String owner, Privacy privacy) {
    FakeBoard board = new FakeBoard(Pins.someId(), owner, privacy);
    boards.put(board.id, board);
    return board.id;
  }

  synchronized void delete(String boardId) {
    board(boardId).deleted = true;
    changes.add(
        Change.newBuilder()
            .setChangeId(UUID.randomUUID().toString())
            .setType(Change.Type.TYPE_BOARD_DELETED)
            .setBoardId(boardId)
            .build());
  }

  /** As if the board had never been. */
  synchronized void forget(String boardId) {
    boards.remove(boardId);
  }

  synchronized FakeBoard board(String boardId) {
    return boards.get(boardId);
  }

  /** The boards a Pin stands on, deleted ones included. */
  synchronized Set<String> boardsOf(String pinId) {
    Set<String> found = new HashSet<>();
    for (FakeBoard board : boards.values()) {
      if (board.placements.containsKey(Long.parseLong(pinId))) found.add(board.id);
    }
    return found;
  }

  /** Whether the board is deleted and its rows are removed. */
  synchronized boolean isPurged(String boardId) {
    return board(boardId).deleted && board(boardId).placements.isEmpty();
  }

  /** Makes the log forget what it holds now. */
  synchronized void forgetChanges() {
    forgotten = changes.size();
  }

  synchronized List<BoardState> states() {
    return boards.values().stream().map(FakeBoard::toState).toList();
  }

  synchronized Optional<FakeBoard> find(String boardId) {
    return Optional.ofNullable(boards.get(boardId));
  }

  synchronized List<Change> changesFrom(int position, int limit) {
    return List.copyOf(
        changes.subList(
            Math.min(position, changes.size()), Math.min(position + limit, changes.size())));
  }

  synchronized boolean isForgotten(int position) {
    return position < forgotten;
  }

  synchronized int oldestChange() {
    return forgotten;
  }

  synchronized int changeCount() {
    return changes.size();
  }

  FakeBoard visible(Caller caller, String boardId) {
    return find(boardId)
        .filter(board -> !board.deleted && sees(caller, board))
        .orElseThrow(() -> notFound(boardId));
  }

  static boolean sees(Caller caller, FakeBoard board) {
    return board.privacy != Privacy.PRIVACY_SECRET
        || (board.isMember(caller.accountId()) && caller.hasScope("boards:read_secret"));
  }

  static ApiException notFound(String boardId) {
    return ApiException.notFound(ErrorReason.ERROR_REASON_BOARD_NOT_FOUND, "board_id", boardId);
  }

  List<BindableService> services() {
    return List.of(
        new FakeBoardService(this), new FakePlacementService(this), new FakeSectionService(this));
  }
}
