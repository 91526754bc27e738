// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import dev.corkboard.collage.CollageAccess.Seen;
import dev.corkboard.collage.index.CollageIndex;
import dev.corkboard.collage.v1.ListMembersRequest;
import dev.corkboard.collage.v1.ListMembersResponse;
import dev.corkboard.collage.v1.Member;
import dev.corkboard.collage.v1.RemoveMemberRequest;
import dev.corkboard.collage.v1.Role;
import dev.corkboard.collage.v1.SetMemberRequest;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.cassandra.Attempts;
import dev.corkboard.platform.check.Ids;
import dev.corkboard.platform.check.Times;
import dev.corkboard.platform.check.Violations;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.page.PageTokens;
import dev.corkboard.platform.page.Paging;
import dev.corkboard.platform.server.Caller;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Says who is a member of a collage. */
final class CollageMembers {
  /** The most members of a collage, its owner aside. */
  static final int MAX_MEMBERS = 100;

  private static final String NAME = "members/";

  private final CollageHeaders headers;
  private final CollageAccess access;
  private final CollageIndex index;
  private final Accounts accounts;
  private final PageTokens tokens;
  private final Clock clock;

  CollageMembers(
      CollageHeaders headers,
      CollageAccess access,
      CollageIndex index,
      Accounts accounts,
      PageTokens tokens,
      Clock clock) {
    this.headers = headers;
    this.access = access;
    this.index = index;
    this.accounts = accounts;
    this.tokens = tokens;
    this.clock = clock;
  }

  CompletionStage<ListMembersResponse> list(Caller caller, ListMembersRequest request) {
    new Violations().pageSize(request.getPageSize()).throwIfAny();
    return access
        .asMember(caller, request.getCollageId())
        .thenCompose(seen -> headers.members(seen.id()).thenApply(others -> all(seen, others)))
        .thenApply(all -> page(caller, request, all));
  }

  private static List<Member> all(Seen seen, List<Member> others) {
    List<Member> all = new ArrayList<>();
    all.add(
        Member.newBuilder()
            .setAccountId(seen.stored().collage().getOwnerId())
            .setRole(Role.ROLE_OWNER)
            .setCreateTime(seen.stored().collage().getCreateTime())
            .build());
    all.addAll(others);
    return all;
  }

  private ListMembersResponse page(Caller caller, ListMembersRequest request, List<Member> all) {
    String name = NAME + request.getCollageId();
    int from =
        request.getPageToken().isEmpty()
            ? 0
            : Paging.read(
                tokens.open(request.getPageToken(), name, caller.accountId()), ByteBuffer::getInt);
    int size = Paging.size(request.getPageSize(), Paging.DEFAULT_SIZE, Paging.MAX_SIZE);
    int begin = Math.min(from, all.size());
    int end = Math.min(all.size(), begin + size);
    ListMembersResponse.Builder page =
        ListMembersResponse.newBuilder().addAllMembers(all.subList(begin, end));
    if (end < all.size()) {
      byte[] next = ByteBuffer.allocate(Integer.BYTES).putInt(end).array();
      page.setNextPageToken(tokens.seal(name, caller.accountId(), next, Paging.LIFE));
    }
    return page.build();
  }

  CompletionStage<Member> set(Caller caller, SetMemberRequest request) {
    CollageRequests.check(request);
    Member member =
        request.getMember().toBuilder()
            .setCreateTime(Times.toProto(clock.instant().truncatedTo(ChronoUnit.MILLIS)))
            .build();
    long account = Ids.parse(member.getAccountId()).orElse(0);
    return access
        .asOwner(caller, request.getCollageId())
        .thenCompose(seen -> requireAccount(member.getAccountId()).thenApply(there -> seen))
        .thenCompose(
            seen ->
                index
                    .add(new CollageIndex.Key(CollageIndex.Kind.MEMBER, account), seen.id())
                    .thenCompose(
                        done -> Attempts.until(() -> put(caller, request.getCollageId(), member))));
  }

  private CompletionStage<Void> requireAccount(String accountId) {
    return accounts
        .exists(accountId)
        .thenAccept(
            exists -> {
              if (exists) return;
              throw ApiException.notFound(
                  ErrorReason.ERROR_REASON_ACCOUNT_NOT_FOUND, "account_id", accountId);
            });
  }

  private CompletionStage<Optional<Member>> put(Caller caller, String collageId, Member member) {
    return access
        .asOwner(caller, collageId)
        .thenApply(CollageAccess::requireLive)
        .thenCompose(
            seen -> {
              if (member.getAccountId().equals(seen.stored().collage().getOwnerId())) {
                throw ApiException.invalid("member.account_id", "must not be the owner's");
              }
              return headers
                  .members(seen.id())
                  .thenCompose(members -> put(seen.stored(), members, member));
            });
  }

  private CompletionStage<Optional<Member>> put(
      StoredCollage read, List<Member> members, Member member) {
    Optional<Member> before =
        members.stream().filter(m -> m.getAccountId().equals(member.getAccountId())).findFirst();
    if (before.isEmpty() && members.size() >= MAX_MEMBERS) {
      throw ApiException.exhausted(
          ErrorReason.ERROR_REASON_TOO_MANY_MEMBERS,
          "collage_id",
          read.collage().getId(),
          "A collage may have at most " + MAX_MEMBERS + " members.");
    }
    if (before.isPresent() && before.get().getRole() == member.getRole()) {
      return CompletableFuture.completedStage(before);
    }
    Member next =
        before.isEmpty()
            ? member
            : member.toBuilder().setCreateTime(before.get().getCreateTime()).build();
    return headers
        .putMember(read, next)
        .thenApply(done -> done ? Optional.of(next) : Optional.empty());
  }

  CompletionStage<Void> remove(Caller caller, RemoveMemberRequest request) {
    new Violations()
        .id("collage_id", request.getCollageId())
        .id("account_id", request.getAccountId())
        .throwIfAny();
    return Attempts.until(() -> removed(caller, request)).thenAccept(done -> {});
  }

  private CompletionStage<Optional<Boolean>> removed(Caller caller, RemoveMemberRequest request) {
    String account = request.getAccountId();
    return access
        .read(caller, request.getCollageId())
        .thenCompose(
            seen -> {
              boolean own = account.equals(caller.accountId());
              if (seen.role() != Role.ROLE_OWNER && !own) {
                throw ApiException.permissionDenied(
                    "Only the owner may remove members, and members themselves.");
              }
              if (account.equals(seen.stored().collage().getOwnerId())) {
                throw ApiException.invalid("account_id", "must not be the owner's");
              }
              if (Ids.parse(account).isEmpty()) {
                return CompletableFuture.completedStage(Optional.of(true));
              }
              return headers
                  .removeMember(seen.stored(), account)
                  .thenApply(done -> done ? Optional.of(true) : Optional.empty());
            });
  }
}
