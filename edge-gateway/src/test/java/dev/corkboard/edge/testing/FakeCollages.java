// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.testing;

import com.google.protobuf.Empty;
import com.google.protobuf.util.FieldMaskUtil;
import com.google.protobuf.util.Timestamps;
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
import dev.corkboard.collage.v1.Role;
import dev.corkboard.collage.v1.SetMemberRequest;
import dev.corkboard.collage.v1.State;
import dev.corkboard.collage.v1.UndeleteCollageRequest;
import dev.corkboard.collage.v1.UpdateCollageRequest;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.check.Violations;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.server.Caller;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Collages in memory, which their members see, and everybody once published; ids from 7000. */
public final class FakeCollages extends CollageServiceImplBase {
  private static final long CREATED_MILLIS = 1_790_000_000_123L;

  private final Map<Long, Collage> collages = new TreeMap<>(Collections.reverseOrder());
  private final Map<Long, Map<String, Member>> members = new TreeMap<>();
  private final Script script = new Script();
  private long nextId = 7000;

  public Script script() {
    return script;
  }

  /** Puts a draft of an account's there, and answers with it. */
  public synchronized Collage put(String ownerId, Collage collage) {
    long id = nextId++;
    Collage stored =
        collage.toBuilder()
            .setId(Long.toString(id))
            .setOwnerId(ownerId)
            .setState(State.STATE_DRAFT)
            .setCreateTime(Timestamps.fromMillis(CREATED_MILLIS))
            .setUpdateTime(Timestamps.fromMillis(CREATED_MILLIS))
            .setEtag("v1")
            .build();
    collages.put(id, stored);
    members.put(id, new TreeMap<>());
    member(stored, ownerId, Role.ROLE_OWNER);
    return stored;
  }

  private Member member(Collage collage, String accountId, Role role) {
    Member member =
        Member.newBuilder()
            .setAccountId(accountId)
            .setRole(role)
            .setCreateTime(Timestamps.fromMillis(CREATED_MILLIS))
            .build();
    members.get(Long.parseLong(collage.getId())).put(accountId, member);
    return member;
  }

  private Role role(Collage collage) {
    Member member = members.get(Long.parseLong(collage.getId())).get(Caller.current().accountId());
    return member == null ? Role.ROLE_UNSPECIFIED : member.getRole();
  }

  /** The collage if the caller may see it, with the caller's role. */
  synchronized Collage seen(String id) {
    Collage collage = collages.get(Long.parseLong(id));
    if (collage == null
        || (role(collage) == Role.ROLE_UNSPECIFIED
            && collage.getState() != State.STATE_PUBLISHED)) {
      throw ApiException.notFound(ErrorReason.ERROR_REASON_COLLAGE_NOT_FOUND, "collage_id", id);
    }
    return collage.toBuilder().setRole(role(collage)).build();
  }

  /** The same for its owner, and editors where they may. */
  Collage changed(String id, boolean byEditors) {
    Collage collage = seen(id);
    if (collage.getRole() != Role.ROLE_OWNER
        && !(byEditors && collage.getRole() == Role.ROLE_EDITOR)) {
      throw ApiException.permissionDenied("not yours");
    }
    return collage;
  }

  synchronized Collage store(Collage.Builder changed) {
    Collage collage =
        changed.setEtag("v" + (Integer.parseInt(changed.getEtag().substring(1)) + 1)).build();
    collages.put(Long.parseLong(collage.getId()), collage);
    return collage;
  }

  synchronized List<Collage> all() {
    return new ArrayList<>(collages.values());
  }

  private static void etag(Collage collage, String expected) {
    if (expected.isEmpty() || expected.equals(collage.getEtag())) return;
    throw ApiException.aborted(ErrorReason.ERROR_REASON_ETAG_MISMATCH, "secret detail");
  }

  @Override
  public void createCollage(CreateCollageRequest request, StreamObserver<Collage> observer) {
    Caller caller = Caller.current();
    script.reply(
        request,
        observer,
        () -> {
          Violations violations = new Violations();
          Collage collage = request.getCollage();
          violations.text("collage.title", collage.getTitle(), 100);
          if (!collage.getDocument().hasCanvas()) {
            violations.add("collage.document.canvas", "is required");
          }
          for (int i = 0; i < collage.getDocument().getLayersCount(); i++) {
            if (collage.getDocument().getLayers(i).getPlacement().getWidth() <= 0) {
              violations.add(
                  "collage.document.layers[" + i + "].placement.width", "must be above 0");
            }
          }
          violations.throwIfAny();
          return put(caller.accountId(), collage).toBuilder().setRole(Role.ROLE_OWNER).build();
        });
  }

