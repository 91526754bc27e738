// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.http;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.SimpleDecoratingHttpService;
import com.linecorp.armeria.server.annotation.DecoratorFactoryFunction;
import dev.corkboard.platform.auth.AuthorizationHeader;
import dev.corkboard.platform.auth.Principal;
import dev.corkboard.platform.auth.TokenVerifier;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.server.Caller;
import io.netty.util.AttributeKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Verifies the access token of a request and its scopes before anything else of the request is
 * looked at (T7).
 */
public final class ScopeCheck implements DecoratorFactoryFunction<RequiredScopes> {
  private static final AttributeKey<Caller> CALLER =
      AttributeKey.valueOf(ScopeCheck.class, "CALLER");

  private final TokenVerifier verifier;

  public ScopeCheck(TokenVerifier verifier) {
    this.verifier = verifier;
  }

  /** Who calls an operation that requires scopes. */
  public static Caller caller(ServiceRequestContext ctx) {
    Caller caller = ctx.attr(CALLER);
    if (caller == null) throw new IllegalStateException("the operation states no scopes");
    return caller;
  }

  @Override
  public Function<? super HttpService, ? extends HttpService> newDecorator(RequiredScopes scopes) {
    List<String> required = List.of(scopes.value());
    return service -> new Checked(service, required, scopes.userOnly());
  }

  private final class Checked extends SimpleDecoratingHttpService {
    private final List<String> required;
    private final boolean userOnly;

    Checked(HttpService service, List<String> required, boolean userOnly) {
      super(service);
      this.required = required;
      this.userOnly = userOnly;
    }

    @Override
    public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) throws Exception {
      String token = token(request);
      CompletableFuture<Principal> principal = verifier.verifyAccess(token).toCompletableFuture();
      if (principal.isDone()) return admit(ctx, request, token, principal.join());
      return HttpResponse.of(
          principal.thenApplyAsync(
              known -> admitLater(ctx, request, token, known), ctx.eventLoop()));
    }

    private HttpResponse admit(
        ServiceRequestContext ctx, HttpRequest request, String token, Principal principal)
        throws Exception {
      List<String> missing = new ArrayList<>(required);
      missing.removeAll(principal.scopes());
      if (!missing.isEmpty()) throw ApiException.missingScopes(missing);
      if (userOnly) principal.requireUser();
      ctx.setAttr(
          CALLER,
          new Caller(
              principal.accountId(),
              principal.scopes(),
              Optional.empty(),
              RequestIds.of(ctx),
              token));
      return unwrap().serve(ctx, request);
    }

    private HttpResponse admitLater(
        ServiceRequestContext ctx, HttpRequest request, String token, Principal principal) {
      try {
        return admit(ctx, request, token, principal);
      } catch (Exception e) {
        return HttpResponse.ofFailure(e);
      }
    }
  }

  private static String token(HttpRequest request) {
    String token =
        AuthorizationHeader.bearerToken(request.headers().getAll(HttpHeaderNames.AUTHORIZATION));
    if (token.isEmpty()) throw ApiException.unauthenticated("No bearer token.");
    return token;
  }
}
