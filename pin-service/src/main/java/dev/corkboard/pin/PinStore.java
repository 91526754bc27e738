// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import com.google.protobuf.ByteString;
import dev.corkboard.pin.store.v1.Intent;
import dev.corkboard.pin.v1.Pin;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The rows of Pins: content, state, and the lock of the operation in progress.
 *
 * <p>Every write is conditional and atomic. It answers whether it was applied by this call; after a
 * repeat of an attempt with unknown outcome it may answer {@code false} although the first attempt
 * was applied, so callers go on from {@link #load}. A Pin's etag is a decimal number, one more with
 * every change. Failures are {@code ApiException}s, UNAVAILABLE or DEADLINE_EXCEEDED.
 */
interface PinStore {
  /** A live Pin. */
  CompletionStage<Optional<Pin>> get(String pinId);

  /** The live ones of these Pins, by id. */
  CompletionStage<Map<String, Pin>> getAll(Collection<String> pinIds);

  /** The row, whatever its state; never from a cache, and after every write that was answered. */
  CompletionStage<Optional<StoredPin>> load(String pinId);

  /** Puts a creation's Pin in as pending, held by the creation, unless the id was ever used. */
  CompletionStage<Boolean> insert(Intent creation);

  /**
   * Uses an id up, so that no creation of it goes live: puts a deleted Pin in, unless the id was
   * ever used.
   */
  CompletionStage<Boolean> preclude(String pinId, String ownerId, String boardId);

  /** Makes the pending Pin of a creation live and lets go of it. */
  CompletionStage<Boolean> publish(Intent creation);

  /**
   * Gives a creation up that was refused: the pending Pin is deleted, the creation still holds it.
   */
  CompletionStage<Boolean> abandon(Intent creation);

  /** Takes a live Pin for an operation, if it is free and has this etag. */
  CompletionStage<Boolean> lock(Intent intent, String etag);

  /** Commits a move that holds the Pin: writes the Pin as it is afterwards. */
  CompletionStage<Boolean> commit(Intent move);

  /** Calls a move off that was refused; it still holds the Pin. */
  CompletionStage<Boolean> callOff(Intent move);

  /** Deletes a live Pin that is free and has this etag; from now on the deletion holds it. */
  CompletionStage<Boolean> bury(Intent deletion, String etag);

  /** Deletes a live Pin that is free, has this etag and stands on a board that is gone. */
  CompletionStage<Boolean> bury(Pin pin);

  /** Lets go of a Pin. */
  CompletionStage<Boolean> release(Intent intent);

  /**
   * Changes the content of a live Pin that is free and still has the etag of {@code before}.
   *
   * @param requestId remembered for 48 hours with the hash, when not empty
   */
  CompletionStage<Boolean> update(Pin before, Pin after, String requestId, ByteString requestHash);

  /**
   * To be waited for before a move or deletion is answered, and only then, for it may take seconds
   * in which the Pin must not be held: ends when nobody is shown the Pin as it was before. Never
   * fails.
   */
  default CompletionStage<Void> conceal(String pinId) {
    return CompletableFuture.completedStage(null);
  }

  /** The hash of the request that changed the Pin under this id within 48 hours. */
  CompletionStage<Optional<ByteString>> changedBy(String pinId, String requestId);

  /** Hands over every row there is, deleted ones too, in any order; a row may come twice. */
  default CompletionStage<Void> scan(Consumer<StoredPin> consumer) {
    return pages(
        page -> {
          page.forEach(consumer);
          return CompletableFuture.completedStage(null);
        });
  }

  /** The same some rows at a time: the next come when the work on those before is done. */
  CompletionStage<Void> pages(Function<List<StoredPin>, CompletionStage<Void>> work);
}
