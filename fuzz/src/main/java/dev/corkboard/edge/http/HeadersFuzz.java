// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.http;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.corkboard.platform.auth.AuthorizationHeader;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.server.Caller;
import java.util.List;
import java.util.UUID;

/** Headers of requests that the edge reads itself: understood, or refused with a reason. */
public final class HeadersFuzz {
  private HeadersFuzz() {}

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(FuzzedDataProvider data) {
    String authorization = data.consumeString(300);
    String etag = data.consumeString(100);
    String key = data.consumeString(300);
    ServiceRequestContext ctx;
    try {
      ctx =
          ServiceRequestContext.of(
              HttpRequest.of(
                  RequestHeaders.builder(HttpMethod.GET, "/v5/boards")
                      .add(HttpHeaderNames.AUTHORIZATION, authorization)
                      .add(HttpHeaderNames.IF_MATCH, etag)
                      .add(RequestKey.HEADER, key)
                      .build()));
    } catch (IllegalArgumentException noHeader) {
      return;
    }
    attempt(() -> BasicCredentials.of(ctx.request().headers()));
    attempt(() -> IfMatch.etag(ctx));
    attempt(() -> UUID.fromString(RequestKey.of(ctx, Caller.anonymous("fuzz"))));
    String token = AuthorizationHeader.bearerToken(List.of(authorization));
    if (!token.equals(token.trim())) throw new AssertionError("blanks around a token");
  }

  private static void attempt(Runnable reading) {
    try {
      reading.run();
    } catch (ApiException refused) {
      if (refused.getMessage().length() > 200) {
        throw new AssertionError("an error that echoes too much", refused);
      }
    }
  }
}
