// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import dev.corkboard.collage.v1.Collage;
import dev.corkboard.collage.v1.ListPinCollagesRequest;
import dev.corkboard.collage.v1.ListPinCollagesResponse;
import dev.corkboard.collage.v1.ListRemixesRequest;
import dev.corkboard.collage.v1.ListRemixesResponse;
import dev.corkboard.collage.v1.PublishCollageRequest;
import dev.corkboard.collage.v1.PublishingServiceGrpc.PublishingServiceImplBase;
import dev.corkboard.collage.v1.RemixCollageRequest;
import dev.corkboard.collage.v1.ScanPinCollagesRequest;
import dev.corkboard.collage.v1.ScanPinCollagesResponse;
import dev.corkboard.collage.v1.UnpublishCollageRequest;
import dev.corkboard.platform.check.Violations;
import dev.corkboard.platform.server.Caller;
import dev.corkboard.platform.server.Unary;
import io.grpc.stub.StreamObserver;

/** Publishing, remixes, and where Pins are used, over gRPC. */
final class PublishingService extends PublishingServiceImplBase {
  private final Publisher publisher;
  private final CollageCreator creator;
  private final CollageLists lists;
  private final CollageViews views;

  PublishingService(
      Publisher publisher, CollageCreator creator, CollageLists lists, CollageViews views) {
    this.publisher = publisher;
    this.creator = creator;
    this.lists = lists;
    this.views = views;
  }

  @Override
  public void publishCollage(PublishCollageRequest request, StreamObserver<Collage> observer) {
    Caller caller = Caller.current();
    Unary.reply(
        observer,
        () ->
            publisher
                .publish(caller, request)
                .thenCompose(seen -> views.showWhole(caller, seen, seen.revision())));
  }

  @Override
  public void unpublishCollage(UnpublishCollageRequest request, StreamObserver<Collage> observer) {
    Caller caller = Caller.current();
    Unary.reply(
        observer,
        () ->
            publisher
                .unpublish(caller, request)
                .thenCompose(seen -> views.showWhole(caller, seen, seen.revision())));
  }

  @Override
  public void remixCollage(RemixCollageRequest request, StreamObserver<Collage> observer) {
    Caller caller = Caller.current();
    Unary.reply(
        observer,
        () -> {
          new Violations()
              .id("collage_id", request.getCollageId())
              .requestId(request.getRequestId())
              .throwIfAny();
          return creator.remix(caller, request);
        });
  }

  @Override
  public void listRemixes(
      ListRemixesRequest request, StreamObserver<ListRemixesResponse> observer) {
    Caller caller = Caller.current();
    Unary.reply(
        observer,
        () -> {
          new Violations().id("collage_id", request.getCollageId()).throwIfAny();
          return lists
              .remixes(caller, request)
              .thenApply(
                  page ->
                      ListRemixesResponse.newBuilder()
                          .addAllCollages(page.items())
                          .setNextPageToken(page.nextPageToken())
                          .build());
        });
  }

  @Override
  public void listPinCollages(
      ListPinCollagesRequest request, StreamObserver<ListPinCollagesResponse> observer) {
    Caller caller = Caller.current();
    Unary.reply(
        observer,
        () -> {
          new Violations().id("pin_id", request.getPinId()).throwIfAny();
          return lists
              .ofPin(caller, request)
              .thenApply(
                  page ->
                      ListPinCollagesResponse.newBuilder()
                          .addAllCollages(page.items())
                          .setNextPageToken(page.nextPageToken())
                          .build());
        });
  }

  @Override
  public void scanPinCollages(
      ScanPinCollagesRequest request, StreamObserver<ScanPinCollagesResponse> observer) {
    Unary.reply(
        observer,
        () ->
            lists
                .scan(request)
                .thenApply(
                    page ->
                        ScanPinCollagesResponse.newBuilder()
                            .addAllCollageIds(page.items())
                            .setNextPageToken(page.nextPageToken())
                            .build()));
  }
}
