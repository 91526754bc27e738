// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.oauth;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.annotation.Path;
import com.linecorp.armeria.server.annotation.Post;
import dev.corkboard.edge.backend.OAuthBackend;
import dev.corkboard.edge.http.BasicCredentials;
import dev.corkboard.edge.http.Params;
import dev.corkboard.edge.http.Responses;
import dev.corkboard.edge.limit.Category;
import dev.corkboard.edge.limit.RateLimited;
import dev.corkboard.oauth.v1.ClientGrant;
import dev.corkboard.oauth.v1.CodeGrant;
import dev.corkboard.oauth.v1.IssueTokenRequest;
import dev.corkboard.oauth.v1.IssueTokenRequest.GrantCase;
import dev.corkboard.oauth.v1.IssueTokenResponse;
import dev.corkboard.oauth.v1.RefreshGrant;
import dev.corkboard.oauth.v1.RevokeTokenRequest;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** {@code /v5/oauth/token} and its revocation, for apps. */
public final class TokenEndpoints {
  private static final Map<String, GrantCase> GRANTS =
      Map.of(
          "authorization_code", GrantCase.CODE,
          "refresh_token", GrantCase.REFRESH,
          "client_credentials", GrantCase.CLIENT);

  private final OAuthBackend oauth;
  private final Clock clock;

  public TokenEndpoints(OAuthBackend oauth, Clock clock) {
    this.oauth = oauth;
    this.clock = clock;
  }

  /** Answers with tokens for a code, a refresh token, or the app itself. */
  @Post
  @Path("/oauth/token")
  @Path("/oauth/token/")
  @RateLimited(value = Category.ORG_READ, closed = true)
  public CompletionStage<HttpResponse> token(ServiceRequestContext ctx, HttpRequest request) {
    BasicCredentials app = BasicCredentials.of(request.headers());
    ctx.setAdditionalResponseHeader(HttpHeaderNames.CACHE_CONTROL, "no-store");
    return Form.read(request)
        .thenCompose(
            form -> {
              String type = form.required("grant_type");
              IssueTokenRequest asked =
                  request(app, form, Params.choose("grant_type", type, GRANTS));
              return oauth.issueToken(asked).thenApply(tokens -> response(type, tokens));
            });
  }

  private static IssueTokenRequest request(BasicCredentials app, Form form, GrantCase grant) {
    IssueTokenRequest.Builder request =
        IssueTokenRequest.newBuilder().setClientId(app.id()).setClientSecret(app.secret());
    switch (grant) {
      case CODE ->
          request.setCode(
              CodeGrant.newBuilder()
                  .setCode(form.required("code"))
                  .setRedirectUri(form.required("redirect_uri"))
                  .setCodeVerifier(form.optional("code_verifier")));
      case REFRESH ->
          request.setRefresh(
              RefreshGrant.newBuilder()
                  .setRefreshToken(form.required("refresh_token"))
                  .addAllScopes(Form.scopes(form.optional("scope"))));
      case CLIENT ->
          request.setClient(
              ClientGrant.newBuilder().addAllScopes(Form.scopes(form.required("scope"))));
      case GRANT_NOT_SET -> throw new IllegalStateException("chosen from the table");
    }
    return request.build();
  }

  private HttpResponse response(String type, IssueTokenResponse tokens) {
    long now = clock.instant().getEpochSecond();
    return Responses.ok(
        json -> {
          json.writeStartObject();
          json.writeStringField("response_type", type);
          json.writeStringField("access_token", tokens.getAccessToken());
          json.writeStringField("token_type", "bearer");
          json.writeNumberField("expires_in", tokens.getExpireTime().getSeconds() - now);
          json.writeStringField("scope", String.join(",", tokens.getScopesList()));
          if (!tokens.getRefreshToken().isEmpty()) {
            long refreshExpiry = tokens.getRefreshExpireTime().getSeconds();
            json.writeStringField("refresh_token", tokens.getRefreshToken());
            json.writeNumberField("refresh_token_expires_in", refreshExpiry - now);
            json.writeNumberField("refresh_token_expires_at", refreshExpiry);
          }
          json.writeEndObject();
        });
  }

  /** Revokes a token of the app; 200 without a body, also when it was none. */
  @Post
  @Path("/oauth/token/revoke")
  @Path("/oauth/token/revoke/")
  @RateLimited(Category.ORG_WRITE)
  public CompletionStage<HttpResponse> revoke(HttpRequest request) {
    BasicCredentials app = BasicCredentials.of(request.headers());
    return Form.read(request)
        .thenCompose(
            form ->
                oauth.revokeToken(
                    RevokeTokenRequest.newBuilder()
                        .setClientId(app.id())
                        .setClientSecret(app.secret())
                        .setToken(form.required("token"))
                        .build()))
        .thenApply(revoked -> HttpResponse.of(ResponseHeaders.of(HttpStatus.OK)));
  }
}
