// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import dev.corkboard.collage.v1.WatchEditsRequest;
import dev.corkboard.collage.v1.WatchEditsResponse;
import dev.corkboard.platform.check.Ids;
import dev.corkboard.platform.check.Violations;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.server.Caller;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Opens streams of edits, as many as there is room for. */
final class EditWatching {
  /** Streams in one process. */
  static final int MAX_STREAMS = 2_000;

  /** Streams of one account in one process. */
  static final int MAX_OF_ACCOUNT = 20;

  static final Duration SILENCE = Duration.ofSeconds(15);

  /** After which a stream ends by itself: rights are seldom as old. */
  static final Duration LIFE = Duration.ofHours(1);

  private final CollageAccess access;
  private final CollageHistory history;
  private final CollageEdits edits;
  private final EditFeeds feeds;
  private final Clock clock;
  private final AtomicInteger open = new AtomicInteger();
  private final ConcurrentMap<String, Integer> ofAccount = new ConcurrentHashMap<>();

  EditWatching(
      CollageAccess access,
      CollageHistory history,
      CollageEdits edits,
      EditFeeds feeds,
      Clock clock) {
    this.access = access;
    this.history = history;
    this.edits = edits;
    this.feeds = feeds;
    this.clock = clock;
  }

  void watch(
      Caller caller, WatchEditsRequest request, ServerCallStreamObserver<WatchEditsResponse> call) {
    Violations violations = new Violations().id("collage_id", request.getCollageId());
    if (request.getAfterRevision() < 0) {
      violations.add("after_revision", "must not be negative, got " + request.getAfterRevision());
    }
    violations.throwIfAny();
    take(caller);
    EditStream stream =
        new EditStream(
            call,
            caller,
            request.getCollageId(),
            access,
            history,
            edits,
            clock,
            SILENCE,
            clock.instant().plus(LIFE));
    long id = Ids.parse(request.getCollageId()).orElse(0);
    Runnable end =
        () -> {
          stream.stop();
          feeds.remove(id, stream);
          release(caller);
        };
    call.setOnReadyHandler(stream::advance);
    AtomicInteger ended = new AtomicInteger();
    Runnable once =
        () -> {
          if (ended.getAndIncrement() == 0) end.run();
        };
    call.setOnCancelHandler(once);
    call.setOnCloseHandler(once);
    access
        .asMember(caller, request.getCollageId())
        .thenApply(CollageAccess::requireLive)
        .thenApply(
            seen -> {
              if (request.hasAfterRevision()) {
                CollageHistory.requireKept(seen.stored(), request.getAfterRevision());
              }
              return seen;
            })
        .whenComplete(
            (seen, failure) -> {
              if (failure != null) {
                call.onError(ApiException.from(failure).asHandlerFailure());
                once.run();
                return;
              }
              long revision = seen.stored().revision();
              stream.begin(
                  request.hasAfterRevision()
                      ? Math.min(request.getAfterRevision(), revision)
                      : revision);
              feeds.add(id, stream);
              if (ended.get() > 0) feeds.remove(id, stream);
              stream.onRevision(revision);
            });
  }

  private void take(Caller caller) {
    if (open.incrementAndGet() > MAX_STREAMS) {
      open.decrementAndGet();
      throw ApiException.overloaded("streams of edits");
    }
    if (ofAccount.merge(caller.accountId(), 1, Integer::sum) > MAX_OF_ACCOUNT) {
      release(caller);
      throw ApiException.overloaded("streams of edits of one account");
    }
  }

  private void release(Caller caller) {
    open.decrementAndGet();
    ofAccount.computeIfPresent(caller.accountId(), (id, count) -> count == 1 ? null : count - 1);
  }
}
