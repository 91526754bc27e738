// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import dev.corkboard.board.v1.Board;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.pin.v1.Pin;
import dev.corkboard.platform.check.Ids;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.server.Caller;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Finds Pins as a caller may see them; what is missing and what is hidden is PIN_NOT_FOUND. */
final class PinAccess {
  private final PinStore pins;
  private final PinSagas sagas;
  private final BoardDirectory boards;

  PinAccess(PinStore pins, PinSagas sagas, BoardDirectory boards) {
    this.pins = pins;
    this.sagas = sagas;
    this.boards = boards;
  }

  /** A Pin that the caller sees, and the board it stands on. */
  record Seen(Pin pin, Board board) {
    /** As it is answered, but for a section that may be gone. */
    Pin answer() {
      return pin.toBuilder().setBoardOwnerId(board.getOwnerId()).build();
    }
  }

  /** A Pin as it is answered. */
  CompletionStage<Pin> get(Caller caller, String pinId) {
    return see(caller, pinId)
        .thenCompose(seen -> boards.inLiveSections(caller, List.of(seen.answer())))
        .thenApply(pins -> pins.get(0));
  }

  /** Those of the Pins that the caller sees, in order, as they are answered. */
  CompletionStage<List<Pin>> getAll(Caller caller, List<String> pinIds) {
    List<String> ids = pinIds.stream().distinct().filter(id -> Ids.parse(id).isPresent()).toList();
    return pins.getAll(ids)
        .thenCompose(
            found -> {
              List<Pin> there = ids.stream().map(found::get).filter(Objects::nonNull).toList();
              return boards
                  .visible(caller, there.stream().map(Pin::getBoardId).toList())
                  .thenCompose(
                      visible ->
                          boards.inLiveSections(
                              caller,
                              there.stream()
                                  .filter(pin -> visible.containsKey(pin.getBoardId()))
                                  .map(pin -> new Seen(pin, visible.get(pin.getBoardId())))
                                  .map(Seen::answer)
                                  .toList()));
            });
  }

  CompletionStage<Seen> see(Caller caller, String pinId) {
    return find(caller, pinId, pins::get);
  }

  /** As {@link #see}, as it stands after all writes, with no operation in progress. */
  CompletionStage<Seen> seeSettled(Caller caller, String pinId) {
    return find(
        caller,
        pinId,
        id ->
            sagas.settled(id).thenApply(row -> row.filter(StoredPin::isLive).map(StoredPin::pin)));
  }

  private CompletionStage<Seen> find(
      Caller caller, String pinId, Function<String, CompletionStage<Optional<Pin>>> reader) {
    if (Ids.parse(pinId).isEmpty()) return CompletableFuture.failedStage(notFound(pinId));
    return reader
        .apply(pinId)
        .thenCompose(
            found -> {
              Pin pin = found.orElseThrow(() -> notFound(pinId));
              return boards
                  .visible(caller, pin.getBoardId())
                  .thenApply(board -> new Seen(pin, board.orElseThrow(() -> notFound(pinId))));
            });
  }

  static ApiException notFound(String pinId) {
    return ApiException.notFound(ErrorReason.ERROR_REASON_PIN_NOT_FOUND, "pin_id", pinId);
  }
}
