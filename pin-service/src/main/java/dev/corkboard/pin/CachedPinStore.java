// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import com.google.protobuf.ByteString;
import dev.corkboard.pin.store.v1.Intent;
import dev.corkboard.pin.v1.Pin;
import dev.corkboard.platform.redis.RedisCache;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * {@link PinStore} with live Pins cached by id. A deletion, and a move, which may be to a secret
 * board, take access away: their answers wait until no cache can show the Pin as it was.
 */
final class CachedPinStore implements PinStore {
  private final PinStore store;
  private final RedisCache<Pin> cache;

  CachedPinStore(PinStore store, RedisCache<Pin> cache) {
    this.store = store;
    this.cache = cache;
  }

  @Override
  public CompletionStage<Optional<Pin>> get(String pinId) {
    return cache.get(pinId, () -> store.get(pinId));
  }

  @Override
  public CompletionStage<Map<String, Pin>> getAll(Collection<String> pinIds) {
    return cache.getAll(pinIds, store::getAll);
  }

  @Override
  public CompletionStage<Optional<StoredPin>> load(String pinId) {
    return store.load(pinId);
  }

  /** Not seen yet, so there is nothing to guard. */
  @Override
  public CompletionStage<Boolean> insert(Intent creation) {
    return store.insert(creation);
  }

  @Override
  public CompletionStage<Boolean> preclude(String pinId, String ownerId, String boardId) {
    return store.preclude(pinId, ownerId, boardId);
  }

  @Override
  public CompletionStage<Boolean> publish(Intent creation) {
    return cache.write(List.of(creation.getPinId()), () -> store.publish(creation));
  }

  @Override
  public CompletionStage<Boolean> abandon(Intent creation) {
    return store.abandon(creation);
  }

  @Override
  public CompletionStage<Boolean> lock(Intent intent, String etag) {
    return store.lock(intent, etag);
  }

  @Override
  public CompletionStage<Boolean> commit(Intent move) {
    return cache.write(List.of(move.getPinId()), () -> store.commit(move));
  }

  @Override
  public CompletionStage<Boolean> callOff(Intent move) {
    return store.callOff(move);
  }

  @Override
  public CompletionStage<Boolean> bury(Intent deletion, String etag) {
    return cache.write(List.of(deletion.getPinId()), () -> store.bury(deletion, etag));
  }

  @Override
  public CompletionStage<Boolean> bury(Pin pin) {
    return cache.write(List.of(pin.getId()), () -> store.bury(pin));
  }

  @Override
  public CompletionStage<Boolean> release(Intent intent) {
    return store.release(intent);
  }

  @Override
  public CompletionStage<Boolean> update(
      Pin before, Pin after, String requestId, ByteString requestHash) {
    return cache.write(
        List.of(after.getId()), () -> store.update(before, after, requestId, requestHash));
  }

  @Override
  public CompletionStage<Void> conceal(String pinId) {
    return cache.conceal(List.of(pinId));
  }

  @Override
  public CompletionStage<Optional<ByteString>> changedBy(String pinId, String requestId) {
    return store.changedBy(pinId, requestId);
  }

  @Override
  public CompletionStage<Void> pages(Function<List<StoredPin>, CompletionStage<Void>> work) {
    return store.pages(work);
  }
}
