// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.http;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.annotation.DecoratorFactoryFunction;
import dev.corkboard.edge.http.Authentication.Authenticated;
import dev.corkboard.platform.auth.AuthorizationHeader;
import dev.corkboard.platform.auth.Principal;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.server.Caller;
import io.netty.util.AttributeKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Verifies the access token of a request and its scopes before anything else of the request is
 * looked at (T7).
 */
public final class ScopeCheck implements DecoratorFactoryFunction<RequiredScopes> {
  private static final AttributeKey<Caller> CALLER =
      AttributeKey.valueOf(ScopeCheck.class, "CALLER");

  private static final AttributeKey<Principal> PRINCIPAL =
      AttributeKey.valueOf(ScopeCheck.class, "PRINCIPAL");

  private final Authentication authentication;

  public ScopeCheck(Authentication authentication) {
    this.authentication = authentication;
  }

  /** Who calls an operation that requires scopes. */
  public static Caller caller(ServiceRequestContext ctx) {
    Caller caller = ctx.attr(CALLER);
    if (caller == null) throw new IllegalStateException("the operation states no scopes");
    return caller;
  }

  /** What the caller's token says; empty for an operation that requires no scopes. */
  public static Optional<Principal> principal(ServiceRequestContext ctx) {
    return Optional.ofNullable(ctx.attr(PRINCIPAL));
  }

  @Override
  public Function<? super HttpService, ? extends HttpService> newDecorator(RequiredScopes scopes) {
    List<String> required = List.of(scopes.value());
    return service -> new Checked(service, required, scopes.userOnly());
  }

  private final class Checked extends Gate<Authenticated> {
    private final List<String> required;
    private final boolean userOnly;

    Checked(HttpService service, List<String> required, boolean userOnly) {
      super(service);
      this.required = required;
      this.userOnly = userOnly;
    }

    @Override
    protected CompletionStage<Authenticated> ask(ServiceRequestContext ctx, HttpRequest request) {
      return authentication.authenticate(token(request));
    }

    @Override
    protected void admit(ServiceRequestContext ctx, HttpRequest request, Authenticated who) {
      Principal principal = who.principal();
      List<String> missing = new ArrayList<>(required);
      missing.removeAll(principal.scopes());
      if (!missing.isEmpty()) throw ApiException.missingScopes(missing);
      if (userOnly) principal.requireUser();
      ctx.setAttr(PRINCIPAL, principal);
      ctx.setAttr(
          CALLER,
          new Caller(
              principal.accountId(),
              principal.scopes(),
              Optional.empty(),
              RequestIds.of(ctx),
              who.token()));
    }
  }

  private static String token(HttpRequest request) {
    String token =
        AuthorizationHeader.bearerToken(request.headers().getAll(HttpHeaderNames.AUTHORIZATION));
    if (token.isEmpty()) throw ApiException.unauthenticated("No bearer token.");
    return token;
  }
}
