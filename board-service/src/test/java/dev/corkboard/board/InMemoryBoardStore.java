// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.board;

import com.google.protobuf.ByteString;
import dev.corkboard.board.v1.Board;
import dev.corkboard.board.v1.BoardState;
import dev.corkboard.board.v1.Section;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.error.ApiException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Boards in a map; the monitor of the store is the transaction. */
public final class InMemoryBoardStore implements BoardStore {
  private final Map<Long, Entry> entries = new HashMap<>();
  private final Map<Request, Created> created = new HashMap<>();

  /** A board and whether it is deleted. */
  public static final class Entry {
    public Board board;
    public boolean live = true;
    public final Map<Long, Role> members = new HashMap<>();
    public final NavigableMap<Long, Section> sections = new TreeMap<>();
    final Map<UUID, ByteString> requests = new HashMap<>();

    Entry(Board board) {
      this.board = board;
    }
  }

  private record Request(String ownerId, UUID id) {}

  private record Created(ByteString digest, Board board) {}

  /** The entry of a board, live or not. Hold the store's monitor while using it. */
  public Optional<Entry> entry(long boardId) {
    return Optional.ofNullable(entries.get(boardId));
  }

  private Optional<Entry> live(long boardId) {
    return entry(boardId).filter(entry -> entry.live);
  }

  private synchronized <T> CompletionStage<T> transaction(Supplier<T> work) {
    try {
      return CompletableFuture.completedStage(work.get());
    } catch (ApiException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  @Override
  public CompletionStage<Optional<Board>> get(long boardId) {
    return transaction(() -> live(boardId).map(entry -> entry.board));
  }

  @Override
  public CompletionStage<Map<Long, Board>> getAll(Collection<Long> boardIds) {
    return Gather.present(boardIds, this::get);
  }

  @Override
  public CompletionStage<Map<Long, BoardState>> states(Collection<Long> boardIds) {
    return Gather.present(
        boardIds, id -> transaction(() -> entry(id).map(InMemoryBoardStore::state)));
  }

  private static BoardState state(Entry entry) {
    return BoardState.newBuilder()
        .setBoardId(entry.board.getId())
        .setOwnerId(entry.board.getOwnerId())
        .setPrivacy(entry.board.getPrivacy())
        .setDeleted(!entry.live)
        .setPinCount(entry.board.getPinCount())
        .build();
  }

  @Override
  public CompletionStage<BoardScan> scan(long after, int limit) {
    return transaction(
        () -> {
          List<Long> ids =
              entries.keySet().stream().filter(id -> id > after).sorted().limit(limit).toList();
          return new BoardScan(
              ids.stream().map(id -> state(entries.get(id))).toList(),
              ids.size() < limit ? OptionalLong.empty() : OptionalLong.of(ids.get(ids.size() - 1)));
        });
  }

  @Override
  public CompletionStage<Role> member(long boardId, long accountId) {
    return transaction(
        () ->
            entry(boardId)
                .map(entry -> entry.members.getOrDefault(accountId, Role.NONE))
                .orElse(Role.NONE));
  }

  @Override
  public CompletionStage<List<Long>> listed(long accountId, long before, int limit) {
    return transaction(
        () ->
            entries.entrySet().stream()
                .filter(e -> e.getKey() < before && e.getValue().live)
                .filter(e -> isListed(e.getValue(), accountId))
                .map(Map.Entry::getKey)
                .sorted(Comparator.reverseOrder())
                .limit(limit)
                .toList());
  }

  private static boolean isListed(Entry entry, long accountId) {
    return entry.board.getOwnerId().equals(Long.toString(accountId))
        || entry.members.containsKey(accountId);
  }

  @Override
  public CompletionStage<Integer> owned(long accountId) {
    String owner = Long.toString(accountId);
    return transaction(
        () ->
            (int)
                entries.values().stream()
                    .filter(e -> e.live && e.board.getOwnerId().equals(owner))
                    .count());
  }

  @Override
  public CompletionStage<Board> create(Board board, RequestKey request) {
    return transaction(
        () -> {
          Optional<Request> key = request.id().map(id -> new Request(board.getOwnerId(), id));
          Created before = key.map(created::get).orElse(null);
          if (before != null) {
            request.requireSame(before.digest());
            return live(Fixtures.id(before.board()))
                .map(entry -> entry.board)
                .orElse(before.board());
          }
          requireFree(board);
          long owned =
              entries.values().stream()
                  .filter(e -> e.live && e.board.getOwnerId().equals(board.getOwnerId()))
                  .count();
          if (owned >= MAX_BOARDS) {
            throw ApiException.exhausted(
                ErrorReason.ERROR_REASON_TOO_MANY_BOARDS, "owner_id", board.getOwnerId(), "");
          }
          entries.put(Fixtures.id(board), new Entry(board));
          key.ifPresent(k -> created.put(k, new Created(request.digest(), board)));
          return board;
        });
  }

  private void requireFree(Board wanted) {
    String slug = Slug.of(wanted.getName());
    boolean taken =
        entries.values().stream()
            .filter(e -> e.live && !e.board.getId().equals(wanted.getId()))
            .filter(e -> e.board.getOwnerId().equals(wanted.getOwnerId()))
            .anyMatch(e -> Slug.of(e.board.getName()).equals(slug));
    if (taken) throw CassandraBoardStore.nameTaken(wanted);
  }

  @Override
  public CompletionStage<Board> update(BoardUpdate update) {
    return transaction(
        () -> {
          Entry entry = require(update.boardId());
          Board wanted = update.edit().apply(entry.board);
          ByteString before = update.request().id().map(entry.requests::get).orElse(null);
          if (before != null) {
            update.request().requireSame(before);
            return entry.board;
          }
          requireEtag(update.etag(), entry.board);
          if (!wanted.equals(entry.board)) {
            requireFree(wanted);
            entry.board = wanted.toBuilder().setEtag(next(entry.board.getEtag())).build();
            update
                .request()
                .id()
                .ifPresent(id -> entry.requests.put(id, update.request().digest()));
          }
          return entry.board;
        });
  }

  private static String next(String etag) {
    return Long.toString(Long.parseLong(etag) + 1);
  }

  private Entry require(long boardId) {
    return live(boardId).orElseThrow(() -> BoardAccess.notFound(Long.toString(boardId)));
  }

  private static void requireEtag(String wanted, Board current) {
    if (!wanted.isEmpty() && !wanted.equals(current.getEtag())) {
      throw ApiException.aborted(ErrorReason.ERROR_REASON_ETAG_MISMATCH, "");
    }
  }

  @Override
  public CompletionStage<Void> delete(
      long boardId, long actorId, Consumer<Board> check, String etag) {
    return transaction(
        () -> {
          Entry entry = require(boardId);
          check.accept(entry.board);
          requireEtag(etag, entry.board);
          entry.live = false;
          return null;
        });
  }
}
