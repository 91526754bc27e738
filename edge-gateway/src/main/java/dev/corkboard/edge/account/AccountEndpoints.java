// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.account;

import com.fasterxml.jackson.core.JsonGenerator;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.annotation.Delete;
import com.linecorp.armeria.server.annotation.Get;
import com.linecorp.armeria.server.annotation.Param;
import com.linecorp.armeria.server.annotation.Patch;
import com.linecorp.armeria.server.annotation.Path;
import com.linecorp.armeria.server.annotation.Post;
import dev.corkboard.account.v1.Account;
import dev.corkboard.account.v1.FollowAccountRequest;
import dev.corkboard.account.v1.FollowCounts;
import dev.corkboard.account.v1.GetAccountRequest;
import dev.corkboard.account.v1.GetFollowCountsRequest;
import dev.corkboard.account.v1.ListFollowersRequest;
import dev.corkboard.account.v1.ListFollowingRequest;
import dev.corkboard.account.v1.UnfollowAccountRequest;
import dev.corkboard.board.v1.GetBoardCountRequest;
import dev.corkboard.edge.backend.Backends;
import dev.corkboard.edge.backend.Usernames;
import dev.corkboard.edge.http.Params;
import dev.corkboard.edge.http.RequestBody;
import dev.corkboard.edge.http.RequiredScopes;
import dev.corkboard.edge.http.Responses;
import dev.corkboard.edge.http.ScopeCheck;
import dev.corkboard.edge.json.Echo;
import dev.corkboard.edge.json.Json;
import dev.corkboard.edge.json.JsonReader;
import dev.corkboard.edge.limit.Category;
import dev.corkboard.edge.limit.RateLimited;
import dev.corkboard.pin.v1.GetPinCountRequest;
import dev.corkboard.platform.client.Futures;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.server.Caller;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The caller's own account, and whom it follows. */
public final class AccountEndpoints {
  private static final Map<String, Boolean> FEEDS =
      Map.of("ALL", true, "RANKED", true, "CREATOR_ONLY", true, "RANKED_CREATOR_ONLY", true);

  private final Backends backends;
  private final Usernames usernames;
  private final RequestBody bodies;

  public AccountEndpoints(Backends backends, Usernames usernames, RequestBody bodies) {
    this.backends = backends;
    this.usernames = usernames;
    this.bodies = bodies;
  }

  /** What the services that own them say of an account. */
  private record Counts(int boards, int pins, FollowCounts follows) {}

  @Get
  @Path("/user_account")
  @Path("/user_account/")
  @RequiredScopes("user_accounts:read")
  @RateLimited(Category.ORG_READ)
  public CompletionStage<HttpResponse> get(ServiceRequestContext ctx) {
    Caller caller = ScopeCheck.caller(ctx);
    GetAccountRequest call =
        GetAccountRequest.newBuilder().setAccountId(caller.accountId()).build();
    return withCounts(caller, Futures.toStage(backends.accounts(caller).getAccount(call)));
  }

  @Patch
  @Path("/user_account")
  @Path("/user_account/")
  @RequiredScopes(
      value = {"user_accounts:read", "user_accounts:write"},
      userOnly = true)
  @RateLimited(Category.ORG_WRITE)
  public CompletionStage<HttpResponse> update(ServiceRequestContext ctx, HttpRequest request) {
    Caller caller = ScopeCheck.caller(ctx);
    return withCounts(
        caller,
        bodies
            .read(request, UpdateAccountBody::read)
            .thenApply(UpdateAccountBody::toProto)
            .thenCompose(call -> Futures.toStage(backends.accounts(caller).updateAccount(call)))
            .thenApply(
                account -> {
                  usernames.forget(account.getId());
                  return account;
                }));
  }

  private CompletionStage<HttpResponse> withCounts(
      Caller caller, CompletionStage<Account> account) {
    return account.thenCompose(
        found ->
            counts(caller).thenApply(counts -> Responses.ok(out -> write(out, found, counts))));
  }

  private CompletionStage<Counts> counts(Caller caller) {
    CompletableFuture<Integer> boards =
        Futures.toStage(
                backends.boards(caller).getBoardCount(GetBoardCountRequest.getDefaultInstance()))
            .thenApply(count -> count.getCount())
            .toCompletableFuture();
    CompletableFuture<Integer> pins =
        Futures.toStage(backends.pins(caller).getPinCount(GetPinCountRequest.getDefaultInstance()))
            .thenApply(count -> count.getCount())
            .toCompletableFuture();
    return Futures.toStage(
            backends.follows(caller).getFollowCounts(GetFollowCountsRequest.getDefaultInstance()))
        .thenCombine(boards, (follows, b) -> new Counts(b, 0, follows))
        .thenCombine(pins, (counts, p) -> new Counts(counts.boards(), p, counts.follows()));
  }

