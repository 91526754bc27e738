// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import dev.corkboard.collage.v1.BatchUpdateCollageRequest;
import dev.corkboard.collage.v1.Edit;
import dev.corkboard.collage.v1.EditServiceGrpc.EditServiceImplBase;
import dev.corkboard.collage.v1.ListRevisionsRequest;
import dev.corkboard.collage.v1.ListRevisionsResponse;
import dev.corkboard.collage.v1.RestoreRevisionRequest;
import dev.corkboard.collage.v1.UndoEditRequest;
import dev.corkboard.collage.v1.WatchEditsRequest;
import dev.corkboard.collage.v1.WatchEditsResponse;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.server.Caller;
import dev.corkboard.platform.server.Unary;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

/** Edits and their history, over gRPC. */
final class EditService extends EditServiceImplBase {
  private final CollageEdits edits;
  private final EditWatching watching;

  EditService(CollageEdits edits, EditWatching watching) {
    this.edits = edits;
    this.watching = watching;
  }

  @Override
  public void batchUpdateCollage(BatchUpdateCollageRequest request, StreamObserver<Edit> observer) {
    Caller caller = Caller.current();
    Unary.reply(observer, () -> edits.edit(caller, request));
  }

  @Override
  public void undoEdit(UndoEditRequest request, StreamObserver<Edit> observer) {
    Caller caller = Caller.current();
    Unary.reply(observer, () -> edits.undo(caller, request));
  }

  @Override
  public void restoreRevision(RestoreRevisionRequest request, StreamObserver<Edit> observer) {
    Caller caller = Caller.current();
    Unary.reply(observer, () -> edits.restore(caller, request));
  }

  @Override
  public void listRevisions(
      ListRevisionsRequest request, StreamObserver<ListRevisionsResponse> observer) {
    Caller caller = Caller.current();
    Unary.reply(observer, () -> edits.revisions(caller, request));
  }

  @Override
  public void watchEdits(WatchEditsRequest request, StreamObserver<WatchEditsResponse> observer) {
    Caller caller = Caller.current();
    try {
      watching.watch(caller, request, (ServerCallStreamObserver<WatchEditsResponse>) observer);
    } catch (ApiException refused) {
      observer.onError(refused.asHandlerFailure());
    }
  }
}
