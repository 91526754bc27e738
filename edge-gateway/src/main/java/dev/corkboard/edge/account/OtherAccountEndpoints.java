// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.account;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.annotation.Delete;
import com.linecorp.armeria.server.annotation.Get;
import com.linecorp.armeria.server.annotation.Param;
import com.linecorp.armeria.server.annotation.Path;
import com.linecorp.armeria.server.annotation.Post;
import dev.corkboard.edge.backend.Usernames;
import dev.corkboard.edge.http.Params;
import dev.corkboard.edge.http.RequiredScopes;
import dev.corkboard.edge.http.Responses;
import dev.corkboard.edge.limit.Category;
import dev.corkboard.edge.limit.RateLimited;
import dev.corkboard.platform.error.ApiException;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The operations of the contract about what there is none of here: linked businesses, claimed
 * websites and interests. Lists of them are empty, and claiming a website is refused.
 */
public final class OtherAccountEndpoints {
  private final Usernames usernames;

  public OtherAccountEndpoints(Usernames usernames) {
    this.usernames = usernames;
  }

  private static HttpResponse emptyPage(ServiceRequestContext ctx) {
    Params.pageSize(ctx);
    if (!Params.bookmark(ctx).isEmpty()) throw ApiException.invalidPageToken();
    return Responses.page(List.of(), "", (out, nothing) -> {});
  }

  private static HttpResponse noWebsites() {
    return HttpResponse.ofFailure(
        ApiException.permissionDenied("Websites cannot be claimed here."));
  }

  @Get
  @Path("/user_account/businesses")
  @Path("/user_account/businesses/")
  @RequiredScopes("user_accounts:read")
  @RateLimited(Category.ORG_READ)
  public HttpResponse businesses() {
    return Responses.ok(
        out -> {
          out.writeStartArray();
          out.writeEndArray();
        });
  }

  @Get
  @Path("/user_account/websites")
  @Path("/user_account/websites/")
  @RequiredScopes(value = "user_accounts:read", userOnly = true)
  @RateLimited(Category.ORG_READ)
  public HttpResponse websites(ServiceRequestContext ctx) {
    return emptyPage(ctx);
  }

  @Post
  @Path("/user_account/websites")
  @Path("/user_account/websites/")
  @RequiredScopes(value = "user_accounts:write", userOnly = true)
  @RateLimited(Category.ORG_WRITE)
  public HttpResponse verifyWebsite() {
    return noWebsites();
  }

  @Delete
  @Path("/user_account/websites")
  @Path("/user_account/websites/")
  @RequiredScopes(value = "user_accounts:write", userOnly = true)
  @RateLimited(Category.ORG_WRITE)
  public HttpResponse unverifyWebsite(ServiceRequestContext ctx) {
    Params.required(ctx, "website");
    return noWebsites();
  }

  @Get
  @Path("/user_account/websites/verification")
  @Path("/user_account/websites/verification/")
  @RequiredScopes("user_accounts:read")
  @RateLimited(Category.ORG_READ)
  public HttpResponse websiteVerification() {
    return noWebsites();
  }

  @Get
  @Path("/users/{username}/interests/follow")
  @Path("/users/{username}/interests/follow/")
  @RequiredScopes("user_accounts:read")
  @RateLimited(Category.ORG_READ)
  public CompletionStage<HttpResponse> interests(
      ServiceRequestContext ctx, @Param("username") String username) {
    return usernames.account(username).thenApply(account -> emptyPage(ctx));
  }
}
