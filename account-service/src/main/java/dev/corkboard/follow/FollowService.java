// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.follow;

import com.google.protobuf.Empty;
import dev.corkboard.account.AccountStore;
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
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.check.Ids;
import dev.corkboard.platform.check.Violations;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.page.IdPosition;
import dev.corkboard.platform.page.PageTokens;
import dev.corkboard.platform.page.Paging;
import dev.corkboard.platform.server.Caller;
import dev.corkboard.platform.server.Unary;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/** Serves who follows whom. */
public final class FollowService extends FollowServiceImplBase {
  private final FollowStore follows;
  private final AccountStore accounts;
  private final PageTokens tokens;

  /** One of the two listings. */
  private interface Listing {
    CompletionStage<List<Long>> page(long accountId, long before, int limit);
  }

  /** A page of accounts and where the next one begins. */
  private record Page(List<Account> accounts, String next) {}

  public FollowService(FollowStore follows, AccountStore accounts, PageTokens tokens) {
    this.follows = follows;
    this.accounts = accounts;
    this.tokens = tokens;
  }

  @Override
  public void followAccount(FollowAccountRequest request, StreamObserver<Empty> observer) {
    Caller caller = Caller.current();
    Unary.reply(
        observer,
        () -> {
          String id = request.getAccountId();
          Violations violations = new Violations().id("account_id", id);
          if (id.equals(caller.accountId())) {
            violations.add("account_id", "must not be the caller's own");
          }
          violations.throwIfAny();
          return accounts
              .get(id)
              .thenCompose(
                  found -> {
                    if (found.isEmpty()) throw notFound(id);
                    return set(caller, id, true);
                  });
        });
  }

  @Override
  public void unfollowAccount(UnfollowAccountRequest request, StreamObserver<Empty> observer) {
    Caller caller = Caller.current();
    Unary.reply(
        observer,
        () -> {
          String id = request.getAccountId();
          new Violations().id("account_id", id).throwIfAny();
          return set(caller, id, false);
        });
  }

  private CompletionStage<Empty> set(Caller caller, String accountId, boolean follows) {
    long followee = Ids.parse(accountId).orElseThrow(() -> notFound(accountId));
    return this.follows
        .set(Long.parseLong(caller.accountId()), followee, follows)
        .thenApply(done -> Empty.getDefaultInstance());
  }

  private static ApiException notFound(String accountId) {
    return ApiException.notFound(
        ErrorReason.ERROR_REASON_ACCOUNT_NOT_FOUND, "account_id", accountId);
  }

  @Override
  public void listFollowers(
      ListFollowersRequest request, StreamObserver<ListFollowersResponse> observer) {
    Caller caller = Caller.current();
    Unary.reply(
        observer,
        () ->
            list(
                    caller,
                    "followers",
                    follows::followers,
                    request.getPageSize(),
                    request.getPageToken())
                .thenApply(
                    page ->
                        ListFollowersResponse.newBuilder()
                            .addAllAccounts(page.accounts())
                            .setNextPageToken(page.next())
                            .build()));
  }

  @Override
  public void listFollowing(
      ListFollowingRequest request, StreamObserver<ListFollowingResponse> observer) {
    Caller caller = Caller.current();
    Unary.reply(
        observer,
        () ->
            list(
                    caller,
                    "following",
                    follows::following,
                    request.getPageSize(),
                    request.getPageToken())
                .thenApply(
                    page ->
                        ListFollowingResponse.newBuilder()
                            .addAllAccounts(page.accounts())
                            .setNextPageToken(page.next())
                            .build()));
  }

  private CompletionStage<Page> list(
      Caller caller, String name, Listing listing, int pageSize, String token) {
    new Violations().pageSize(pageSize).throwIfAny();
    IdPosition from = IdPosition.open(tokens, token, name, caller.accountId());
    int size = Paging.size(pageSize, from.pageSize(), Paging.MAX_SIZE);
    return listing
        .page(Long.parseLong(caller.accountId()), from.before(), size + 1)
        .thenCompose(
            ids -> {
              List<String> shown = ids.stream().limit(size).map(Ids::format).toList();
              String next =
                  ids.size() <= size
                      ? ""
                      : new IdPosition(ids.get(size - 1), size)
                          .seal(tokens, name, caller.accountId());
              return accounts
                  .getAll(shown)
                  .thenApply(found -> new Page(inOrder(shown, found), next));
            });
  }

  private static List<Account> inOrder(List<String> ids, Map<String, Account> found) {
    return ids.stream().map(found::get).filter(Objects::nonNull).toList();
  }

  @Override
  public void getFollowCounts(
      GetFollowCountsRequest request, StreamObserver<FollowCounts> observer) {
    Caller caller = Caller.current();
    Unary.reply(
        observer,
        () ->
            follows
                .counts(Long.parseLong(caller.accountId()))
                .thenApply(
                    counts ->
                        FollowCounts.newBuilder()
                            .setFollowerCount(counts.followers())
                            .setFollowingCount(counts.following())
                            .build()));
  }
}
