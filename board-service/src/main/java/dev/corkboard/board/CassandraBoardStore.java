// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.board;

import dev.corkboard.board.CassandraBoardTable.Snapshot;
import dev.corkboard.board.CassandraOwnerTable.Created;
import dev.corkboard.board.CassandraOwnerTable.View;
import dev.corkboard.board.change.CassandraIntents;
import dev.corkboard.board.change.Intent;
import dev.corkboard.board.change.Outcome;
import dev.corkboard.board.v1.Board;
import dev.corkboard.board.v1.BoardState;
import dev.corkboard.board.v1.Change;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.cassandra.Attempts;
import dev.corkboard.platform.cassandra.Cql;
import dev.corkboard.platform.error.ApiException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Boards in Cassandra. A change within the board's partition is one conditional batch; creating,
 * renaming and deleting also cross to the owner's partition, announced by an intent which the
 * {@link CassandraSettler} finishes or undoes when this process does not.
 */
final class CassandraBoardStore implements BoardStore {
  private final CassandraBoardTable boards;
  private final CassandraOwnerTable owners;
  private final CassandraIntents intents;
  private final CassandraSettler settler;

  CassandraBoardStore(Cql cql, CassandraIntents intents) {
    this.boards = new CassandraBoardTable(cql);
    this.owners = new CassandraOwnerTable(cql);
    this.intents = intents;
    this.settler = new CassandraSettler(boards, owners);
  }

  @Override
  public CompletionStage<Optional<Board>> get(long boardId) {
    return boards
        .header(boardId)
        .thenCompose(
            header ->
                header.isPresent() && header.get().isLive()
                    ? withCovers(header.get()).thenApply(Optional::of)
                    : CompletableFuture.completedStage(Optional.empty()));
  }

  private CompletionStage<Board> withCovers(Header header) {
    return header.pinCount() == 0
        ? CompletableFuture.completedStage(header.toBoard(List.of()))
        : boards.covers(header).thenApply(header::toBoard);
  }

  @Override
  public CompletionStage<Map<Long, Board>> getAll(Collection<Long> boardIds) {
    return Gather.present(boardIds, this::get);
  }

  @Override
  public CompletionStage<Map<Long, BoardState>> states(Collection<Long> boardIds) {
    return Gather.present(
        boardIds, id -> boards.header(id).thenApply(header -> header.map(Header::toState)));
  }

  @Override
  public CompletionStage<BoardScan> scan(long after, int limit) {
    return boards.scan(after, limit);
  }

  @Override
  public CompletionStage<Role> member(long boardId, long accountId) {
    return boards.role(boardId, accountId);
  }

  @Override
  public CompletionStage<List<Long>> listed(long accountId, long before, int limit) {
    return owners.listed(accountId, before, limit);
  }

  @Override
  public CompletionStage<Integer> owned(long accountId) {
    return owners.count(accountId);
  }

  @Override
  public CompletionStage<Board> create(Board board, RequestKey request) {
    String slug = Slug.of(board.getName());
    return Attempts.until(() -> tryCreate(board, slug, request));
  }

  private CompletionStage<Optional<Board>> tryCreate(Board board, String slug, RequestKey request) {
    long ownerId = Long.parseLong(board.getOwnerId());
    return owners
        .view(ownerId, slug, request)
        .thenCompose(
            view -> {
              if (view.created().isPresent()) return repeat(view.created().get(), slug, request);
              requireRoom(view, board);
              CompletionStage<?> opened =
                  view.boardCount().isPresent()
                      ? CompletableFuture.completedStage(null)
                      : owners.open(ownerId);
              long boardId = Long.parseLong(board.getId());
              return opened
                  .thenCompose(
                      ok ->
                          intents.begin(
                              Intent.create(intents.newId(), boardId, ownerId, board, slug)))
                  .thenCompose(intent -> claim(intent, request));
            });
  }

  private CompletionStage<Optional<Board>> claim(Intent intent, RequestKey request) {
    return owners
        .claim(intent, request, MAX_BOARDS)
        .thenCompose(
            cas ->
                cas.applied()
                    ? boards.create(intent).thenApply(there -> Outcome.APPLIED)
                    : settler.settle(intent))
        .thenApply(outcome -> noted(intent, outcome, intent.board()));
  }

  private <T> Optional<T> noted(Intent intent, Outcome outcome, T answer) {
    intents.note(intent, outcome);
    return outcome == Outcome.APPLIED ? Optional.of(answer) : Optional.empty();
  }

  private static void requireRoom(View view, Board board) {
    if (view.slugHolder().isPresent()) throw nameTaken(board);
    if (view.boardCount().orElse(0) >= MAX_BOARDS) {
      throw ApiException.exhausted(
          ErrorReason.ERROR_REASON_TOO_MANY_BOARDS,
          "owner_id",
          board.getOwnerId(),
          "An account may own at most " + MAX_BOARDS + " boards.");
    }
  }

  static ApiException nameTaken(Board board) {
    return ApiException.alreadyExists(
        ErrorReason.ERROR_REASON_BOARD_NAME_TAKEN,
        "name",
        board.getName(),
        "The account has another board of this name.");
  }

  /** The board first created: as it is now, or as it was when it has been deleted since. */
  private CompletionStage<Optional<Board>> repeat(
      Created created, String slug, RequestKey request) {
    request.requireSame(created.digest());
    long ownerId = Long.parseLong(created.board().getOwnerId());
    Intent intent =
        Intent.create(created.intent(), created.boardId(), ownerId, created.board(), slug);
    return boards
        .header(created.boardId())
        .thenCompose(
            header ->
                header.isPresent() ? CompletableFuture.completedStage(null) : boards.create(intent))
        .thenCompose(ok -> get(created.boardId()))
        .thenApply(live -> Optional.of(live.orElse(created.board())));
  }

