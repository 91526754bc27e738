// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.board;

import dev.corkboard.board.v1.Board;
import dev.corkboard.board.v1.ListBoardsRequest;
import dev.corkboard.board.v1.ListBoardsResponse;
import dev.corkboard.board.v1.Privacy;
import dev.corkboard.platform.check.Ids;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.page.PageTokens;
import dev.corkboard.platform.page.Paging;
import dev.corkboard.platform.server.Caller;
import dev.corkboard.platform.text.Words;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Pages through a caller's boards: full pages, though some of what is listed is not shown. */
final class BoardListing {
  private static final String LISTING = "boards";

  /** Reading in chunks of at least this many costs little and saves rounds. */
  private static final int MIN_CHUNK = 25;

  private final BoardStore store;
  private final PageTokens tokens;

  /** Where a page goes on, and what a token remembers of the request. */
  private record Position(long before, int pageSize, int filter, String query) {
    byte[] toBytes() {
      byte[] text = query.getBytes(StandardCharsets.UTF_8);
      return ByteBuffer.allocate(Long.BYTES + 2 * Integer.BYTES + text.length)
          .putLong(before)
          .putInt(pageSize)
          .putInt(filter)
          .put(text)
          .array();
    }

    static Position of(byte[] payload) {
      return Paging.read(
          payload,
          bytes ->
              new Position(
                  bytes.getLong(),
                  bytes.getInt(),
                  bytes.getInt(),
                  StandardCharsets.UTF_8.decode(bytes).toString()));
    }
  }

  BoardListing(BoardStore store, PageTokens tokens) {
    this.store = store;
    this.tokens = tokens;
  }

  CompletionStage<ListBoardsResponse> list(Caller caller, ListBoardsRequest request) {
    Set<Privacy> asked = BoardRequests.filter(request);
    Position position = position(caller, request, mask(asked));
    int size = Paging.size(request.getPageSize(), position.pageSize(), Paging.MAX_SIZE);
    Reading reading =
        new Reading(caller, privacies(position.filter()), Words.of(position.query()), size + 1);
    return reading
        .from(position.before())
        .thenApply(boards -> page(caller, boards, size, position));
  }

  /** How many boards the caller owns and sees. */
  CompletionStage<Integer> count(Caller caller) {
    if (caller.hasScope(BoardAccess.READ_SECRET)) {
      return store.owned(Ids.parse(caller.accountId()).orElse(0));
    }
    return new Reading(caller, Set.of(), Set.of(), Integer.MAX_VALUE)
        .from(Long.MAX_VALUE)
        .thenApply(
            boards ->
                (int)
                    boards.stream()
                        .filter(board -> board.getOwnerId().equals(caller.accountId()))
                        .count());
  }

  private Position position(Caller caller, ListBoardsRequest request, int asked) {
    if (request.getPageToken().isEmpty()) {
      return new Position(Long.MAX_VALUE, Paging.DEFAULT_SIZE, asked, request.getQuery());
    }
    byte[] payload = tokens.open(request.getPageToken(), LISTING, caller.accountId());
    Position position = Position.of(payload);
    boolean otherQuery =
        !request.getQuery().isEmpty() && !request.getQuery().equals(position.query());
    if (otherQuery || (asked != 0 && asked != position.filter())) {
      throw ApiException.invalidPageToken();
    }
    return position;
  }

  private ListBoardsResponse page(Caller caller, List<Board> boards, int size, Position from) {
    ListBoardsResponse.Builder page = ListBoardsResponse.newBuilder();
    if (boards.size() <= size) return page.addAllBoards(boards).build();
    Position next =
        new Position(
            Long.parseLong(boards.get(size - 1).getId()), size, from.filter(), from.query());
    return page.addAllBoards(boards.subList(0, size))
        .setNextPageToken(tokens.seal(LISTING, caller.accountId(), next.toBytes(), Paging.LIFE))
        .build();
  }

  private static int mask(Set<Privacy> privacies) {
    return privacies.stream().mapToInt(privacy -> 1 << privacy.getNumber()).sum();
  }

  private static Set<Privacy> privacies(int mask) {
    EnumSet<Privacy> set = EnumSet.noneOf(Privacy.class);
    for (Privacy privacy : EnumSet.complementOf(EnumSet.of(Privacy.UNRECOGNIZED))) {
      if ((mask & 1 << privacy.getNumber()) != 0) set.add(privacy);
    }
    return set;
  }

  /** Collects visible boards until there are enough or no more. */
  private final class Reading {
    private final Caller caller;
    private final long accountId;
    private final Set<Privacy> filter;
    private final Set<String> words;
    private final int wanted;
    private final List<Board> found = new ArrayList<>();

    Reading(Caller caller, Set<Privacy> filter, Set<String> words, int wanted) {
      this.caller = caller;
      this.accountId = Ids.parse(caller.accountId()).orElse(0);
      this.filter = filter;
      this.words = words;
      this.wanted = wanted;
    }

    CompletionStage<List<Board>> from(long before) {
      int chunk = Math.min(Math.max(wanted - found.size(), MIN_CHUNK), Paging.MAX_SIZE + 1);
      return store
          .listed(accountId, before, chunk)
          .thenCompose(
              ids ->
                  store
                      .getAll(ids)
                      .thenCompose(boards -> shown(ids, boards))
                      .thenCompose(
                          shown -> {
                            shown.stream().limit(wanted - found.size()).forEach(found::add);
                            return found.size() == wanted || ids.size() < chunk
                                ? CompletableFuture.completedStage(found)
                                : from(ids.get(ids.size() - 1));
                          }));
    }

    private CompletionStage<List<Board>> shown(List<Long> ids, Map<Long, Board> boards) {
      return Gather.present(ids, id -> shown(Optional.ofNullable(boards.get(id))))
          .thenApply(shown -> List.copyOf(shown.values()));
    }

    private CompletionStage<Optional<Board>> shown(Optional<Board> listed) {
      Optional<Board> board =
          listed
              .filter(b -> filter.isEmpty() || filter.contains(b.getPrivacy()))
              .filter(b -> words.isEmpty() || Words.of(b.getName()).containsAll(words));
      if (board.isEmpty() || board.get().getOwnerId().equals(caller.accountId())) {
        return CompletableFuture.completedStage(
            board.filter(b -> BoardAccess.sees(caller, b.getPrivacy(), Role.OWNER)));
      }
      return store
          .member(Long.parseLong(board.get().getId()), accountId)
          .thenApply(
              role ->
                  board.filter(
                      b -> role != Role.NONE && BoardAccess.sees(caller, b.getPrivacy(), role)));
    }
  }
}
