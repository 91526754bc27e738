// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.http;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.SimpleDecoratingHttpService;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.limit.ConcurrencyLimits;
import dev.corkboard.platform.limit.ConcurrencyLimits.End;
import dev.corkboard.platform.limit.ConcurrencyLimits.Place;
import dev.corkboard.platform.limit.ConcurrencyLimits.Work;
import java.time.Duration;
import java.util.Optional;

/**
 * Refuses requests over the limit with OVERLOADED. What moves pictures, streams of events and
 * health are not counted: the first two have limits of their own. Nor is what still has a body to
 * come, which would hold its place for as long as the caller likes; services behind count it.
 */
public final class ConcurrencyCheck extends SimpleDecoratingHttpService {
  private final ConcurrencyLimits limits;
  private final long requestMillis;

  /**
   * A check in front of all routes.
   *
   * @param requestTimeout of what counts; a route with another one moves pictures
   */
  public ConcurrencyCheck(HttpService delegate, ConcurrencyLimits limits, Duration requestTimeout) {
    super(delegate);
    this.limits = limits;
    this.requestMillis = requestTimeout.toMillis();
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) throws Exception {
    if (!counts(ctx) || !request.isEmpty()) return unwrap().serve(ctx, request);
    Optional<Place> place = limits.take(Work.LIVE);
    if (place.isEmpty()) throw ApiException.overloaded("the edge");
    ctx.log()
        .whenComplete()
        .thenAccept(
            log -> {
              int status = log.responseHeaders().status().code();
              place
                  .get()
                  .leave(
                      status == 504
                          ? End.LATE
                          : status >= 200 && status < 300 && request.method() == HttpMethod.GET
                              ? End.DONE
                              : End.TELLS_NOTHING);
            });
    return unwrap().serve(ctx, request);
  }

  private boolean counts(ServiceRequestContext ctx) {
    return ctx.config().requestTimeoutMillis() == requestMillis
        && !ctx.path().equals("/healthz")
        && !ctx.path().endsWith("/events");
  }
}
