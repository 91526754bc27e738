// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import com.google.protobuf.Empty;
import dev.corkboard.pin.v1.BatchGetPinsRequest;
import dev.corkboard.pin.v1.BatchGetPinsResponse;
import dev.corkboard.pin.v1.CreatePinRequest;
import dev.corkboard.pin.v1.DeletePinRequest;
import dev.corkboard.pin.v1.GetPinCountRequest;
import dev.corkboard.pin.v1.GetPinRequest;
import dev.corkboard.pin.v1.ListBoardPinsRequest;
import dev.corkboard.pin.v1.ListBoardPinsResponse;
import dev.corkboard.pin.v1.ListPinsRequest;
import dev.corkboard.pin.v1.ListPinsResponse;
import dev.corkboard.pin.v1.Pin;
import dev.corkboard.pin.v1.PinCount;
import dev.corkboard.pin.v1.PinServiceGrpc.PinServiceImplBase;
import dev.corkboard.pin.v1.SavePinRequest;
import dev.corkboard.pin.v1.SearchPinsRequest;
import dev.corkboard.pin.v1.SearchPinsResponse;
import dev.corkboard.pin.v1.UpdatePinRequest;
import dev.corkboard.platform.check.Violations;
import dev.corkboard.platform.server.Caller;
import dev.corkboard.platform.server.Unary;
import io.grpc.stub.StreamObserver;

/** The gRPC face of this service. */
final class PinService extends PinServiceImplBase {
  private final PinCreator creator;
  private final PinEditor editor;
  private final PinAccess access;
  private final PinLists lists;
  private final BoardPinLists boardLists;
  private final PinCounts counts;
  private final PinSearch search;

  PinService(
      PinCreator creator,
      PinEditor editor,
      PinAccess access,
      PinLists lists,
      BoardPinLists boardLists,
      PinCounts counts,
      PinSearch search) {
    this.creator = creator;
    this.editor = editor;
    this.access = access;
    this.lists = lists;
    this.boardLists = boardLists;
    this.counts = counts;
    this.search = search;
  }

  @Override
  public void createPin(CreatePinRequest request, StreamObserver<Pin> observer) {
    Caller caller = Caller.current();
    Unary.reply(
        observer,
        () -> {
          PinRequests.check(request);
          return creator.create(caller, request);
        });
  }

  @Override
  public void getPinCount(GetPinCountRequest request, StreamObserver<PinCount> observer) {
    Caller caller = Caller.current();
    Unary.reply(
        observer,
        () -> counts.of(caller).thenApply(count -> PinCount.newBuilder().setCount(count).build()));
  }

  @Override
  public void getPin(GetPinRequest request, StreamObserver<Pin> observer) {
    Caller caller = Caller.current();
    Unary.reply(
        observer,
        () -> {
          new Violations().id("pin_id", request.getPinId()).throwIfAny();
          return access.get(caller, request.getPinId());
        });
  }

  @Override
  public void batchGetPins(
      BatchGetPinsRequest request, StreamObserver<BatchGetPinsResponse> observer) {
    Caller caller = Caller.current();
    Unary.reply(
        observer,
        () -> {
          PinRequests.check(request);
          return access
              .getAll(caller, request.getPinIdsList())
              .thenApply(found -> BatchGetPinsResponse.newBuilder().addAllPins(found).build());
        });
  }

  @Override
  public void listPins(ListPinsRequest request, StreamObserver<ListPinsResponse> observer) {
    Caller caller = Caller.current();
    Unary.reply(observer, () -> lists.list(caller, request));
  }

  @Override
  public void listBoardPins(
      ListBoardPinsRequest request, StreamObserver<ListBoardPinsResponse> observer) {
    Caller caller = Caller.current();
    Unary.reply(observer, () -> boardLists.list(caller, request));
  }

  @Override
  public void searchPins(SearchPinsRequest request, StreamObserver<SearchPinsResponse> observer) {
    Caller caller = Caller.current();
    Unary.reply(observer, () -> search.search(caller, request));
  }

  @Override
  public void updatePin(UpdatePinRequest request, StreamObserver<Pin> observer) {
    Caller caller = Caller.current();
    Unary.reply(
        observer,
        () -> {
          PinRequests.check(request);
          return editor.update(caller, request);
        });
  }

  @Override
  public void deletePin(DeletePinRequest request, StreamObserver<Empty> observer) {
    Caller caller = Caller.current();
    Unary.reply(
        observer,
        () -> {
          new Violations().id("pin_id", request.getPinId()).throwIfAny();
          return editor.delete(caller, request);
        });
  }

  @Override
  public void savePin(SavePinRequest request, StreamObserver<Pin> observer) {
    Caller caller = Caller.current();
    Unary.reply(
        observer,
        () -> {
          PinRequests.check(request);
          return creator.save(caller, request);
        });
  }
}
