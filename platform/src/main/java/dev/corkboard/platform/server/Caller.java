// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.server;

import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.trace.Trail;
import io.grpc.Context;
import io.grpc.Deadline;
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
 * @param deadline until when it waits; calls made for it wait no longer
 */
public record Caller(
    String accountId,
    Set<String> scopes,
    Optional<String> service,
    String requestId,
    String token,
    Optional<Deadline> deadline)
    implements Trail {
  static final Context.Key<Caller> KEY = Context.key("caller");

  private static final Caller NOBODY = anonymous("");

  /** One who waits for as long as it takes. */
  public Caller(
      String accountId,
      Set<String> scopes,
      Optional<String> service,
      String requestId,
      String token) {
    this(accountId, scopes, service, requestId, token, Optional.empty());
  }

  public static Caller anonymous(String requestId) {
    return new Caller("", Set.of(), Optional.empty(), requestId, "");
  }

  public static Caller current() {
    Caller caller = KEY.get();
    return caller == null ? NOBODY : caller;
  }

  /** Makes it the caller of what runs in a context, whose deadline is its own. */
  public Context attachTo(Context context) {
    Caller waiting =
        new Caller(
            accountId,
            scopes,
            service,
            requestId,
            token,
            Optional.ofNullable(context.getDeadline()));
    return context.withValue(KEY, waiting);
  }

  public boolean hasScope(String scope) {
    return scopes.contains(scope);
  }

  /** Fails with INSUFFICIENT_SCOPE unless the token grants the scope. */
  public void requireScope(String scope) {
    if (!hasScope(scope)) throw ApiException.missingScopes(Set.of(scope));
  }
}
