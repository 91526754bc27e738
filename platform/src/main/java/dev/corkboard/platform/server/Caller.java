// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.server;

import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.trace.Trail;
import io.grpc.Context;
import java.util.Optional;
import java.util.Set;

/**
 * Who is calling: read it at the start of a handler, the gRPC context does not follow callbacks.
 *
 * @param accountId the account the token speaks for; for a service token the actor it works for,
 *     empty when it works for nobody
 * @param scopes what the token grants; for a service token what the actor's token granted
 * @param service the calling service's name when the token is a service's
 * @param requestId follows a request through all processes and logs
 * @param token the token itself, to be forwarded; empty for an anonymous caller
 */
public record Caller(
    String accountId, Set<String> scopes, Optional<String> service, String requestId, String token)
    implements Trail {
  static final Context.Key<Caller> KEY = Context.key("caller");

  private static final Caller NOBODY = anonymous("");

  public static Caller anonymous(String requestId) {
    return new Caller("", Set.of(), Optional.empty(), requestId, "");
  }

  public static Caller current() {
    Caller caller = KEY.get();
    return caller == null ? NOBODY : caller;
  }

  public Context attachTo(Context context) {
    return context.withValue(KEY, this);
  }

  public boolean hasScope(String scope) {
    return scopes.contains(scope);
  }

  /** Fails with INSUFFICIENT_SCOPE unless the token grants the scope. */
  public void requireScope(String scope) {
    if (!hasScope(scope)) throw ApiException.missingScopes(Set.of(scope));
  }
}
