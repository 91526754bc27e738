// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import dev.corkboard.board.v1.Board;
import dev.corkboard.pin.PinAccess.Seen;
import dev.corkboard.pin.RequestStore.Known;
import dev.corkboard.pin.v1.CreatePinRequest;
import dev.corkboard.pin.v1.Pin;
import dev.corkboard.pin.v1.SavePinRequest;
import dev.corkboard.platform.check.Ids;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.server.Caller;
import io.grpc.Context;
import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * Creates and saves Pins. What may be refused without a trace comes first: the board, then the
 * pictures; then the request id is fixed to one Pin id, and the operation begins.
 */
final class PinCreator {
  private final PinStore pins;
  private final RequestStore requests;
  private final PinSagas sagas;
  private final PinAccess access;
  private final BoardDirectory boards;
  private final PinMediaSources media;
  private final LongSupplier ids;
  private final Clock clock;

  PinCreator(
      PinStore pins,
      RequestStore requests,
      PinSagas sagas,
      PinAccess access,
      BoardDirectory boards,
      PinMediaSources media,
      LongSupplier ids,
      Clock clock) {
    this.pins = pins;
    this.requests = requests;
    this.sagas = sagas;
    this.access = access;
    this.boards = boards;
    this.media = media;
    this.ids = ids;
    this.clock = clock;
  }

  /** Builds the Pin once its id is fixed. */
  private interface Draft {
    Pin build(String id, Instant now);
  }

  CompletionStage<Pin> create(Caller caller, CreatePinRequest request) {
    return create(caller, request, "create", found -> found);
  }

  /** As {@link #create}, of the drawing of a collage. */
  CompletionStage<Pin> createCollage(Caller caller, CreatePinRequest request, String collageId) {
    return create(
        caller,
        request,
        "create-collage/" + collageId,
        found -> PinMedia.drawing(found.images().get(0), collageId));
  }

  private CompletionStage<Pin> create(
      Caller caller, CreatePinRequest request, String method, UnaryOperator<PinMedia> kind) {
    Context call = Context.current();
    return media
        .repeatable(caller.accountId(), request)
        .thenCompose(
            asked ->
                once(
                    call,
                    caller,
                    new Asked(
                        request.getRequestId(), hash(method, asked), request.getPin().getBoardId()),
                    () -> draft(caller, request, kind)));
  }

  private CompletionStage<Ready> draft(
      Caller caller, CreatePinRequest request, UnaryOperator<PinMedia> kind) {
    String parentId = request.getPin().getParentPinId();
    return boards
        .writable(caller, request.getPin().getBoardId())
        .thenCompose(
            board -> {
              BoardDirectory.requirePossibleSection(request.getPin().getSectionId());
              return parent(caller, parentId)
                  .thenCompose(
                      parent ->
                          media
                              .find(caller.accountId(), request)
                              .thenApply(
                                  found ->
                                      new Ready(
                                          board,
                                          (id, now) ->
                                              PinRequests.created(
                                                  request,
                                                  id,
                                                  caller.accountId(),
                                                  parent,
                                                  kind.apply(found),
                                                  now))));
            });
  }

  private CompletionStage<Pin> parent(Caller caller, String parentId) {
    return parentId.isEmpty()
        ? CompletableFuture.completedStage(Pin.getDefaultInstance())
        : access.see(caller, parentId).thenApply(Seen::pin);
  }

  CompletionStage<Pin> save(Caller caller, SavePinRequest request) {
    Message asked = request.toBuilder().clearRequestId().build();
    return once(
        Context.current(),
        caller,
        new Asked(request.getRequestId(), hash("save", asked), request.getBoardId()),
        () ->
            access
                .see(caller, request.getPinId())
                .thenCompose(
                    source ->
                        boards
                            .writable(caller, request.getBoardId())
                            .thenCompose(
                                board -> {
                                  BoardDirectory.requirePossibleSection(request.getSectionId());
                                  return media
                                      .keep(source.pin())
                                      .thenApply(
                                          touched ->
                                              new Ready(
                                                  board,
                                                  (id, now) ->
                                                      PinRequests.saved(
                                                          request,
                                                          id,
                                                          caller.accountId(),
                                                          source.pin(),
                                                          now)));
                                })));
  }

  /** What is left when nothing but the place can be refused any more. */
  private record Ready(Board board, Draft draft) {}

  private interface Preparation {
    CompletionStage<Ready> prepare();
  }

  /**
   * What a caller asks for.
   *
   * @param hash of everything but the id
   */
  private record Asked(String requestId, ByteString hash, String boardId) {}

