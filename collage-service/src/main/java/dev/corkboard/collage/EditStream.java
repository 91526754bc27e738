// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import dev.corkboard.collage.CollageAccess.Seen;
import dev.corkboard.collage.v1.Edit;
import dev.corkboard.collage.v1.WatchEditsResponse;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.server.Caller;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The edits of a collage on their way to one caller, in order and each once. What the caller may
 * read is asked anew before every send, and no more is read than the caller takes.
 */
final class EditStream implements EditFeeds.Watcher {
  /** Edits that are read at once. */
  private static final int CHUNK = 20;

  private final ServerCallStreamObserver<WatchEditsResponse> call;
  private final Caller caller;
  private final String collageId;
  private final CollageAccess access;
  private final CollageHistory history;
  private final CollageEdits edits;
  private final Clock clock;
  private final Duration silence;
  private final Instant end;
  private long sent;
  private long newest;
  private Instant lastSent;
  private boolean begun;
  private boolean busy;
  private boolean ended;

  /**
   * A stream that begins after a revision.
   *
   * @param silence after which a message says that the stream still stands
   * @param end when it ends by itself
   */
  EditStream(
      ServerCallStreamObserver<WatchEditsResponse> call,
      Caller caller,
      String collageId,
      CollageAccess access,
      CollageHistory history,
      CollageEdits edits,
      Clock clock,
      Duration silence,
      Instant end) {
    this.call = call;
    this.caller = caller;
    this.collageId = collageId;
    this.access = access;
    this.history = history;
    this.edits = edits;
    this.clock = clock;
    this.silence = silence;
    this.end = end;
  }

  /** Says where it begins. */
  synchronized void begin(long after) {
    begun = true;
    sent = after;
    newest = after;
    send(WatchEditsResponse.newBuilder().setRevision(after).build());
  }

  @Override
  public void onRevision(long revision) {
    synchronized (this) {
      newest = Math.max(newest, revision);
    }
    advance();
  }

  @Override
  public synchronized void onEnd() {
    if (!begun || ended) return;
    ended = true;
    call.onCompleted();
  }

  /** Sends what there is; called again whenever there may be more, or the caller takes more. */
  void advance() {
    synchronized (this) {
      if (!begun || busy || ended) return;
      if (!clock.instant().isBefore(end)) {
        ended = true;
        call.onCompleted();
        return;
      }
      if (!call.isReady() || (newest <= sent && !isSilent())) return;
      busy = true;
    }
    access
        .asMember(caller, collageId)
        .thenApply(CollageAccess::requireLive)
        .thenCompose(this::next)
        .whenComplete(this::sent);
  }

  private CompletionStage<List<Edit>> next(Seen seen) {
    long after;
    synchronized (this) {
      after = sent;
    }
    if (seen.stored().revision() <= after) return CompletableFuture.completedStage(List.of());
    return history
        .edits(seen.stored(), after, CHUNK)
        .thenCompose(
            found -> {
              List<CompletableFuture<Edit>> shown =
                  found.stream()
                      .map(edit -> edits.show(caller, edit).toCompletableFuture())
                      .toList();
              return CompletableFuture.allOf(shown.toArray(CompletableFuture[]::new))
                  .thenApply(all -> shown.stream().map(CompletableFuture::join).toList());
            });
  }

  private void sent(List<Edit> found, Throwable failure) {
    synchronized (this) {
      busy = false;
      if (ended) return;
      if (failure != null) {
        ended = true;
        call.onError(ApiException.from(failure).asHandlerFailure());
        return;
      }
      for (Edit edit : found) {
        sent = edit.getRevision();
        send(WatchEditsResponse.newBuilder().setEdit(edit).setRevision(sent).build());
      }
      if (found.isEmpty()) {
        newest = sent;
        if (isSilent()) send(WatchEditsResponse.newBuilder().setRevision(sent).build());
      }
    }
    advance();
  }

  private boolean isSilent() {
    return !clock.instant().isBefore(lastSent.plus(silence));
  }

  private void send(WatchEditsResponse message) {
    lastSent = clock.instant();
    call.onNext(message);
  }

  /** The caller has hung up. */
  synchronized void stop() {
    ended = true;
  }
}
