// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import com.google.protobuf.ByteString;
import dev.corkboard.collage.CollageAccess.Seen;
import dev.corkboard.collage.render.CollageDrawing;
import dev.corkboard.collage.render.RenderExecutor;
import dev.corkboard.collage.render.Rendering;
import dev.corkboard.collage.render.Replay;
import dev.corkboard.collage.v1.Document;
import dev.corkboard.collage.v1.RenderCollageRequest;
import dev.corkboard.collage.v1.RenderFormat;
import dev.corkboard.collage.v1.RenderSize;
import dev.corkboard.platform.check.Violations;
import dev.corkboard.platform.server.Caller;
import io.grpc.Context;
import java.util.AbstractList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Draws collages for callers. */
final class Drawings {
  private final CollageAccess access;
  private final CollageHistory history;
  private final CollageDrawing drawing;
  private final Replay replay;
  private final RenderExecutor executor;

  /** A drawing of a revision. */
  record Drawn(Rendering rendering, long revision) {}

  Drawings(
      CollageAccess access,
      CollageHistory history,
      CollageDrawing drawing,
      Replay replay,
      RenderExecutor executor) {
    this.access = access;
    this.history = history;
    this.drawing = drawing;
    this.replay = replay;
    this.executor = executor;
  }

  CompletionStage<Drawn> draw(Caller caller, RenderCollageRequest request) {
    Violations violations = new Violations().id("collage_id", request.getCollageId());
    if (request.getFormat() == RenderFormat.UNRECOGNIZED) {
      violations.add("format", "has no value " + request.getFormatValue());
    }
    if (request.getSize() == RenderSize.UNRECOGNIZED) {
      violations.add("size", "has no value " + request.getSizeValue());
    }
    violations.throwIfAny();
    Context call = Context.current();
    Optional<Long> asked =
        request.hasRevision() ? Optional.of(request.getRevision()) : Optional.empty();
    return access
        .read(caller, request.getCollageId())
        .thenCompose(
            seen -> {
              long revision = seen.revision(asked);
              return draw(call, seen.stored(), revision, request.getFormat(), request.getSize())
                  .thenApply(rendering -> new Drawn(rendering, revision));
            });
  }

  /** A revision as it is, drawn to its end though nobody waits. */
  CompletionStage<Rendering> draw(
      StoredCollage collage, long revision, RenderFormat format, RenderSize size) {
    return draw(Context.ROOT, collage, revision, format, size);
  }

  private CompletionStage<Rendering> draw(
      Context call, StoredCollage collage, long revision, RenderFormat format, RenderSize size) {
    return history
        .document(collage, revision)
        .thenCompose(document -> executor.submit(call, () -> drawing.draw(document, format, size)));
  }

  /** The making of a collage, of the revisions that are kept one after another. */
  CompletionStage<Drawn> replay(Caller caller, String collageId) {
    new Violations().id("collage_id", collageId).throwIfAny();
    Context call = Context.current();
    return access
        .asMember(caller, collageId)
        .thenApply(CollageAccess::requireLive)
        .thenCompose(
            seen ->
                executor
                    .submit(call, () -> replay.draw(new States(seen)))
                    .thenApply(rendering -> new Drawn(rendering, seen.stored().revision())));
  }

  /** The documents of a collage by revision, read when they are asked for. */
  private final class States extends AbstractList<Document> {
    private final StoredCollage collage;

    States(Seen seen) {
      this.collage = seen.stored();
    }

    /** Blocks: it is called by threads that draw. */
    @Override
    public Document get(int index) {
      return history.document(collage, collage.keptAfter() + index).toCompletableFuture().join();
    }

    @Override
    public int size() {
      return (int) (collage.revision() - collage.keptAfter() + 1);
    }
  }

  /** The bytes in pieces of a size. */
  static List<ByteString> pieces(ByteString bytes, int size) {
    return new AbstractList<>() {
      @Override
      public ByteString get(int index) {
        return bytes.substring(index * size, Math.min(bytes.size(), (index + 1) * size));
      }

      @Override
      public int size() {
        return (bytes.size() + size - 1) / size;
      }
    };
  }
}
