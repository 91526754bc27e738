// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.http;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.SimpleDecoratingHttpService;
import dev.corkboard.platform.server.Readiness;

/**
 * Answers while the edge drains, and has each client take its next request to another connection:
 * {@code connection: close} over HTTP/1.1, GOAWAY over HTTP/2.
 */
public final class Draining extends SimpleDecoratingHttpService {
  private final Readiness readiness;
  private final Connections connections;

  public Draining(HttpService delegate, Readiness readiness, Connections connections) {
    super(delegate);
    this.readiness = readiness;
    this.connections = connections;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) throws Exception {
    connections.asked(ctx);
    if (readiness.isDraining()) ctx.initiateConnectionShutdown();
    return unwrap().serve(ctx, request);
  }
}
