// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import com.google.common.collect.Sets;
import com.google.protobuf.ByteString;
import com.google.protobuf.Empty;
import dev.corkboard.board.v1.Board;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.media.v1.Image;
import dev.corkboard.pin.PinAccess.Seen;
import dev.corkboard.pin.listing.OwnerListing;
import dev.corkboard.pin.search.PinWords;
import dev.corkboard.pin.v1.DeletePinRequest;
import dev.corkboard.pin.v1.Pin;
import dev.corkboard.pin.v1.UpdatePinRequest;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.server.Caller;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;

/** Changes, moves and deletes Pins. */
final class PinEditor {
  /** Rounds against other writers of one Pin before CONTENTION. */
  private static final int ATTEMPTS = 8;

  private final PinStore pins;
  private final PinSagas sagas;
  private final PinAccess access;
  private final BoardDirectory boards;
  private final OwnerListing listing;
  private final Clock clock;

  PinEditor(
      PinStore pins,
      PinSagas sagas,
      PinAccess access,
      BoardDirectory boards,
      OwnerListing listing,
      Clock clock) {
    this.pins = pins;
    this.listing = listing;
    this.sagas = sagas;
    this.access = access;
    this.boards = boards;
    this.clock = clock;
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /**
   * What is to be done to a Pin.
   *
   * @param hash of all that was asked for, the request id aside
   */
  private record Change(
      UpdatePinRequest request, ByteString hash, BiFunction<Pin, Instant, Pin> next) {
    String requestId() {
      return request.getRequestId();
    }
  }

  CompletionStage<Pin> update(Caller caller, UpdatePinRequest request) {
    ByteString hash = PinCreator.hash("update", request.toBuilder().clearRequestId().build());
    return update(
        caller, new Change(request, hash, (pin, now) -> PinRequests.updated(pin, request, now)));
  }

  /** As {@link #update}, for a collage's Pin that shows another drawing. */
  CompletionStage<Pin> redraw(Caller caller, UpdatePinRequest request, Image drawing) {
    UpdatePinRequest asked =
        request.toBuilder().setPin(request.getPin().toBuilder().setEtag("")).build();
    ByteString hash = PinCreator.hash("redraw", asked.toBuilder().clearRequestId().build());
    return update(
        caller,
        new Change(asked, hash, (pin, now) -> PinRequests.redrawn(pin, asked, drawing, now)));
  }

  private CompletionStage<Pin> update(Caller caller, Change change) {
    return update(caller, change, 1).thenCompose(pin -> inLiveSection(caller, pin));
  }

  /** What is done must not look as if it had failed. */
  private CompletionStage<Pin> inLiveSection(Caller caller, Pin pin) {
    return boards
        .inLiveSections(caller, List.of(pin))
        .thenApply(pins -> pins.get(0))
        .exceptionally(unanswered -> pin);
  }

  private CompletionStage<Pin> update(Caller caller, Change change, int attempt) {
    return access
        .seeSettled(caller, change.request().getPin().getId())
        .thenCompose(
            seen -> {
              requireOwner(caller, seen);
              return done(seen.pin().getId(), change.requestId(), change.hash())
                  .thenCompose(
                      before ->
                          before
                              ? pins.conceal(seen.pin().getId())
                                  .thenCompose(concealed -> answerAgain(caller, seen))
                              : change(caller, change, seen, attempt));
            });
  }

  /** What was read first may be from before the change, made by an attempt that came late. */
  private CompletionStage<Pin> answerAgain(Caller caller, Seen seen) {
    return access.seeSettled(caller, seen.pin().getId()).thenApply(Seen::answer);
  }

  private static void requireOwner(Caller caller, Seen seen) {
    if (!seen.pin().getOwnerId().equals(caller.accountId())) {
      throw ApiException.permissionDenied("Only the owner of the Pin may change it.");
    }
    BoardDirectory.requireWriteScopes(caller, seen.board());
  }

  private CompletionStage<Boolean> done(String pinId, String requestId, ByteString hash) {
    if (requestId.isEmpty()) return CompletableFuture.completedStage(false);
    return pins.changedBy(pinId, requestId)
        .thenApply(
            known -> {
              if (known.isPresent() && !known.get().equals(hash)) {
                throw ApiException.requestIdReused(requestId);
              }
              return known.isPresent();
            });
  }

  private CompletionStage<Pin> change(Caller caller, Change change, Seen seen, int attempt) {
    Pin before = seen.pin();
    requireEtag(change.request().getPin().getEtag(), before);
    Pin after = change.next().apply(before, now());
    if (after.equals(before)) return CompletableFuture.completedStage(seen.answer());
    boolean moves =
        !after.getBoardId().equals(before.getBoardId())
            || !after.getSectionId().equals(before.getSectionId())
            || !CreationOperation.cover(after).equals(CreationOperation.cover(before));
    CompletionStage<Optional<Seen>> changed =
        describe(before, after)
            .thenCompose(
                described ->
                    moves
                        ? move(caller, change, seen, after)
                        : pins.update(before, after, change.requestId(), change.hash())
                            .thenCompose(
                                applied -> applied ? some(seen, after) : reread(seen, after)));
    return changed.thenCompose(
        result -> {
          if (result.isPresent()) {
            return CompletableFuture.completedStage(result.get().answer());
          }
          if (attempt == ATTEMPTS) throw Operation.overtaken();
          return update(caller, change, attempt + 1);
        });
  }

  /**
   * Before the Pin has new words it is found by them; what it no longer has, searches pass over.
   */
  private CompletionStage<Void> describe(Pin before, Pin after) {
    Set<String> words = Sets.difference(PinWords.of(after), PinWords.of(before)).immutableCopy();
    return words.isEmpty()
        ? CompletableFuture.completedStage(null)
        : listing.describe(after.getOwnerId(), after.getId(), words);
  }

  private CompletionStage<Optional<Seen>> move(Caller caller, Change change, Seen seen, Pin after) {
    CompletionStage<Board> target =
        after.getBoardId().equals(seen.board().getId())
            ? CompletableFuture.completedStage(seen.board())
            : boards.writable(caller, after.getBoardId());
    return target.thenCompose(
        board -> {
          BoardDirectory.requirePossibleSection(after.getSectionId());
          return sagas
              .run(
                  Intents.move(seen.pin(), after, change.requestId(), change.hash(), caller, now()),
                  Optional.of(new StoredPin(StoredPin.State.LIVE, seen.pin(), Optional.empty())))
              .thenCompose(
                  outcome ->
                      switch (outcome.kind()) {
                        case DONE ->
                            pins.conceal(after.getId())
                                .thenApply(concealed -> Optional.of(new Seen(after, board)));
                        case REFUSED -> throw outcome.refusal().orElseThrow();
                        default -> CompletableFuture.completedStage(Optional.empty());
                      });
        });
  }

  private static CompletionStage<Optional<Seen>> some(Seen before, Pin after) {
    return CompletableFuture.completedStage(Optional.of(new Seen(after, before.board())));
  }

  /** Whether the write that seems refused is the one that stands: its outcome was unknown once. */
  private CompletionStage<Optional<Seen>> reread(Seen before, Pin after) {
    return pins.load(after.getId())
        .thenApply(
            row ->
                row.filter(StoredPin::isLive)
                    .map(StoredPin::pin)
                    .filter(after::equals)
                    .map(same -> new Seen(same, before.board())));
  }

  private static void requireEtag(String etag, Pin pin) {
    if (!etag.isEmpty() && !etag.equals(pin.getEtag())) throw stale();
  }

  private static ApiException stale() {
    return ApiException.aborted(
        ErrorReason.ERROR_REASON_ETAG_MISMATCH, "The Pin changed since it was read.");
  }

  CompletionStage<Empty> delete(Caller caller, DeletePinRequest request) {
    return delete(caller, request, 1);
  }

  /**
   * The owner of the board may delete only what stands there: for them the deletion holds for the
   * Pin as it was looked at.
   */
  private CompletionStage<Empty> delete(Caller caller, DeletePinRequest request, int attempt) {
    return access
        .seeSettled(caller, request.getPinId())
        .thenCompose(
            seen -> {
              boolean owner = seen.pin().getOwnerId().equals(caller.accountId());
              if (!owner && !seen.board().getOwnerId().equals(caller.accountId())) {
                throw ApiException.permissionDenied(
                    "Only the owner of the Pin or of its board may delete it.");
              }
              BoardDirectory.requireWriteScopes(caller, seen.board());
              requireEtag(request.getEtag(), seen.pin());
              boolean conditional = !owner || !request.getEtag().isEmpty();
              return sagas
                  .run(
                      Intents.delete(seen.pin(), conditional, caller, now()),
                      Optional.of(
                          new StoredPin(StoredPin.State.LIVE, seen.pin(), Optional.empty())))
                  .thenCompose(
                      outcome -> {
                        if (outcome.kind() == Outcome.Kind.DONE) {
                          return pins.conceal(seen.pin().getId())
                              .thenApply(concealed -> Empty.getDefaultInstance());
                        }
                        if (attempt == ATTEMPTS) throw Operation.overtaken();
                        return delete(caller, request, attempt + 1);
                      });
            });
  }
}
