// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.testing;

import com.google.protobuf.util.Timestamps;
import dev.corkboard.collage.v1.Collage;
import dev.corkboard.collage.v1.ListPinCollagesRequest;
import dev.corkboard.collage.v1.ListPinCollagesResponse;
import dev.corkboard.collage.v1.ListRemixesRequest;
import dev.corkboard.collage.v1.ListRemixesResponse;
import dev.corkboard.collage.v1.Publication;
import dev.corkboard.collage.v1.PublishCollageRequest;
import dev.corkboard.collage.v1.PublishingServiceGrpc.PublishingServiceImplBase;
import dev.corkboard.collage.v1.RemixCollageRequest;
import dev.corkboard.collage.v1.RemixCredit;
import dev.corkboard.collage.v1.RemixPolicy;
import dev.corkboard.collage.v1.Role;
import dev.corkboard.collage.v1.State;
import dev.corkboard.collage.v1.UnpublishCollageRequest;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.server.Caller;
import io.grpc.stub.StreamObserver;
import java.util.List;

/** Publishes {@link FakeCollages}: the Pin of one has its id with 55 in front. */
public final class FakePublishing extends PublishingServiceImplBase {
  private static final long PUBLISHED_MILLIS = 1_790_000_000_789L;

  private final FakeCollages collages;
  private final Script script = new Script();

  FakePublishing(FakeCollages collages) {
    this.collages = collages;
  }

  public Script script() {
    return script;
  }

  @Override
  public void publishCollage(PublishCollageRequest request, StreamObserver<Collage> observer) {
    script.reply(
        request,
        observer,
        () -> {
          Collage collage = collages.changed(request.getCollageId(), false);
          if (request.getBoardId().isEmpty() && !collage.hasPublication()) {
            throw ApiException.invalid("board_id", "is required");
          }
          return collages.store(
              collage.toBuilder()
                  .setState(State.STATE_PUBLISHED)
                  .setPublication(
                      Publication.newBuilder()
                          .setPinId("55" + collage.getId())
                          .setRevision(collage.getRevision())
                          .setPublishTime(Timestamps.fromMillis(PUBLISHED_MILLIS))));
        });
  }

  @Override
  public void unpublishCollage(UnpublishCollageRequest request, StreamObserver<Collage> observer) {
    script.reply(
        request,
        observer,
        () ->
            collages.store(
                collages.changed(request.getCollageId(), false).toBuilder()
                    .setState(State.STATE_DRAFT)
                    .clearPublication()));
  }

  @Override
  public void remixCollage(RemixCollageRequest request, StreamObserver<Collage> observer) {
    script.reply(
        request,
        observer,
        () -> {
          Collage original = collages.seen(request.getCollageId());
          if (original.getRemixPolicy() == RemixPolicy.REMIX_POLICY_OWNER
              && original.getRole() != Role.ROLE_OWNER) {
            throw ApiException.aborted(ErrorReason.ERROR_REASON_REMIX_NOT_ALLOWED, "secret");
          }
          return collages.put(
              Caller.current().accountId(),
              Collage.newBuilder()
                  .setDocument(original.getDocument())
                  .setRemixOf(
                      RemixCredit.newBuilder()
                          .setCollageId(original.getId())
                          .setOwnerId(original.getOwnerId())
                          .setRevision(original.getRevision()))
                  .build());
        });
  }

  @Override
  public void listRemixes(
      ListRemixesRequest request, StreamObserver<ListRemixesResponse> observer) {
    script.reply(
        request,
        observer,
        () -> {
          List<Collage> found =
              collages.all().stream()
                  .filter(c -> c.getRemixOf().getCollageId().equals(request.getCollageId()))
                  .toList();
          Pages<Collage> page = Pages.of(found, request.getPageSize(), request.getPageToken());
          return ListRemixesResponse.newBuilder()
              .addAllCollages(page.items())
              .setNextPageToken(page.next())
              .build();
        });
  }

  @Override
  public void listPinCollages(
      ListPinCollagesRequest request, StreamObserver<ListPinCollagesResponse> observer) {
    script.reply(
        request,
        observer,
        () -> {
          List<Collage> found =
              collages.all().stream()
                  .filter(c -> c.getPublication().getPinId().equals(request.getPinId()))
                  .toList();
          Pages<Collage> page = Pages.of(found, request.getPageSize(), request.getPageToken());
          return ListPinCollagesResponse.newBuilder()
              .addAllCollages(page.items())
              .setNextPageToken(page.next())
              .build();
        });
  }
}
