// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.testing;

import com.google.protobuf.Empty;
import dev.corkboard.account.v1.Account;
import dev.corkboard.account.v1.FollowAccountRequest;
import dev.corkboard.account.v1.FollowCounts;
import dev.corkboard.account.v1.FollowServiceGrpc.FollowServiceImplBase;
import dev.corkboard.account.v1.GetFollowCountsRequest;
import dev.corkboard.account.v1.ListFollowersRequest;
import dev.corkboard.account.v1.ListFollowersResponse;
import dev.corkboard.account.v1.ListFollowingRequest;
import dev.corkboard.account.v1.ListFollowingResponse;
import dev.corkboard.account.v1.UnfollowAccountRequest;
import dev.corkboard.platform.server.Caller;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;

/** Follows in memory; everybody has the follower {@code user1}. */
public final class FakeFollows extends FollowServiceImplBase {
  private final Map<String, Set<String>> following = new ConcurrentHashMap<>();
  private final Script script = new Script();

  public Script script() {
    return script;
  }

  private Set<String> of(String account) {
    return following.computeIfAbsent(account, id -> new ConcurrentSkipListSet<>());
  }

  private static Account account(String id) {
    return Account.newBuilder().setId(id).setUsername("user" + id).build();
  }

  @Override
  public void followAccount(FollowAccountRequest request, StreamObserver<Empty> observer) {
    Caller caller = Caller.current();
    script.reply(
        request,
        observer,
        () -> {
          of(caller.accountId()).add(request.getAccountId());
          return Empty.getDefaultInstance();
        });
  }

  @Override
  public void unfollowAccount(UnfollowAccountRequest request, StreamObserver<Empty> observer) {
    Caller caller = Caller.current();
    script.reply(
        request,
        observer,
        () -> {
          of(caller.accountId()).remove(request.getAccountId());
          return Empty.getDefaultInstance();
        });
  }

  @Override
  public void listFollowers(
      ListFollowersRequest request, StreamObserver<ListFollowersResponse> observer) {
    script.reply(
        request,
        observer,
        () -> ListFollowersResponse.newBuilder().addAccounts(account("1")).build());
  }

  @Override
  public void listFollowing(
      ListFollowingRequest request, StreamObserver<ListFollowingResponse> observer) {
    Caller caller = Caller.current();
    script.reply(
        request,
        observer,
        () -> {
          List<Account> all = of(caller.accountId()).stream().map(FakeFollows::account).toList();
          Pages<Account> page = Pages.of(all, request.getPageSize(), request.getPageToken());
          return ListFollowingResponse.newBuilder()
              .addAllAccounts(page.items())
              .setNextPageToken(page.next())
              .build();
        });
  }

  @Override
  public void getFollowCounts(
      GetFollowCountsRequest request, StreamObserver<FollowCounts> observer) {
    Caller caller = Caller.current();
    script.reply(
        request,
        observer,
        () ->
            FollowCounts.newBuilder()
                .setFollowerCount(1)
                .setFollowingCount(of(caller.accountId()).size())
                .build());
  }
}
