// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.placement;

import dev.corkboard.board.BoardCaches;
import dev.corkboard.board.store.v1.Head;
import dev.corkboard.board.store.v1.Head.Place;
import dev.corkboard.board.v1.Placement;
import dev.corkboard.placement.PlacementPage.Placed;
import dev.corkboard.placement.PlacementPage.Position;
import dev.corkboard.platform.page.Paging;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Serves the first pages of boards, as far as {@link Paging#DEFAULT_SIZE}, from the cache, and
 * keeps the cached boards true while Pins come and go: a board shows its count and its covers.
 */
public final class CachedPlacementStore implements PlacementStore {
  private final PlacementStore store;
  private final BoardCaches caches;

  public CachedPlacementStore(PlacementStore store, BoardCaches caches) {
    this.store = store;
    this.caches = caches;
  }

  @Override
  public CompletionStage<Placement> place(PlacementWrite write) {
    return caches.placing(write.boardId(), () -> store.place(write));
  }

  @Override
  public CompletionStage<Placement> update(PlacementWrite write) {
    return caches.placing(write.boardId(), () -> store.update(write));
  }

  @Override
  public CompletionStage<Void> remove(PlacementWrite write) {
    return caches.placing(write.boardId(), () -> store.remove(write));
  }

  @Override
  public CompletionStage<PlacementPage> page(long boardId, Position after, int limit) {
    return after.equals(Position.START) && limit <= Paging.DEFAULT_SIZE
        ? head(boardId).thenApply(head -> page(head).first(limit))
        : store.page(boardId, after, limit);
  }

  private CompletionStage<Head> head(long boardId) {
    return caches
        .heads()
        .get(
            Long.toString(boardId),
            () ->
                store
                    .page(boardId, Position.START, Paging.DEFAULT_SIZE)
                    .thenApply(page -> Optional.of(head(page))))
        .thenApply(head -> head.orElseThrow());
  }

  private static Head head(PlacementPage page) {
    Head.Builder head = Head.newBuilder().setMore(page.more());
    for (Placed placed : page.placed()) {
      head.addPlaces(
          Place.newBuilder()
              .setPlacement(placed.placement())
              .setOrderKey(placed.position().orderKey()));
    }
    return head.build();
  }

  private static PlacementPage page(Head head) {
    return new PlacementPage(
        head.getPlacesList().stream().map(place -> placed(place)).toList(), head.getMore());
  }

  private static Placed placed(Place place) {
    long pinId = Long.parseLong(place.getPlacement().getPinId());
    return new Placed(place.getPlacement(), new Position(place.getOrderKey(), pinId));
  }

  @Override
  public CompletionStage<PlacementPage> page(
      long boardId, long sectionId, Position after, int limit) {
    return store.page(boardId, sectionId, after, limit);
  }

  @Override
  public CompletionStage<List<Placement>> scan(
      long boardId, long afterPin, int limit, boolean deletedOnly) {
    return store.scan(boardId, afterPin, limit, deletedOnly);
  }

  @Override
  public CompletionStage<Void> purge(long boardId) {
    return caches.placing(boardId, () -> store.purge(boardId));
  }
}
