// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.placement;

import com.google.protobuf.ByteString;
import dev.corkboard.board.BoardAccess;
import dev.corkboard.board.BoardStore;
import dev.corkboard.board.InMemoryBoardStore;
import dev.corkboard.board.InMemoryBoardStore.Entry;
import dev.corkboard.board.Role;
import dev.corkboard.board.v1.Placement;
import dev.corkboard.placement.PlacementFacts.Seen;
import dev.corkboard.placement.PlacementPage.Placed;
import dev.corkboard.placement.PlacementPage.Position;
import dev.corkboard.platform.check.Times;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.section.SectionRules;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Placements in maps, on the boards of an {@link InMemoryBoardStore}, under its monitor. */
final class InMemoryPlacementStore implements PlacementStore {
  private final InMemoryBoardStore boards;
  private final Map<Long, Places> places = new HashMap<>();

  /** What stands on a board, newest Pin first. */
  private static final class Places {
    final TreeMap<Long, Placement> standing = new TreeMap<>(Comparator.reverseOrder());
    final Map<UUID, Seen> requests = new HashMap<>();
  }

  InMemoryPlacementStore(InMemoryBoardStore boards) {
    this.boards = boards;
  }

  private Places of(long boardId) {
    return places.computeIfAbsent(boardId, id -> new Places());
  }

  private <T> CompletionStage<T> transaction(Supplier<T> work) {
    synchronized (boards) {
      try {
        return CompletableFuture.completedStage(work.get());
      } catch (ApiException e) {
        return CompletableFuture.failedStage(e);
      }
    }
  }

  private PlacementFacts facts(PlacementWrite write) {
    Optional<Entry> entry = boards.entry(write.boardId());
    if (entry.isEmpty()) return PlacementFacts.noBoard();
    Entry board = entry.get();
    Places here = of(write.boardId());
    boolean owns = board.board.getOwnerId().equals(write.caller().accountId());
    return new PlacementFacts(
        board.live,
        board.board.getPrivacy(),
        owns ? Role.OWNER : board.members.getOrDefault(write.actorId(), Role.NONE),
        here.standing.size(),
        board.sections.containsKey(write.sectionId()),
        Optional.ofNullable(here.standing.get(write.pinId())),
        write.request().id().map(here.requests::get));
  }

  private void commit(PlacementWrite write, Instant at) {
    Places here = of(write.boardId());
    ByteString digest = write.request().digest();
    write.request().id().ifPresent(id -> here.requests.put(id, new Seen(digest, at)));
    Entry entry = boards.entry(write.boardId()).orElseThrow();
    entry.board =
        entry.board.toBuilder()
            .setPinCount(here.standing.size())
            .setPinsModifyTime(Times.toProto(at))
            .clearCoverAssetKeys()
            .addAllCoverAssetKeys(
                here.standing.values().stream()
                    .limit(BoardStore.COVERS)
                    .map(Placement::getCoverAssetKey)
                    .filter(key -> !key.isEmpty())
                    .toList())
            .build();
  }

  @Override
  public CompletionStage<Placement> place(PlacementWrite write) {
    return transaction(
        () ->
            PlacementRules.place(write, facts(write))
                .orElseGet(
                    () -> {
                      Instant at = Instant.now();
                      Placement placement = PlacementRules.placement(write, at);
                      of(write.boardId()).standing.put(write.pinId(), placement);
                      commit(write, at);
                      return placement;
                    }));
  }

  @Override
  public CompletionStage<Placement> update(PlacementWrite write) {
    return transaction(
        () ->
            PlacementRules.update(write, facts(write))
                .orElseGet(
                    () -> {
                      Map<Long, Placement> standing = of(write.boardId()).standing;
                      Placement moved = PlacementRules.moved(write, standing.get(write.pinId()));
                      standing.put(write.pinId(), moved);
                      commit(write, Instant.now());
                      return moved;
                    }));
  }

  @Override
  public CompletionStage<Void> remove(PlacementWrite write) {
    return transaction(
        () -> {
          if (PlacementRules.remove(write, facts(write))) {
            of(write.boardId()).standing.remove(write.pinId());
            commit(write, Instant.now());
          }
          return null;
        });
  }

  @Override
  public CompletionStage<PlacementPage> page(long boardId, Position after, int limit) {
    return transaction(() -> page(live(boardId), any -> true, after, limit));
  }

  @Override
  public CompletionStage<PlacementPage> page(
      long boardId, long sectionId, Position after, int limit) {
    String section = Long.toString(sectionId);
    return transaction(
        () -> {
          Entry board = live(boardId);
          if (!board.sections.containsKey(sectionId)) throw SectionRules.notFound(section);
          return page(board, placed -> placed.getSectionId().equals(section), after, limit);
        });
  }

  private Entry live(long boardId) {
    return boards
        .entry(boardId)
        .filter(entry -> entry.live)
        .orElseThrow(() -> BoardAccess.notFound(Long.toString(boardId)));
  }

  private PlacementPage page(Entry board, Predicate<Placement> filter, Position after, int limit) {
    TreeMap<Long, Placement> standing = of(Long.parseLong(board.board.getId())).standing;
    Map<Long, Placement> from =
        after.equals(Position.START) ? standing : standing.tailMap(after.pinId(), false);
    List<Placement> rest = from.values().stream().filter(filter).toList();
    List<Placed> shown = rest.stream().limit(limit).map(p -> placed(shown(board, p))).toList();
    return new PlacementPage(shown, rest.size() > limit);
  }

  private static Placed placed(Placement placement) {
    Position position =
        new Position(ByteString.copyFromUtf8("x"), Long.parseLong(placement.getPinId()));
    return new Placed(placement, position);
  }

  private static Placement shown(Entry board, Placement placement) {
    boolean there = board.sections.containsKey(CassandraOrderRows.section(placement));
    return there ? placement : placement.toBuilder().clearSectionId().build();
  }

  private void requireDeleted(long boardId) {
    String id = Long.toString(boardId);
    if (boards.entry(boardId).orElseThrow(() -> BoardAccess.notFound(id)).live) {
      throw CassandraPurge.notDeleted(id);
    }
  }

  @Override
  public CompletionStage<List<Placement>> scan(
      long boardId, long afterPin, int limit, boolean deletedOnly) {
    return transaction(
        () -> {
          if (deletedOnly) requireDeleted(boardId);
          return of(boardId).standing.descendingMap().tailMap(afterPin, false).values().stream()
              .limit(limit)
              .toList();
        });
  }

  @Override
  public CompletionStage<Void> purge(long boardId) {
    return transaction(
        () -> {
          requireDeleted(boardId);
          places.remove(boardId);
          return null;
        });
  }
}
