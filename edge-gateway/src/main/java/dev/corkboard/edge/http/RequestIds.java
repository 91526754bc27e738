// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.http;

import com.linecorp.armeria.common.HttpHeadersBuilder;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.SimpleDecoratingHttpService;
import dev.corkboard.platform.auth.AuthInterceptor;
import io.netty.util.AsciiString;
import io.netty.util.AttributeKey;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Gives every request an id and every response {@code x-pinterest-rid} (digits, T10) and {@code
 * x-request-id}: the caller's own when it sent a sane one.
 */
public final class RequestIds extends SimpleDecoratingHttpService {
  static final AsciiString RID = AsciiString.cached("x-pinterest-rid");
  static final AsciiString REQUEST_ID = AsciiString.cached("x-request-id");

  private static final AttributeKey<String> ID = AttributeKey.valueOf(RequestIds.class, "ID");

  public RequestIds(HttpService delegate) {
    super(delegate);
  }

  /** The id that follows the request through all services and logs. */
  public static String of(ServiceRequestContext ctx) {
    String id = ctx.attr(ID);
    return id == null ? "" : id;
  }

  /** A new id: decimal digits. */
  static String next() {
    return Long.toString(
        ThreadLocalRandom.current().nextLong(1_000_000_000_000_000_000L, Long.MAX_VALUE));
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) throws Exception {
    String rid = next();
    String sent = request.headers().get(REQUEST_ID);
    String id = AuthInterceptor.isRequestId(sent) ? sent : rid;
    ctx.setAttr(ID, id);
    ctx.mutateAdditionalResponseHeaders(headers -> add(headers, rid, id));
    return unwrap().serve(ctx, request);
  }

  private static void add(HttpHeadersBuilder headers, String rid, String id) {
    headers.set(RID, rid).set(REQUEST_ID, id);
  }
}
