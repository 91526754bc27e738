// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import com.google.protobuf.FieldMask;
import dev.corkboard.collage.CollageHeaders.Standing;
import dev.corkboard.collage.pins.CollagePins;
import dev.corkboard.collage.store.v1.Publishing;
import dev.corkboard.collage.store.v1.Showing;
import dev.corkboard.collage.v1.Collage;
import dev.corkboard.collage.v1.Publication;
import dev.corkboard.collage.v1.State;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.pin.v1.Pin;
import dev.corkboard.platform.cassandra.Attempts;
import dev.corkboard.platform.check.Times;
import dev.corkboard.platform.error.ApiException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Finishes what was begun to be published: the Pin first, then the collage says so. Any process may
 * do so at any time, several at once, again and again: pin-service does a step once, and the
 * collage takes the end of one publishing once. What pin-service refuses is undone.
 */
final class PublishingSaga {
  private final CollageHeaders headers;
  private final CollagePins pins;
  private final Clock clock;

  PublishingSaga(CollageHeaders headers, CollagePins pins, Clock clock) {
    this.headers = headers;
    this.pins = pins;
    this.clock = clock;
  }

  /** Fails with what pin-service refused; nothing is left of the publishing then. */
  CompletionStage<Void> advance(long collageId, Publishing publishing) {
    return pinned(collageId, publishing)
        .handle(
            (pin, thrown) ->
                thrown == null
                    ? end(collageId, publishing, pin)
                    : refuse(collageId, publishing, thrown))
        .thenCompose(stage -> stage);
  }

  /** The Pin afterwards; empty when there is none. */
  private CompletionStage<Optional<Pin>> pinned(long collageId, Publishing publishing) {
    return switch (publishing.getOperationCase()) {
      case SHOWING -> shown(collageId, publishing).thenApply(Optional::of);
      case HIDING ->
          pins.delete(publishing, publishing.getHiding().getPinId())
              .thenApply(done -> Optional.<Pin>empty());
      case OPERATION_NOT_SET ->
          CompletableFuture.failedStage(new IllegalStateException("a publishing of nothing"));
    };
  }

  private CompletionStage<Pin> shown(long collageId, Publishing publishing) {
    Showing showing = publishing.getShowing();
    Pin pin = showing.getPin();
    if (pin.getId().isEmpty()) return created(collageId, publishing, pin);
    return pins.update(publishing, pin, mask(pin), showing.getAssetKey())
        .exceptionallyCompose(
            thrown -> {
              ApiException failure = ApiException.from(thrown);
              // Somebody has deleted it: the collage gets another one where it is told where.
              return failure.reason() == ErrorReason.ERROR_REASON_PIN_NOT_FOUND
                      && !pin.getBoardId().isEmpty()
                  ? created(collageId, publishing, pin.toBuilder().clearId().build())
                  : CompletableFuture.failedStage(failure);
            });
  }

  private CompletionStage<Pin> created(long collageId, Publishing publishing, Pin pin) {
    return pins.create(
        publishing, Long.toString(collageId), pin, publishing.getShowing().getAssetKey());
  }

  private static FieldMask mask(Pin pin) {
    FieldMask.Builder mask =
        FieldMask.newBuilder().addPaths("title").addPaths("description").addPaths("alt_text");
    if (!pin.getLink().isEmpty()) mask.addPaths("link");
    if (!pin.getBoardId().isEmpty()) mask.addPaths("board_id").addPaths("section_id");
    return mask.build();
  }

  private CompletionStage<Void> refuse(long collageId, Publishing publishing, Throwable thrown) {
    ApiException failure = ApiException.from(thrown);
    if (ApiException.isOutcomeUnknown(failure)) return CompletableFuture.failedStage(failure);
    return headers
        .abandon(collageId, publishing)
        .thenCompose(done -> CompletableFuture.failedStage(failure));
  }

  private CompletionStage<Void> end(long collageId, Publishing publishing, Optional<Pin> pin) {
    return Attempts.until(
            () ->
                headers
                    .standing(collageId, 0)
                    .thenCompose(
                        standing -> {
                          Optional<Standing> open =
                              standing.filter(
                                  s ->
                                      s.publishing()
                                          .filter(p -> p.getId().equals(publishing.getId()))
                                          .isPresent());
                          // Another process has ended it.
                          if (open.isEmpty()) {
                            return CompletableFuture.completedStage(Optional.of(true));
                          }
                          StoredCollage read = open.get().collage();
                          return headers
                              .finish(read, publishing, ended(read.collage(), publishing, pin))
                              .thenApply(done -> done ? Optional.of(true) : Optional.empty());
                        }))
        .thenAccept(done -> {});
  }

  private Collage ended(Collage before, Publishing publishing, Optional<Pin> pin) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Collage.Builder after = before.toBuilder().setUpdateTime(Times.toProto(now));
    if (pin.isEmpty()) return after.setState(State.STATE_DRAFT).clearPublication().build();
    return after
        .setState(State.STATE_PUBLISHED)
        .setPublication(
            Publication.newBuilder()
                .setPinId(pin.get().getId())
                .setRevision(publishing.getShowing().getRevision())
                .setPublishTime(Times.toProto(now)))
        .build();
  }
}
