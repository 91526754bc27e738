// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import com.google.protobuf.ByteString;
import dev.corkboard.collage.CollageAccess.Seen;
import dev.corkboard.collage.index.CollageIndex;
import dev.corkboard.collage.pins.CollagePins;
import dev.corkboard.collage.pins.PinDirectory;
import dev.corkboard.collage.store.v1.Hiding;
import dev.corkboard.collage.store.v1.Publishing;
import dev.corkboard.collage.store.v1.Showing;
import dev.corkboard.collage.v1.Collage;
import dev.corkboard.collage.v1.PublishCollageRequest;
import dev.corkboard.collage.v1.RenderFormat;
import dev.corkboard.collage.v1.RenderSize;
import dev.corkboard.collage.v1.Revision;
import dev.corkboard.collage.v1.UnpublishCollageRequest;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.pin.v1.Pin;
import dev.corkboard.platform.cassandra.Attempts;
import dev.corkboard.platform.check.Times;
import dev.corkboard.platform.check.Violations;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.server.Caller;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Publishes collages and takes them back. What may be refused without a trace comes first, the
 * drawing too; then what is to be done is written down, and from there on it is finished by whoever
 * finds it.
 */
final class Publisher {
  /** The most bytes of a picture that pin-service takes. */
  private static final int MAX_BYTES = 20 << 20;

  private final CollageStore store;
  private final CollageHeaders headers;
  private final CollageAccess access;
  private final CollageHistory history;
  private final CollageIndex index;
  private final Drawings drawings;
  private final PinDirectory directory;
  private final CollagePins pins;
  private final PublishingSaga saga;
  private final Clock clock;

  Publisher(
      CollageStore store,
      CollageHeaders headers,
      CollageAccess access,
      CollageHistory history,
      CollageIndex index,
      Drawings drawings,
      PinDirectory directory,
      CollagePins pins,
      PublishingSaga saga,
      Clock clock) {
    this.store = store;
    this.headers = headers;
    this.access = access;
    this.history = history;
    this.index = index;
    this.drawings = drawings;
    this.directory = directory;
    this.pins = pins;
    this.saga = saga;
    this.clock = clock;
  }

  CompletionStage<Seen> publish(Caller caller, PublishCollageRequest request) {
    Violations violations =
        new Violations()
            .id("collage_id", request.getCollageId())
            .optionalId("board_id", request.getBoardId())
            .optionalId("section_id", request.getSectionId());
    if (!request.getSectionId().isEmpty() && request.getBoardId().isEmpty()) {
      violations.add("board_id", "is required where there is a section");
    }
    violations.throwIfAny();
    return settled(caller, request.getCollageId())
        .thenCompose(seen -> publish(caller, seen, request))
        .thenCompose(done -> access.read(caller, request.getCollageId()));
  }

  /** The caller's own collage, with nothing left unfinished. */
  private CompletionStage<Seen> settled(Caller caller, String collageId) {
    return access
        .asOwner(caller, collageId)
        .thenApply(CollageAccess::requireLive)
        .thenCompose(
            seen ->
                seen.standing().publishing().isEmpty()
                    ? CompletableFuture.completedStage(seen)
                    : saga.advance(seen.id(), seen.standing().publishing().get())
                        .handle((done, refused) -> null)
                        .thenCompose(done -> access.asOwner(caller, collageId)));
  }

  private CompletionStage<Void> publish(Caller caller, Seen seen, PublishCollageRequest request) {
    Collage collage = seen.stored().collage();
    long revision = seen.stored().revision();
    if (request.hasRevision() && request.getRevision() != revision) {
      throw ApiException.aborted(
          ErrorReason.ERROR_REASON_ETAG_MISMATCH,
          "The collage is at revision %d by now, not %d."
              .formatted(revision, request.getRevision()));
    }
    boolean published = collage.hasPublication();
    if (!published && request.getBoardId().isEmpty()) {
      throw ApiException.invalid("board_id", "is required");
    }
    return isShown(caller, collage, revision, request)
        .thenCompose(
            shown ->
                shown
                    ? CompletableFuture.completedStage(null)
                    : show(caller, seen, revision, request));
  }

  /** Whether the Pin shows this revision where it is asked for. */
  private CompletionStage<Boolean> isShown(
      Caller caller, Collage collage, long revision, PublishCollageRequest request) {
    if (!collage.hasPublication() || collage.getPublication().getRevision() != revision) {
      return CompletableFuture.completedStage(false);
    }
    String pinId = collage.getPublication().getPinId();
    return directory
        .visible(caller, Set.of(pinId))
        .thenApply(
            visible ->
                Optional.ofNullable(visible.get(pinId))
                    .filter(pin -> stands(pin, request))
                    .isPresent());
  }

