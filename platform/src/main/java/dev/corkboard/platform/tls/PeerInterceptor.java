// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.tls;

import dev.corkboard.access.v1.Access;
import dev.corkboard.platform.auth.AuthInterceptor;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.server.Caller;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Holds calls to the certificate of their connection: it must be one of a process that calls the
 * method, and of the service whose token comes with the call. Stands after authentication.
 */
public final class PeerInterceptor implements ServerInterceptor {
  private final String service;
  private final ConcurrentMap<String, Set<String>> allowed = new ConcurrentHashMap<>();

  /** For the methods of a service. */
  public PeerInterceptor(String service) {
    this.service = service;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    MethodDescriptor<Q, A> method = call.getMethodDescriptor();
    Set<String> peer = PeerNames.of(call);
    boolean calls =
        allowed
            .computeIfAbsent(
                method.getFullMethodName(),
                name -> identities(service, AuthInterceptor.ruleOf(method)))
            .stream()
            .anyMatch(peer::contains);
    boolean isWhoItSays =
        Caller.current().service().map(CallGraph::identity).stream().allMatch(peer::contains);
    if (calls && isWhoItSays) return next.startCall(call, headers);
    StatusRuntimeException refusal =
        ApiException.permissionDenied(
                "The certificate of this connection is not one of a caller of "
                    + method.getFullMethodName()
                    + ".")
            .toStatusRuntimeException();
    call.close(refusal.getStatus(), refusal.getTrailers());
    return new ServerCall.Listener<>() {};
  }

  /** Who calls a method: those its rule names, and all callers of the service unless only they. */
  static Set<String> identities(String service, Access rule) {
    boolean forServicesAlone = rule.getScopesCount() == 0 && !rule.getPublic();
    return Stream.concat(
            rule.getServicesList().stream(),
            forServicesAlone ? Stream.of() : CallGraph.callersOf(service).stream())
        .map(CallGraph::identity)
        .collect(Collectors.toUnmodifiableSet());
  }
}
