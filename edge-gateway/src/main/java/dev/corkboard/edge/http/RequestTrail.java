// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.http;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.logging.RequestLog;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.SimpleDecoratingHttpService;
import dev.corkboard.platform.trace.TraceParent;
import dev.corkboard.platform.trace.Tracing;
import dev.corkboard.platform.trace.Trail;
import dev.corkboard.platform.trace.Trails;
import io.netty.util.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.util.List;

/**
 * Keeps a request's trail wherever Armeria works on it, and begins and ends its span, which names
 * the route and never the path, the query or the client.
 */
public final class RequestTrail extends SimpleDecoratingHttpService {
  private static final AttributeKey<Trail> TRAIL =
      AttributeKey.valueOf(RequestTrail.class, "TRAIL");

  private final Tracing tracing;

  public RequestTrail(HttpService delegate, Tracing tracing) {
    super(delegate);
    this.tracing = tracing;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) throws Exception {
    Trail trail = begin(ctx, request);
    ctx.setAttr(TRAIL, trail);
    ctx.hook(
        () -> {
          Trail before = Trails.enter(trail);
          return () -> Trails.leave(before);
        });
    Trail before = Trails.enter(trail);
    try {
      return unwrap().serve(ctx, request);
    } finally {
      Trails.leave(before);
    }
  }

  /** Does something for a request on a thread that may be working on none. */
  static void on(ServiceRequestContext ctx, Runnable work) {
    Trail trail = ctx.attr(TRAIL);
    Trail before = Trails.enter(trail == null ? Trail.NONE : trail);
    try {
      work.run();
    } finally {
      Trails.leave(before);
    }
  }

  private Trail begin(ServiceRequestContext ctx, HttpRequest request) {
    String id = RequestIds.of(ctx);
    if (!tracing.isOn()) return tracing.request(id, null, "");
    String route = RouteNames.of(ctx.config().route());
    List<String> parents = request.headers().getAll(TraceParent.HEADER);
    Trail trail =
        tracing.request(
            id, parents.size() == 1 ? parents.get(0) : null, ctx.method().name() + " " + route);
    Span span = trail.span();
    if (span.isRecording()) {
      span.setAttribute("http.request.method", ctx.method().name());
      span.setAttribute("http.route", route);
      ctx.log().whenComplete().thenAccept(done -> end(span, done));
    }
    return trail;
  }

  private static void end(Span span, RequestLog done) {
    int status = done.responseHeaders().status().code();
    span.setAttribute("http.response.status_code", status);
    if (status >= 500) span.setStatus(StatusCode.ERROR);
    span.end();
  }
}
