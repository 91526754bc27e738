// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.limit;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.annotation.DecoratorFactoryFunction;
import dev.corkboard.edge.http.BasicCredentials;
import dev.corkboard.edge.http.Gate;
import dev.corkboard.edge.http.RestException;
import dev.corkboard.edge.http.ScopeCheck;
import dev.corkboard.platform.auth.Principal;
import dev.corkboard.platform.error.ApiException;
import io.netty.util.AsciiString;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Counts each request against the limit of its app, account and category, says what is left of it
 * (T11), and refuses what is over it with 429.
 */
public final class RateLimitCheck implements DecoratorFactoryFunction<RateLimited> {
  private static final AsciiString LIMIT = AsciiString.cached("x-ratelimit-limit");
  private static final AsciiString REMAINING = AsciiString.cached("x-ratelimit-remaining");
  private static final AsciiString RESET = AsciiString.cached("x-ratelimit-reset");
  private static final int CODE = 8;

  private final Limiter limiter;

  public RateLimitCheck(Limiter limiter) {
    this.limiter = limiter;
  }

  @Override
  public Function<? super HttpService, ? extends HttpService> newDecorator(RateLimited limited) {
    return service -> new Checked(service, limited.value(), limited.closed());
  }

  private final class Checked extends Gate<Verdict> {
    private final Category category;
    private final boolean closed;

    Checked(HttpService service, Category category, boolean closed) {
      super(service);
      this.category = category;
      this.closed = closed;
    }

    @Override
    protected CompletionStage<Verdict> ask(ServiceRequestContext ctx, HttpRequest request) {
      return limiter.take(category, subject(ctx, request));
    }

    @Override
    protected void admit(ServiceRequestContext ctx, HttpRequest request, Verdict verdict) {
      switch (verdict.kind()) {
        case ADMITTED -> tell(ctx, verdict);
        case REFUSED -> {
          tell(ctx, verdict);
          throw refusal(ctx, verdict);
        }
        case UNKNOWN -> {
          if (closed) throw ApiException.unavailable("the limit is not known", null);
        }
        case UNLIMITED -> {}
      }
    }
  }

  /** Whoever the token speaks for; for an operation of apps, the app and where it calls from. */
  private static String[] subject(ServiceRequestContext ctx, HttpRequest request) {
    Optional<Principal> caller = ScopeCheck.principal(ctx);
    if (caller.isEmpty()) {
      String app = BasicCredentials.of(request.headers()).id();
      return new String[] {"app", app, ctx.clientAddress().getHostAddress()};
    }
    Principal known = caller.get();
    return new String[] {"caller", known.appId(), known.appOnly() ? "" : known.accountId()};
  }

  private static void tell(ServiceRequestContext ctx, Verdict verdict) {
    ctx.mutateAdditionalResponseHeaders(
        headers ->
            headers
                .setLong(LIMIT, verdict.limit())
                .setLong(REMAINING, verdict.remaining())
                .setLong(RESET, verdict.resetSeconds()));
  }

  private static RestException refusal(ServiceRequestContext ctx, Verdict verdict) {
    ctx.setAdditionalResponseHeader(HttpHeaderNames.RETRY_AFTER, verdict.retrySeconds());
    return new RestException(
        HttpStatus.TOO_MANY_REQUESTS,
        CODE,
        "This request exceeded a rate limit. Try again in " + verdict.retrySeconds() + " s.");
  }
}
