// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.collage;

import com.fasterxml.jackson.core.JsonGenerator;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.annotation.Delete;
import com.linecorp.armeria.server.annotation.Get;
import com.linecorp.armeria.server.annotation.Param;
import com.linecorp.armeria.server.annotation.Path;
import com.linecorp.armeria.server.annotation.Put;
import dev.corkboard.collage.v1.ListMembersRequest;
import dev.corkboard.collage.v1.ListMembersResponse;
import dev.corkboard.collage.v1.Member;
import dev.corkboard.collage.v1.RemoveMemberRequest;
import dev.corkboard.edge.backend.Backends;
import dev.corkboard.edge.backend.Usernames;
import dev.corkboard.edge.http.Params;
import dev.corkboard.edge.http.RequestBody;
import dev.corkboard.edge.http.RequiredScopes;
import dev.corkboard.edge.http.Responses;
import dev.corkboard.edge.http.ScopeCheck;
import dev.corkboard.edge.json.Json;
import dev.corkboard.edge.limit.Category;
import dev.corkboard.edge.limit.RateLimited;
import dev.corkboard.platform.client.Futures;
import dev.corkboard.platform.server.Caller;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Who works on collages. Members are named by their id: a username may be another's tomorrow. */
public final class MemberEndpoints {
  private static final String ACCOUNT_ID = "account_id";

  private final Backends backends;
  private final Usernames usernames;
  private final RequestBody bodies;

  public MemberEndpoints(Backends backends, Usernames usernames, RequestBody bodies) {
    this.backends = backends;
    this.usernames = usernames;
    this.bodies = bodies;
  }

  @Get
  @Path("/collages/{collage_id}/members")
  @Path("/collages/{collage_id}/members/")
  @RequiredScopes(value = "collages:read", userOnly = true)
  @RateLimited(Category.ORG_READ)
  public CompletionStage<HttpResponse> list(
      ServiceRequestContext ctx, @Param(CollageIds.COLLAGE_ID) String id) {
    ListMembersRequest call =
        ListMembersRequest.newBuilder()
            .setCollageId(CollageIds.collage(id))
            .setPageSize(Params.pageSize(ctx))
            .setPageToken(Params.bookmark(ctx))
            .build();
    return Futures.toStage(backends.collages(ScopeCheck.caller(ctx)).listMembers(call))
        .thenCompose(this::page);
  }

  private CompletionStage<HttpResponse> page(ListMembersResponse page) {
    return usernames
        .of(page.getMembersList().stream().map(Member::getAccountId).toList())
        .thenApply(
            names ->
                Responses.page(
                    page.getMembersList(),
                    page.getNextPageToken(),
                    (out, member) -> write(out, member, names)));
  }

  @Put
  @Path("/collages/{collage_id}/members/{account_id}")
  @Path("/collages/{collage_id}/members/{account_id}/")
  @RequiredScopes(
      value = {"collages:read", "collages:write"},
      userOnly = true)
  @RateLimited(Category.ORG_WRITE)
  public CompletionStage<HttpResponse> set(
      ServiceRequestContext ctx,
      @Param(CollageIds.COLLAGE_ID) String id,
      @Param(ACCOUNT_ID) String account,
      HttpRequest request) {
    Caller caller = ScopeCheck.caller(ctx);
    String collageId = CollageIds.collage(id);
    String accountId = CollageIds.account(ACCOUNT_ID, account);
    return bodies
        .read(request, MemberBody::read)
        .thenApply(body -> body.toProto(collageId, accountId))
        .thenCompose(call -> Futures.toStage(backends.collages(caller).setMember(call)))
        .thenCompose(
            member ->
                usernames
                    .ofWritten(accountId)
                    .thenApply(names -> Responses.ok(out -> write(out, member, names))));
  }

  @Delete
  @Path("/collages/{collage_id}/members/{account_id}")
  @Path("/collages/{collage_id}/members/{account_id}/")
  @RequiredScopes(
      value = {"collages:read", "collages:write"},
      userOnly = true)
  @RateLimited(Category.ORG_WRITE)
  public CompletionStage<HttpResponse> remove(
      ServiceRequestContext ctx,
      @Param(CollageIds.COLLAGE_ID) String id,
      @Param(ACCOUNT_ID) String account) {
    RemoveMemberRequest call =
        RemoveMemberRequest.newBuilder()
            .setCollageId(CollageIds.collage(id))
            .setAccountId(CollageIds.account(ACCOUNT_ID, account))
            .build();
    return Futures.toStage(backends.collages(ScopeCheck.caller(ctx)).removeMember(call))
        .thenApply(done -> Responses.empty());
  }

  private static void write(JsonGenerator json, Member member, Map<String, String> names)
      throws IOException {
    json.writeStartObject();
    json.writeStringField(ACCOUNT_ID, member.getAccountId());
    json.writeStringField("username", names.getOrDefault(member.getAccountId(), ""));
    json.writeStringField("role", CollageNames.ROLES.of(member.getRole()));
    Json.time(json, "created_at", member.getCreateTime());
    json.writeEndObject();
  }
}
