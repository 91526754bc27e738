// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import com.google.protobuf.Empty;
import dev.corkboard.collage.v1.Collage;
import dev.corkboard.collage.v1.CollageServiceGrpc.CollageServiceImplBase;
import dev.corkboard.collage.v1.CreateCollageRequest;
import dev.corkboard.collage.v1.DeleteCollageRequest;
import dev.corkboard.collage.v1.GetCollageRequest;
import dev.corkboard.collage.v1.ListCollagesRequest;
import dev.corkboard.collage.v1.ListCollagesResponse;
import dev.corkboard.collage.v1.ListMembersRequest;
import dev.corkboard.collage.v1.ListMembersResponse;
import dev.corkboard.collage.v1.Member;
import dev.corkboard.collage.v1.RemoveMemberRequest;
import dev.corkboard.collage.v1.SetMemberRequest;
import dev.corkboard.collage.v1.UndeleteCollageRequest;
import dev.corkboard.collage.v1.UpdateCollageRequest;
import dev.corkboard.platform.check.Violations;
import dev.corkboard.platform.server.Caller;
import dev.corkboard.platform.server.Unary;
import io.grpc.stub.StreamObserver;
import java.util.Optional;

/** Collages and their members, over gRPC. */
final class CollageService extends CollageServiceImplBase {
  private final CollageCreator creator;
  private final CollageChanges changes;
  private final CollageAccess access;
  private final CollageViews views;
  private final CollageLists lists;
  private final CollageMembers members;

  CollageService(
      CollageCreator creator,
      CollageChanges changes,
      CollageAccess access,
      CollageViews views,
      CollageLists lists,
      CollageMembers members) {
    this.creator = creator;
    this.changes = changes;
    this.access = access;
    this.views = views;
    this.lists = lists;
    this.members = members;
  }

  @Override
  public void createCollage(CreateCollageRequest request, StreamObserver<Collage> observer) {
    Caller caller = Caller.current();
    Unary.reply(
        observer,
        () -> {
          CollageRequests.check(request);
          return creator.create(caller, request);
        });
  }

  @Override
  public void getCollage(GetCollageRequest request, StreamObserver<Collage> observer) {
    Caller caller = Caller.current();
    Unary.reply(
        observer,
        () -> {
          new Violations().id("collage_id", request.getCollageId()).throwIfAny();
          Optional<Long> revision =
              request.hasRevision() ? Optional.of(request.getRevision()) : Optional.empty();
          return access
              .read(caller, request.getCollageId())
              .thenCompose(seen -> views.showWhole(caller, seen, seen.revision(revision)));
        });
  }

  @Override
  public void listCollages(
      ListCollagesRequest request, StreamObserver<ListCollagesResponse> observer) {
    Caller caller = Caller.current();
    Unary.reply(
        observer,
        () ->
            lists
                .list(caller, request)
                .thenApply(
                    page ->
                        ListCollagesResponse.newBuilder()
                            .addAllCollages(page.items())
                            .setNextPageToken(page.nextPageToken())
                            .build()));
  }

  @Override
  public void updateCollage(UpdateCollageRequest request, StreamObserver<Collage> observer) {
    Caller caller = Caller.current();
    Unary.reply(
        observer,
        () ->
            changes
                .update(caller, request)
                .thenCompose(seen -> views.showWhole(caller, seen, seen.revision())));
  }

  @Override
  public void deleteCollage(DeleteCollageRequest request, StreamObserver<Empty> observer) {
    Caller caller = Caller.current();
    Unary.reply(
        observer,
        () -> {
          new Violations().id("collage_id", request.getCollageId()).throwIfAny();
          return changes.delete(caller, request).thenApply(done -> Empty.getDefaultInstance());
        });
  }

  @Override
  public void undeleteCollage(UndeleteCollageRequest request, StreamObserver<Collage> observer) {
    Caller caller = Caller.current();
    Unary.reply(
        observer,
        () -> {
          new Violations().id("collage_id", request.getCollageId()).throwIfAny();
          return changes
              .undelete(caller, request)
              .thenCompose(seen -> views.showWhole(caller, seen, seen.revision()));
        });
  }

  @Override
  public void listMembers(
      ListMembersRequest request, StreamObserver<ListMembersResponse> observer) {
    Caller caller = Caller.current();
    Unary.reply(
        observer,
        () -> {
          new Violations().id("collage_id", request.getCollageId()).throwIfAny();
          return members.list(caller, request);
        });
  }

  @Override
  public void setMember(SetMemberRequest request, StreamObserver<Member> observer) {
    Caller caller = Caller.current();
    Unary.reply(observer, () -> members.set(caller, request));
  }

  @Override
  public void removeMember(RemoveMemberRequest request, StreamObserver<Empty> observer) {
    Caller caller = Caller.current();
    Unary.reply(
        observer,
        () -> members.remove(caller, request).thenApply(done -> Empty.getDefaultInstance()));
  }
}