  private static void write(JsonGenerator out, Account account, Counts counts) throws IOException {
    out.writeStartObject();
    out.writeStringField("id", account.getId());
    out.writeStringField("username", account.getUsername());
    out.writeStringField(
        "account_type", account.getType() == Account.Type.TYPE_BUSINESS ? "BUSINESS" : "PINNER");
    out.writeStringField("profile_image", account.getProfileImageUrl());
    out.writeStringField("website_url", account.getWebsiteUrl());
    out.writeStringField("about", account.getAbout());
    Json.nullable(out, "business_name", account.getBusinessName());
    out.writeNumberField("board_count", counts.boards());
    out.writeNumberField("pin_count", counts.pins());
    out.writeNumberField("follower_count", counts.follows().getFollowerCount());
    out.writeNumberField("following_count", counts.follows().getFollowingCount());
    // Nobody counts views here.
    out.writeNullField("monthly_views");
    out.writeEndObject();
  }

  @Get
  @Path("/user_account/followers")
  @Path("/user_account/followers/")
  @RequiredScopes("user_accounts:read")
  @RateLimited(Category.ADS_READ)
  public CompletionStage<HttpResponse> followers(ServiceRequestContext ctx) {
    ListFollowersRequest call =
        ListFollowersRequest.newBuilder()
            .setPageSize(Params.pageSize(ctx))
            .setPageToken(Params.bookmark(ctx))
            .build();
    return Futures.toStage(backends.follows(ScopeCheck.caller(ctx)).listFollowers(call))
        .thenApply(page -> summaries(page.getAccountsList(), page.getNextPageToken()));
  }

  /** All follows are explicit here: following a board follows no account. */
  @Get
  @Path("/user_account/following")
  @Path("/user_account/following/")
  @RequiredScopes("user_accounts:read")
  @RateLimited(Category.ORG_READ)
  public CompletionStage<HttpResponse> following(ServiceRequestContext ctx) {
    Params.flag(ctx, "explicit_following");
    Params.choice(ctx, "feed_type", FEEDS);
    ListFollowingRequest call =
        ListFollowingRequest.newBuilder()
            .setPageSize(Params.pageSize(ctx))
            .setPageToken(Params.bookmark(ctx))
            .build();
    return Futures.toStage(backends.follows(ScopeCheck.caller(ctx)).listFollowing(call))
        .thenApply(page -> summaries(page.getAccountsList(), page.getNextPageToken()));
  }

  @Post
  @Path("/user_account/following/{username}")
  @Path("/user_account/following/{username}/")
  @RequiredScopes(value = "user_accounts:write", userOnly = true)
  @RateLimited(Category.ORG_WRITE)
  public CompletionStage<HttpResponse> follow(
      ServiceRequestContext ctx, @Param("username") String username, HttpRequest request) {
    Caller caller = ScopeCheck.caller(ctx);
    return bodies
        .read(request, AccountEndpoints::readAutoFollow)
        .thenCompose(body -> usernames.account(checked(username)))
        .thenCompose(
            account ->
                Futures.toStage(
                        backends
                            .follows(caller)
                            .followAccount(
                                FollowAccountRequest.newBuilder()
                                    .setAccountId(account.getId())
                                    .build()))
                    .thenApply(done -> Responses.ok(out -> writeSummary(out, account))));
  }

  /** Makes no difference here, but must be what it is said to be. */
  private static boolean readAutoFollow(byte[] body) {
    boolean[] auto = new boolean[1];
    JsonReader.object(
        body,
        (name, in) -> {
          if (name.equals("auto_follow")) auto[0] = in.bool();
        });
    return auto[0];
  }

  @Delete
  @Path("/user_account/following/{username}")
  @Path("/user_account/following/{username}/")
  @RequiredScopes(value = "user_accounts:write", userOnly = true)
  @RateLimited(Category.ORG_WRITE)
  public CompletionStage<HttpResponse> unfollow(
      ServiceRequestContext ctx, @Param("username") String username) {
    Caller caller = ScopeCheck.caller(ctx);
    return usernames
        .account(checked(username))
        .thenCompose(
            account ->
                Futures.toStage(
                    backends
                        .follows(caller)
                        .unfollowAccount(
                            UnfollowAccountRequest.newBuilder()
                                .setAccountId(account.getId())
                                .build())))
        .thenApply(done -> Responses.empty());
  }

  private static String checked(String username) {
    if (username.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw ApiException.invalid(
          "username", Echo.quoted(username) + " does not match '(?!^\\\\d+$)^.+$'");
    }
    return username;
  }

  private static HttpResponse summaries(List<Account> accounts, String next) {
    return Responses.page(accounts, next, AccountEndpoints::writeSummary);
  }

  private static void writeSummary(JsonGenerator out, Account account) throws IOException {
    out.writeStartObject();
    out.writeStringField("username", account.getUsername());
    out.writeStringField("type", "user");
    out.writeEndObject();
  }
}