  private static boolean stands(Pin pin, PublishCollageRequest request) {
    boolean there =
        request.getBoardId().isEmpty()
            || (request.getBoardId().equals(pin.getBoardId())
                && request.getSectionId().equals(pin.getSectionId()));
    return there && (request.getLink().isEmpty() || request.getLink().equals(pin.getLink()));
  }

  private CompletionStage<Void> show(
      Caller caller, Seen seen, long revision, PublishCollageRequest request) {
    return drawn(seen.stored(), revision)
        .thenCompose(drawing -> pins.upload(caller, drawing))
        .thenCompose(
            assetKey ->
                keepSnapshot(seen.stored(), revision)
                    .thenCompose(
                        kept ->
                            begin(
                                caller,
                                request.getCollageId(),
                                begun(caller)
                                    .setShowing(
                                        Showing.newBuilder()
                                            .setRevision(revision)
                                            .setAssetKey(assetKey)
                                            .setPin(pin(seen.stored().collage(), request)))
                                    .build())));
  }

  /** A drawing that pin-service takes: one that is too large as PNG goes as JPEG. */
  private CompletionStage<ByteString> drawn(StoredCollage collage, long revision) {
    return drawn(collage, revision, RenderFormat.RENDER_FORMAT_PNG)
        .thenCompose(
            png ->
                png.size() <= MAX_BYTES
                    ? CompletableFuture.completedStage(png)
                    : drawn(collage, revision, RenderFormat.RENDER_FORMAT_JPEG));
  }

  private CompletionStage<ByteString> drawn(
      StoredCollage collage, long revision, RenderFormat format) {
    return drawings
        .draw(collage, revision, format, RenderSize.RENDER_SIZE_1X)
        .thenApply(rendering -> rendering.bytes());
  }

  /** What readers see outlives the edits that made it. */
  private CompletionStage<Void> keepSnapshot(StoredCollage collage, long revision) {
    return history
        .document(collage, revision)
        .thenCombine(
            store.traces(collage.id(), revision + 1, 1),
            (document, traces) ->
                new Snapshot(
                    traces.isEmpty()
                        ? Revision.newBuilder()
                            .setActorId(collage.collage().getOwnerId())
                            .setEditTime(collage.collage().getCreateTime())
                            .build()
                        : traces.get(0).revision(),
                    document))
        .thenCompose(snapshot -> store.putSnapshot(collage.id(), snapshot));
  }

  private static Pin pin(Collage collage, PublishCollageRequest request) {
    return Pin.newBuilder()
        .setId(collage.getPublication().getPinId())
        .setBoardId(request.getBoardId())
        .setSectionId(request.getSectionId())
        .setTitle(collage.getTitle())
        .setDescription(collage.getDescription())
        .setAltText(collage.getAltText())
        .setLink(request.getLink())
        .build();
  }

  private Publishing.Builder begun(Caller caller) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return Publishing.newBuilder()
        .setId(UUID.randomUUID().toString())
        .setActorId(caller.accountId())
        .addAllActorScopes(new TreeSet<>(caller.scopes()))
        .setBeginTime(Times.toProto(now));
  }

  CompletionStage<Seen> unpublish(Caller caller, UnpublishCollageRequest request) {
    new Violations().id("collage_id", request.getCollageId()).throwIfAny();
    return settled(caller, request.getCollageId())
        .thenCompose(
            seen -> {
              Collage collage = seen.stored().collage();
              if (!collage.hasPublication()) return CompletableFuture.completedStage(null);
              Hiding hiding =
                  Hiding.newBuilder().setPinId(collage.getPublication().getPinId()).build();
              return begin(caller, request.getCollageId(), begun(caller).setHiding(hiding).build());
            })
        .thenCompose(done -> access.read(caller, request.getCollageId()));
  }

  /** Found by the sweeper first: what is written down is never forgotten. */
  private CompletionStage<Void> begin(Caller caller, String collageId, Publishing publishing) {
    CollageIndex.Key hour = PublishingSweeper.hour(Times.fromProto(publishing.getBeginTime()));
    return index
        .add(hour, Long.parseLong(collageId))
        .thenCompose(
            done ->
                Attempts.until(
                    () ->
                        access
                            .asOwner(caller, collageId)
                            .thenApply(CollageAccess::requireLive)
                            .thenCompose(seen -> begin(seen, publishing))))
        .thenCompose(begun -> saga.advance(Long.parseLong(collageId), publishing));
  }

  private CompletionStage<Optional<Boolean>> begin(Seen seen, Publishing publishing) {
    Optional<Publishing> standing = seen.standing().publishing();
    if (standing.isPresent()) {
      if (standing.get().getId().equals(publishing.getId())) {
        return CompletableFuture.completedStage(Optional.of(true));
      }
      throw ApiException.aborted(
          ErrorReason.ERROR_REASON_CONTENTION, "The collage is being published already.");
    }
    return headers
        .begin(seen.stored(), publishing)
        .thenApply(begun -> begun ? Optional.of(true) : Optional.empty());
  }
}
