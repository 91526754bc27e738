// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.http;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.SimpleDecoratingHttpService;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Finds something out about each request before it is served, and blocks nothing meanwhile. */
public abstract class Gate<T> extends SimpleDecoratingHttpService {
  protected Gate(HttpService delegate) {
    super(delegate);
  }

  protected abstract CompletionStage<T> ask(ServiceRequestContext ctx, HttpRequest request);

  /** Called on the request's event loop; what it throws is the answer to the request. */
  protected abstract void admit(ServiceRequestContext ctx, HttpRequest request, T found);

  @Override
  public final HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) throws Exception {
    CompletableFuture<T> found = ask(ctx, request).toCompletableFuture();
    if (found.isDone()) return pass(ctx, request, found.join());
    return HttpResponse.of(
        found.thenApplyAsync(known -> passLater(ctx, request, known), ctx.eventLoop()));
  }

  private HttpResponse pass(ServiceRequestContext ctx, HttpRequest request, T found)
      throws Exception {
    admit(ctx, request, found);
    return unwrap().serve(ctx, request);
  }

  private HttpResponse passLater(ServiceRequestContext ctx, HttpRequest request, T found) {
    try {
      return pass(ctx, request, found);
    } catch (Exception e) {
      return HttpResponse.ofFailure(e);
    }
  }
}
