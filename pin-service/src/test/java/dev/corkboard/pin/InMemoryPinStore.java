// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import com.google.protobuf.ByteString;
import dev.corkboard.pin.StoredPin.Progress;
import dev.corkboard.pin.StoredPin.Stage;
import dev.corkboard.pin.StoredPin.State;
import dev.corkboard.pin.store.v1.Intent;
import dev.corkboard.pin.store.v1.Move;
import dev.corkboard.pin.v1.Pin;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** {@link PinStore} in a map. */
final class InMemoryPinStore implements PinStore {
  private static final int PAGE = 7;

  private final Map<String, StoredPin> rows = new HashMap<>();
  private final Map<String, ByteString> requests = new HashMap<>();

  @Override
  public synchronized CompletionStage<Optional<Pin>> get(String pinId) {
    return done(find(pinId));
  }

  private Optional<Pin> find(String pinId) {
    return Optional.ofNullable(rows.get(pinId)).filter(StoredPin::isLive).map(StoredPin::pin);
  }

  @Override
  public synchronized CompletionStage<Map<String, Pin>> getAll(Collection<String> pinIds) {
    Map<String, Pin> found = new HashMap<>();
    pinIds.forEach(id -> find(id).ifPresent(pin -> found.put(id, pin)));
    return done(found);
  }

  @Override
  public synchronized CompletionStage<Optional<StoredPin>> load(String pinId) {
    return done(Optional.ofNullable(rows.get(pinId)));
  }

  @Override
  public synchronized CompletionStage<Boolean> insert(Intent creation) {
    Pin pin = creation.getCreation().getPin();
    StoredPin row = new StoredPin(State.PENDING, pin, held(creation, Stage.BEGUN));
    return done(rows.putIfAbsent(pin.getId(), row) == null);
  }

  @Override
  public synchronized CompletionStage<Boolean> preclude(
      String pinId, String ownerId, String boardId) {
    Pin pin =
        Pin.newBuilder().setId(pinId).setOwnerId(ownerId).setBoardId(boardId).setEtag("1").build();
    StoredPin row = new StoredPin(State.DELETED, pin, Optional.empty());
    return done(rows.putIfAbsent(pinId, row) == null);
  }

  @Override
  public CompletionStage<Boolean> publish(Intent creation) {
    return heldAt(
        creation,
        State.PENDING,
        Stage.BEGUN,
        row -> new StoredPin(State.LIVE, row.pin(), Optional.empty()));
  }

  @Override
  public CompletionStage<Boolean> abandon(Intent creation) {
    return heldAt(
        creation,
        State.PENDING,
        Stage.BEGUN,
        row -> new StoredPin(State.DELETED, bare(row.pin()), held(creation, Stage.ABORTED)));
  }

  @Override
  public CompletionStage<Boolean> lock(Intent intent, String etag) {
    return free(
        intent.getPinId(),
        etag,
        row -> new StoredPin(State.LIVE, row.pin(), held(intent, Stage.BEGUN)));
  }

  @Override
  public synchronized CompletionStage<Boolean> commit(Intent move) {
    Move asked = move.getMove();
    if (isKnown(asked.getAfter().getId(), asked.getRequestId())) return done(false);
    CompletionStage<Boolean> committed =
        heldAt(
            move,
            State.LIVE,
            Stage.BEGUN,
            row -> new StoredPin(State.LIVE, asked.getAfter(), held(move, Stage.COMMITTED)));
    return remember(
        committed, asked.getAfter().getId(), asked.getRequestId(), asked.getRequestHash());
  }

  @Override
  public CompletionStage<Boolean> callOff(Intent move) {
    return heldAt(
        move,
        State.LIVE,
        Stage.BEGUN,
        row -> new StoredPin(State.LIVE, row.pin(), held(move, Stage.ABORTED)));
  }

  @Override
  public CompletionStage<Boolean> bury(Intent deletion, String etag) {
    return free(
        deletion.getPinId(),
        etag,
        row -> new StoredPin(State.DELETED, bare(row.pin()), held(deletion, Stage.COMMITTED)));
  }

  @Override
  public CompletionStage<Boolean> bury(Pin pin) {
    return free(
        pin.getId(),
        pin.getEtag(),
        row -> new StoredPin(State.DELETED, bare(row.pin()), Optional.empty()));
  }

  @Override
  public synchronized CompletionStage<Boolean> release(Intent intent) {
    StoredPin row = rows.get(intent.getPinId());
    if (row == null || !row.isHeldBy(intent)) return done(false);
    rows.put(intent.getPinId(), new StoredPin(row.state(), row.pin(), Optional.empty()));
    return done(true);
  }

  @Override
  public synchronized CompletionStage<Boolean> update(
      Pin before, Pin after, String requestId, ByteString requestHash) {
    if (isKnown(after.getId(), requestId)) return done(false);
    CompletionStage<Boolean> updated =
        free(
            after.getId(),
            before.getEtag(),
            row -> new StoredPin(State.LIVE, after, Optional.empty()));
    return remember(updated, after.getId(), requestId, requestHash);
  }

  private boolean isKnown(String pinId, String requestId) {
    return !requestId.isEmpty() && requests.containsKey(pinId + requestId);
  }

  private CompletionStage<Boolean> remember(
      CompletionStage<Boolean> applied, String pinId, String requestId, ByteString hash) {
    if (applied.toCompletableFuture().join() && !requestId.isEmpty()) {
      requests.put(pinId + requestId, hash);
    }
    return applied;
  }

  @Override
  public synchronized CompletionStage<Optional<ByteString>> changedBy(
      String pinId, String requestId) {
    return done(Optional.ofNullable(requests.get(pinId + requestId)));
  }

  @Override
  public CompletionStage<Void> pages(Function<List<StoredPin>, CompletionStage<Void>> work) {
    List<StoredPin> all;
    synchronized (this) {
      all = List.copyOf(rows.values());
    }
    CompletionStage<Void> walked = done(null);
    for (int from = 0; from < all.size(); from += PAGE) {
      List<StoredPin> page = all.subList(from, Math.min(from + PAGE, all.size()));
      walked = walked.thenCompose(ok -> work.apply(page));
    }
    return walked;
  }

  private synchronized CompletionStage<Boolean> heldAt(
      Intent intent, State state, Stage stage, UnaryOperator<StoredPin> next) {
    StoredPin row = rows.get(intent.getPinId());
    boolean holds =
        row != null
            && row.isHeldBy(intent)
            && row.state() == state
            && row.progress().orElseThrow().stage() == stage;
    if (holds) rows.put(intent.getPinId(), next.apply(row));
    return done(holds);
  }

  private synchronized CompletionStage<Boolean> free(
      String pinId, String etag, UnaryOperator<StoredPin> next) {
    StoredPin row = rows.get(pinId);
    boolean free = row != null && row.isFreeAt(etag);
    if (free) rows.put(pinId, next.apply(row));
    return done(free);
  }

  private static Pin bare(Pin pin) {
    return Pin.newBuilder()
        .setId(pin.getId())
        .setOwnerId(pin.getOwnerId())
        .setBoardId(pin.getBoardId())
        .setCreativeType(pin.getCreativeType())
        .setEtag(pin.getEtag())
        .build();
  }

  private static Optional<Progress> held(Intent intent, Stage stage) {
    return Optional.of(new Progress(intent, stage));
  }

  private static <T> CompletionStage<T> done(T value) {
    return CompletableFuture.completedStage(value);
  }
}