  private CompletionStage<Pin> once(
      Context call, Caller caller, Asked asked, Preparation preparation) {
    if (asked.requestId().isEmpty()) return prepareAndPut(call, caller, asked, preparation);
    return requests
        .find(caller.accountId(), asked.requestId())
        .thenCompose(
            known ->
                known.isEmpty()
                    ? prepareAndPut(call, caller, asked, preparation)
                    : again(call, caller, asked, known.get(), preparation));
  }

  /** Once more what was begun before, and may go on yet. */
  private CompletionStage<Pin> again(
      Context call, Caller caller, Asked asked, Known known, Preparation preparation) {
    return replay(caller, asked, known)
        .thenCompose(
            made ->
                made.isPresent()
                    ? CompletableFuture.completedStage(made.get().answer())
                    : prepareAndPut(call, caller, asked, preparation)
                        .exceptionallyCompose(thrown -> refuse(caller, asked, known, thrown)));
  }

  /** A refusal is an answer only when no attempt before it can make the Pin any more. */
  private CompletionStage<Pin> refuse(Caller caller, Asked asked, Known known, Throwable thrown) {
    ApiException failure = ApiException.from(thrown);
    if (!failure.isRefusal()) return CompletableFuture.failedStage(failure);
    return pins.preclude(known.pinId(), caller.accountId(), asked.boardId())
        .thenCompose(
            precluded ->
                precluded
                    ? requests
                        .forget(caller.accountId(), asked.requestId(), known.pinId())
                        .thenApply(forgotten -> Optional.<Seen>empty())
                    : replay(caller, asked, known))
        .thenApply(made -> made.orElseThrow(() -> failure).answer());
  }

  /** What a known request made; empty when it came to nothing and is to be done (again). */
  private CompletionStage<Optional<Seen>> replay(Caller caller, Asked asked, Known known) {
    if (!known.hash().equals(asked.hash())) throw ApiException.requestIdReused(asked.requestId());
    return sagas
        .settled(known.pinId())
        .thenCompose(
            row -> {
              if (row.isEmpty()) return CompletableFuture.completedStage(Optional.<Seen>empty());
              if (row.get().isLive())
                return access.see(caller, known.pinId()).thenApply(Optional::of);
              return requests
                  .find(caller.accountId(), asked.requestId())
                  .thenApply(
                      still -> {
                        if (still.isPresent()) throw PinAccess.notFound(known.pinId());
                        return Optional.<Seen>empty();
                      });
            });
  }

  private CompletionStage<Pin> prepareAndPut(
      Context call, Caller caller, Asked asked, Preparation preparation) {
    return preparation
        .prepare()
        .thenCompose(
            ready -> {
              requireWaiting(call);
              return fixId(caller, asked)
                  .thenCompose(id -> put(caller, asked.requestId(), id, ready));
            });
  }

  /** Who gave up may ask again by now, and is not to be overtaken by what was asked before. */
  private static void requireWaiting(Context call) {
    if (call.isCancelled()) throw ApiException.from(Status.CANCELLED.asRuntimeException());
  }

  private CompletionStage<String> fixId(Caller caller, Asked asked) {
    String id = Ids.format(ids.getAsLong());
    if (asked.requestId().isEmpty()) return CompletableFuture.completedStage(id);
    return requests
        .fix(caller.accountId(), asked.requestId(), new Known(id, asked.hash()))
        .thenApply(
            known -> {
              if (!known.hash().equals(asked.hash())) {
                throw ApiException.requestIdReused(asked.requestId());
              }
              return known.pinId();
            });
  }

  private CompletionStage<Pin> put(Caller caller, String requestId, String id, Ready ready) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Pin pin = ready.draft().build(id, now);
    return sagas
        .run(Intents.create(pin, requestId, caller, now), Optional.empty())
        .thenCompose(
            outcome ->
                switch (outcome.kind()) {
                  case DONE ->
                      CompletableFuture.completedStage(new Seen(pin, ready.board()).answer());
                  case REFUSED -> throw outcome.refusal().orElseThrow();
                  default -> made(id, ready.board());
                });
  }

  /** Another process did the same request: its Pin is the answer. */
  private CompletionStage<Pin> made(String id, Board board) {
    return sagas
        .settled(id)
        .thenApply(
            row ->
                row.filter(StoredPin::isLive)
                    .map(found -> new Seen(found.pin(), board).answer())
                    .orElseThrow(Operation::overtaken));
  }

  /** What a request asks for, its id aside. */
  static ByteString hash(String method, Message request) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(method.getBytes(StandardCharsets.UTF_8));
      return ByteString.copyFrom(digest.digest(request.toByteArray()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every JVM", e);
    }
  }
}
