// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.corkboard.account.Accounts;
import dev.corkboard.account.v1.Account;
import dev.corkboard.account.v1.FollowAccountRequest;
import dev.corkboard.account.v1.FollowServiceGrpc;
import dev.corkboard.account.v1.FollowServiceGrpc.FollowServiceBlockingStub;
import dev.corkboard.account.v1.GetFollowCountsRequest;
import dev.corkboard.account.v1.ListFollowersRequest;
import dev.corkboard.account.v1.ListFollowersResponse;
import dev.corkboard.account.v1.ListFollowingRequest;
import dev.corkboard.account.v1.UnfollowAccountRequest;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.page.PageTokens;
import dev.corkboard.platform.testing.GrpcExtension;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FollowServiceTest {
  private static final Accounts ACCOUNTS = new Accounts();

  @RegisterExtension
  static final GrpcExtension grpc =
      new GrpcExtension(
          "account",
          tokens ->
              List.of(
                  new FollowService(
                      new InMemoryFollowStore(),
                      ACCOUNTS.store(),
                      new PageTokens(new byte[32], Clock.systemUTC()))));

  private final Account me = create();

  private static Account create() {
    return ACCOUNTS.create("u" + UUID.randomUUID().toString().replace("-", "").substring(0, 20));
  }

  private static FollowServiceBlockingStub as(Account account) {
    return FollowServiceGrpc.newBlockingStub(grpc.channel())
        .withCallCredentials(
            grpc.tokens()
                .user(account.getId(), Set.of("user_accounts:read", "user_accounts:write")));
  }

  private static void follow(Account who, Account whom) {
    as(who).followAccount(FollowAccountRequest.newBuilder().setAccountId(whom.getId()).build());
  }

  private static void assertRefused(Runnable call, ErrorReason reason) {
    assertThat(ApiException.from(catchThrowable(call::run)).reason()).isEqualTo(reason);
  }

  @Test
  void followersAndFolloweesAreListedAndCounted() {
    Account other = create();
    follow(me, other);
    assertThat(as(me).listFollowing(ListFollowingRequest.getDefaultInstance()).getAccountsList())
        .containsExactly(other);
    assertThat(as(other).listFollowers(ListFollowersRequest.getDefaultInstance()).getAccountsList())
        .containsExactly(me);
    var counts = as(other).getFollowCounts(GetFollowCountsRequest.getDefaultInstance());
    assertThat(counts.getFollowerCount()).isEqualTo(1);
    assertThat(counts.getFollowingCount()).isZero();
    as(me).unfollowAccount(UnfollowAccountRequest.newBuilder().setAccountId(other.getId()).build());
    assertThat(
            as(other)
                .getFollowCounts(GetFollowCountsRequest.getDefaultInstance())
                .getFollowerCount())
        .isZero();
  }

  @Test
  void pagesWalkEveryFollowerOnce() {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Account other = create();
      follow(other, me);
      expected.add(other.getId());
    }
    List<String> seen = new ArrayList<>();
    String token = "";
    do {
      ListFollowersResponse page =
          as(me)
              .listFollowers(
                  ListFollowersRequest.newBuilder().setPageSize(2).setPageToken(token).build());
      page.getAccountsList().forEach(account -> seen.add(account.getId()));
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    assertThat(seen).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void aTokenIsGoodForItsListingAndCaller() {
    for (int i = 0; i < 2; i++) follow(create(), me);
    String token =
        as(me)
            .listFollowers(ListFollowersRequest.newBuilder().setPageSize(1).build())
            .getNextPageToken();
    assertRefused(
        () -> as(me).listFollowing(ListFollowingRequest.newBuilder().setPageToken(token).build()),
        ErrorReason.ERROR_REASON_INVALID_PAGE_TOKEN);
    assertRefused(
        () ->
            as(create())
                .listFollowers(ListFollowersRequest.newBuilder().setPageToken(token).build()),
        ErrorReason.ERROR_REASON_INVALID_PAGE_TOKEN);
  }

  @Test
  void nobodyFollowsThemselvesOrNobody() {
    assertRefused(() -> follow(me, me), ErrorReason.ERROR_REASON_INVALID_FIELD);
    assertRefused(
        () -> follow(me, Account.newBuilder().setId("77").build()),
        ErrorReason.ERROR_REASON_ACCOUNT_NOT_FOUND);
    assertRefused(
        () -> follow(me, Account.newBuilder().setId("x").build()),
        ErrorReason.ERROR_REASON_INVALID_FIELD);
  }
}