  @Override
  public CompletionStage<Board> update(BoardUpdate update) {
    return Attempts.until(
        () ->
            boards
                .snapshot(update.boardId(), update.request())
                .thenCompose(snapshot -> tryUpdate(update, snapshot)));
  }

  private CompletionStage<Optional<Board>> tryUpdate(BoardUpdate update, Snapshot snapshot) {
    Header header = live(update.boardId(), snapshot.header());
    Board current = header.toBoard(List.of());
    Board wanted = update.edit().apply(current);
    if (snapshot.request().isPresent()) {
      update.request().requireSame(snapshot.request().get());
      return withCovers(header).thenApply(Optional::of);
    }
    requireEtag(update.etag(), current);
    if (wanted.equals(current)) return withCovers(header).thenApply(Optional::of);
    String slug = Slug.of(wanted.getName());
    Intent within =
        Intent.within(
            intents.newId(),
            Change.Type.TYPE_BOARD_UPDATED,
            header.boardId(),
            header.ownerId(),
            0,
            update.actorId());
    boolean renames = !slug.equals(header.slug());
    Intent intent = renames ? within.slugs(slug, header.slug(), header.slugIntent()) : within;
    return intents
        .begin(intent)
        .thenCompose(begun -> renames ? reserve(begun, wanted) : go(begun))
        .thenCompose(
            begun ->
                boards
                    .update(header, wanted, begun, update.request())
                    .thenCompose(cas -> end(begun, cas.applied()))
                    .thenCompose(outcome -> updated(begun, outcome)))
        .exceptionallyCompose(CassandraBoardStore::lostRace);
  }

  private static <T> CompletionStage<T> go(T value) {
    return CompletableFuture.completedStage(value);
  }

  private CompletionStage<Intent> reserve(Intent intent, Board wanted) {
    return owners
        .reserve(intent)
        .thenCompose(
            cas ->
                cas.applied()
                    ? go(intent)
                    : owners
                        .isReserved(intent)
                        .thenCompose(mine -> mine ? go(intent) : refused(intent, wanted)));
  }

  /** Somebody else has the name, or this very board in another change that is in flight. */
  private CompletionStage<Intent> refused(Intent intent, Board wanted) {
    intents.note(intent, Outcome.ABORTED);
    return owners
        .view(intent.ownerId(), intent.newSlug(), NO_REQUEST)
        .thenApply(
            view -> {
              if (view.slugHolder().filter(id -> id != intent.boardId()).isPresent()) {
                throw nameTaken(wanted);
              }
              throw new LostRace();
            });
  }

  private CompletionStage<Outcome> end(Intent intent, boolean applied) {
    return applied ? settler.finish(intent, Outcome.APPLIED) : settler.settle(intent);
  }

  private CompletionStage<Optional<Board>> updated(Intent intent, Outcome outcome) {
    intents.note(intent, outcome);
    if (outcome != Outcome.APPLIED) return go(Optional.empty());
    return get(intent.boardId())
        .thenApply(
            board ->
                Optional.of(
                    board.orElseThrow(
                        () -> BoardAccess.notFound(Long.toString(intent.boardId())))));
  }

  @Override
  public CompletionStage<Void> delete(
      long boardId, long actorId, Consumer<Board> check, String etag) {
    return Attempts.until(
            () ->
                boards
                    .header(boardId)
                    .thenCompose(
                        found -> {
                          Header header = live(boardId, found);
                          Board current = header.toBoard(List.of());
                          check.accept(current);
                          requireEtag(etag, current);
                          return tryDelete(header, actorId);
                        }))
        .thenAccept(done -> {});
  }

  private CompletionStage<Optional<Outcome>> tryDelete(Header header, long actorId) {
    Intent intent =
        Intent.within(
                intents.newId(),
                Change.Type.TYPE_BOARD_DELETED,
                header.boardId(),
                header.ownerId(),
                0,
                actorId)
            .slugs("", header.slug(), header.slugIntent());
    return intents
        .begin(intent)
        .thenCompose(
            begun ->
                boards
                    .delete(header, begun)
                    .thenCompose(cas -> end(begun, cas.applied()))
                    .thenApply(outcome -> noted(begun, outcome, outcome)));
  }

  private static Header live(long boardId, Optional<Header> header) {
    return header
        .filter(Header::isLive)
        .orElseThrow(() -> BoardAccess.notFound(Long.toString(boardId)));
  }

  private static void requireEtag(String wanted, Board current) {
    if (!wanted.isEmpty() && !wanted.equals(current.getEtag())) {
      throw ApiException.aborted(
          ErrorReason.ERROR_REASON_ETAG_MISMATCH, "The board changed since the etag was read.");
    }
  }

  private static final RequestKey NO_REQUEST = RequestKey.of("", "", Board.getDefaultInstance());

  /** Another change of the same board has the name in its hands; trying again will tell. */
  @SuppressWarnings("serial")
  private static final class LostRace extends RuntimeException {
    LostRace() {
      super(null, null, false, false);
    }
  }

  private static <T> CompletionStage<Optional<T>> lostRace(Throwable failure) {
    boolean again = failure instanceof LostRace || failure.getCause() instanceof LostRace;
    return again ? go(Optional.empty()) : CompletableFuture.failedStage(failure);
  }
}
