// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.testing;

import com.google.protobuf.util.Timestamps;
import dev.corkboard.collage.v1.BatchUpdateCollageRequest;
import dev.corkboard.collage.v1.Collage;
import dev.corkboard.collage.v1.Edit;
import dev.corkboard.collage.v1.EditServiceGrpc.EditServiceImplBase;
import dev.corkboard.collage.v1.ListRevisionsRequest;
import dev.corkboard.collage.v1.ListRevisionsResponse;
import dev.corkboard.collage.v1.Operation;
import dev.corkboard.collage.v1.RestoreRevisionRequest;
import dev.corkboard.collage.v1.Revision;
import dev.corkboard.collage.v1.UndoEditRequest;
import dev.corkboard.collage.v1.WatchEditsRequest;
import dev.corkboard.collage.v1.WatchEditsResponse;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.server.Caller;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Edits in memory, which are kept and told of; documents are left as they are. */
public final class FakeEdits extends EditServiceImplBase {
  private static final long EDITED_MILLIS = 1_790_000_000_456L;

  private final FakeCollages collages;
  private final Script script = new Script();
  private final Map<String, List<Edit>> edits = new ConcurrentHashMap<>();
  private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
  private final AtomicInteger cancelled = new AtomicInteger();

  private record Watcher(String collageId, StreamObserver<WatchEditsResponse> observer) {}

  FakeEdits(FakeCollages collages) {
    this.collages = collages;
  }

  public Script script() {
    return script;
  }

  /** How many streams of a collage are open. */
  public long watching(String collageId) {
    return watchers.stream().filter(watcher -> watcher.collageId().equals(collageId)).count();
  }

  /** How many streams their readers have ended. */
  public int cancelled() {
    return cancelled.get();
  }

  /** Says to all streams of a collage that they still stand. */
  public synchronized void beat(String collageId) {
    tell(collageId, WatchEditsResponse.newBuilder().setRevision(of(collageId).size()).build());
  }

  /** Ends all streams of a collage with a failure. */
  public synchronized void fail(String collageId, ApiException failure) {
    List<Watcher> ended =
        watchers.stream().filter(watcher -> watcher.collageId().equals(collageId)).toList();
    watchers.removeAll(ended);
    ended.forEach(watcher -> watcher.observer().onError(failure.asHandlerFailure()));
  }

  private void tell(String collageId, WatchEditsResponse message) {
    for (Watcher watcher : watchers) {
      if (watcher.collageId().equals(collageId)) watcher.observer().onNext(message);
    }
  }

  private List<Edit> of(String collageId) {
    return edits.computeIfAbsent(collageId, id -> new ArrayList<>());
  }

  private synchronized Edit add(String collageId, Edit.Builder next) {
    Collage collage = collages.changed(collageId, true);
    List<Edit> all = of(collageId);
    Edit edit =
        next.setRevision(all.size() + 1)
            .setActorId(Caller.current().accountId())
            .setEditTime(Timestamps.fromMillis(EDITED_MILLIS))
            .build();
    all.add(edit);
    collages.store(collage.toBuilder().setRevision(edit.getRevision()));
    tell(collageId, message(edit));
    return edit;
  }

  private static WatchEditsResponse message(Edit edit) {
    return WatchEditsResponse.newBuilder().setEdit(edit).setRevision(edit.getRevision()).build();
  }

  @Override
  public void batchUpdateCollage(BatchUpdateCollageRequest request, StreamObserver<Edit> observer) {
    script.reply(
        request,
        observer,
        () -> {
          for (int i = 0; i < request.getOperationsCount(); i++) {
            Operation operation = request.getOperations(i);
            if (operation.hasAddLayer()
                && operation.getAddLayer().getLayer().getPlacement().getWidth() <= 0) {
              throw ApiException.invalid(
                  "operations[" + i + "].add_layer.layer.placement.width", "must be above 0");
            }
          }
          return add(
              request.getCollageId(),
              Edit.newBuilder()
                  .addAllOperations(request.getOperationsList())
                  .setRequestId(request.getRequestId()));
        });
  }

  @Override
  public void undoEdit(UndoEditRequest request, StreamObserver<Edit> observer) {
    script.reply(
        request,
        observer,
        () -> {
          List<Edit> all = of(request.getCollageId());
          if (all.isEmpty()) {
            throw ApiException.failedPrecondition(
                ErrorReason.ERROR_REASON_NOTHING_TO_UNDO, "collage_id", "?", "secret detail");
          }
          return add(
              request.getCollageId(),
              Edit.newBuilder().setUndoneRevision(all.size()).setRequestId(request.getRequestId()));
        });
  }

  @Override
  public void restoreRevision(RestoreRevisionRequest request, StreamObserver<Edit> observer) {
    script.reply(
        request,
        observer,
        () ->
            add(
                request.getCollageId(),
                Edit.newBuilder()
                    .setRestoredRevision(request.getRevision())
                    .setRequestId(request.getRequestId())));
  }

  @Override
  public void listRevisions(
      ListRevisionsRequest request, StreamObserver<ListRevisionsResponse> observer) {
    script.reply(
        request,
        observer,
        () -> {
          collages.seen(request.getCollageId());
          Pages<Edit> page =
              Pages.of(of(request.getCollageId()), request.getPageSize(), request.getPageToken());
          ListRevisionsResponse.Builder answer =
              ListRevisionsResponse.newBuilder().setNextPageToken(page.next());
          for (Edit edit : page.items()) {
            answer.addRevisions(
                Revision.newBuilder()
                    .setRevision(edit.getRevision())
                    .setActorId(edit.getActorId())
                    .setEditTime(edit.getEditTime())
                    .setOperationCount(edit.getOperationsCount())
                    .setUndoneRevision(edit.getUndoneRevision())
                    .setRestoredRevision(edit.getRestoredRevision()));
          }
          return answer.build();
        });
  }

  @Override
  public synchronized void watchEdits(
      WatchEditsRequest request, StreamObserver<WatchEditsResponse> observer) {
    try {
      collages.seen(request.getCollageId());
      List<Edit> all = of(request.getCollageId());
      long after = request.hasAfterRevision() ? request.getAfterRevision() : all.size();
      if (after > all.size()) {
        throw ApiException.notFound(ErrorReason.ERROR_REASON_REVISION_NOT_FOUND, "revision", after);
      }
      Watcher watcher = new Watcher(request.getCollageId(), observer);
      ((ServerCallStreamObserver<WatchEditsResponse>) observer)
          .setOnCancelHandler(
              () -> {
                watchers.remove(watcher);
                cancelled.incrementAndGet();
              });
      observer.onNext(WatchEditsResponse.newBuilder().setRevision(after).build());
      for (Edit edit : all.subList((int) after, all.size())) observer.onNext(message(edit));
      watchers.add(watcher);
    } catch (ApiException failure) {
      observer.onError(failure.asHandlerFailure());
    }
  }
}