  @Override
  public void getCollage(GetCollageRequest request, StreamObserver<Collage> observer) {
    script.reply(
        request,
        observer,
        () -> {
          Collage collage = seen(request.getCollageId());
          if (request.hasRevision() && request.getRevision() > collage.getRevision()) {
            throw ApiException.notFound(
                ErrorReason.ERROR_REASON_REVISION_NOT_FOUND, "revision", request.getRevision());
          }
          return collage;
        });
  }

  @Override
  public void listCollages(
      ListCollagesRequest request, StreamObserver<ListCollagesResponse> observer) {
    script.reply(
        request,
        observer,
        () -> {
          List<Collage> found =
              all().stream()
                  .filter(collage -> isListed(request, collage))
                  .map(collage -> collage.toBuilder().clearDocument().build())
                  .toList();
          Pages<Collage> page = Pages.of(found, request.getPageSize(), request.getPageToken());
          return ListCollagesResponse.newBuilder()
              .addAllCollages(page.items())
              .setNextPageToken(page.next())
              .build();
        });
  }

  private boolean isListed(ListCollagesRequest request, Collage collage) {
    if (!request.getOwnerId().isEmpty()) {
      return collage.getOwnerId().equals(request.getOwnerId())
          && collage.getState() == State.STATE_PUBLISHED;
    }
    Role role = role(collage);
    boolean deleted = collage.getState() == State.STATE_DELETED;
    return switch (request.getFilter()) {
      case FILTER_SHARED -> role == Role.ROLE_EDITOR || role == Role.ROLE_VIEWER;
      case FILTER_DELETED -> role == Role.ROLE_OWNER && deleted;
      default -> role == Role.ROLE_OWNER && !deleted;
    };
  }

  @Override
  public void updateCollage(UpdateCollageRequest request, StreamObserver<Collage> observer) {
    script.reply(
        request,
        observer,
        () -> {
          Collage collage = changed(request.getCollage().getId(), true);
          etag(collage, request.getCollage().getEtag());
          new Violations().text("collage.title", request.getCollage().getTitle(), 100).throwIfAny();
          Collage.Builder next = collage.toBuilder();
          FieldMaskUtil.merge(request.getUpdateMask(), request.getCollage(), next);
          return store(next);
        });
  }

  @Override
  public void deleteCollage(DeleteCollageRequest request, StreamObserver<Empty> observer) {
    script.reply(
        request,
        observer,
        () -> {
          Collage collage = changed(request.getCollageId(), false);
          etag(collage, request.getEtag());
          if (collage.getState() == State.STATE_PUBLISHED) {
            throw ApiException.failedPrecondition(
                ErrorReason.ERROR_REASON_COLLAGE_PUBLISHED, "collage_id", "?", "secret detail");
          }
          store(
              collage.toBuilder()
                  .setState(State.STATE_DELETED)
                  .setDeleteTime(Timestamps.fromMillis(CREATED_MILLIS))
                  .setPurgeTime(Timestamps.fromMillis(CREATED_MILLIS)));
          return Empty.getDefaultInstance();
        });
  }

  @Override
  public void undeleteCollage(UndeleteCollageRequest request, StreamObserver<Collage> observer) {
    script.reply(
        request,
        observer,
        () ->
            store(
                changed(request.getCollageId(), false).toBuilder()
                    .setState(State.STATE_DRAFT)
                    .clearDeleteTime()
                    .clearPurgeTime()));
  }

  @Override
  public void listMembers(
      ListMembersRequest request, StreamObserver<ListMembersResponse> observer) {
    script.reply(
        request,
        observer,
        () -> {
          Collage collage = seen(request.getCollageId());
          List<Member> found =
              new ArrayList<>(members.get(Long.parseLong(collage.getId())).values());
          Pages<Member> page = Pages.of(found, request.getPageSize(), request.getPageToken());
          return ListMembersResponse.newBuilder()
              .addAllMembers(page.items())
              .setNextPageToken(page.next())
              .build();
        });
  }

  @Override
  public void setMember(SetMemberRequest request, StreamObserver<Member> observer) {
    script.reply(
        request,
        observer,
        () ->
            member(
                changed(request.getCollageId(), false),
                request.getMember().getAccountId(),
                request.getMember().getRole()));
  }

  @Override
  public void removeMember(RemoveMemberRequest request, StreamObserver<Empty> observer) {
    script.reply(
        request,
        observer,
        () -> {
          Collage collage = changed(request.getCollageId(), false);
          members.get(Long.parseLong(collage.getId())).remove(request.getAccountId());
          return Empty.getDefaultInstance();
        });
  }
}
