// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.auth;

import com.google.common.collect.ImmutableList;
import dev.corkboard.access.v1.Access;
import dev.corkboard.access.v1.AccessProto;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.server.Caller;
import dev.corkboard.platform.trace.Trails;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;

/**
 * Enforces the {@code corkboard.access.v1.access} option of the called method before its request is
 * looked at, and puts the {@link Caller} into the gRPC context.
 */
public final class AuthInterceptor implements ServerInterceptor {
  public static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  public static final Metadata.Key<String> REQUEST_ID =
      Metadata.Key.of("x-request-id", Metadata.ASCII_STRING_MARSHALLER);

  private static final Pattern REQUEST_ID_FORM = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private final TokenVerifier verifier;
  private final ConcurrentMap<String, Access> rules = new ConcurrentHashMap<>();

  public AuthInterceptor(TokenVerifier verifier) {
    this.verifier = verifier;
  }

  /** Refuses to serve a method that does not state who may call it. */
  public void requireRules(ServerServiceDefinition service) {
    service.getMethods().forEach(method -> rule(method.getMethodDescriptor()));
  }

  private Access rule(MethodDescriptor<?, ?> method) {
    return rules.computeIfAbsent(method.getFullMethodName(), name -> ruleOf(method));
  }

  /** The access option of a method. */
  public static Access ruleOf(MethodDescriptor<?, ?> method) {
    if (method.getSchemaDescriptor() instanceof ProtoMethodDescriptorSupplier schema) {
      Access access = schema.getMethodDescriptor().getOptions().getExtension(AccessProto.access);
      if (access.getPublic() || access.getScopesCount() + access.getServicesCount() > 0) {
        return access;
      }
    }
    throw new IllegalStateException(method.getFullMethodName() + " states no access rule");
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    String requestId = ensureRequestId(headers);
    Access rule = rule(call.getMethodDescriptor());
    CompletionStage<Caller> pending =
        authenticate(call.getMethodDescriptor().getFullMethodName(), rule, headers, requestId);
    CompletableFuture<Caller> caller = pending.toCompletableFuture();
    if (caller.isDone()) return start(caller, call, headers, next);
    DelayedListener<Q> delayed = new DelayedListener<>();
    Context context = Context.current();
    Trails.follow(pending)
        .whenComplete(
            (ok, failure) ->
                context.run(() -> delayed.resume(() -> start(caller, call, headers, next))));
    return delayed;
  }

  private static <Q, A> ServerCall.Listener<Q> start(
      CompletableFuture<Caller> caller,
      ServerCall<Q, A> call,
      Metadata headers,
      ServerCallHandler<Q, A> next) {
    Caller known;
    try {
      known = caller.join();
    } catch (RuntimeException e) {
      StatusRuntimeException refusal = ApiException.from(e).toStatusRuntimeException();
      call.close(refusal.getStatus(), refusal.getTrailers());
      return new ServerCall.Listener<>() {};
    }
    return Contexts.interceptCall(known.attachTo(Context.current()), call, headers, next);
  }

  private CompletionStage<Caller> authenticate(
      String method, Access rule, Metadata headers, String requestId) {
    try {
      String token = bearer(headers);
      if (rule.getServicesCount() > 0) {
        boolean service = verifier.looksLikeService(token);
        if (service || rule.getScopesCount() == 0) {
          return CompletableFuture.completedStage(service(method, rule, token, service, requestId));
        }
      }
      if (rule.getPublic() && rule.getScopesCount() == 0) {
        return CompletableFuture.completedStage(Caller.anonymous(requestId));
      }
      if (token.isEmpty()) throw ApiException.unauthenticated("Authentication failed.");
      return verifier
          .verifyAccess(token)
          .thenApply(
              principal -> {
                requireScopes(principal, rule);
                if (rule.getUserOnly()) principal.requireUser();
                return caller(principal, requestId, token);
              });
    } catch (RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private Caller service(
      String method, Access rule, String token, boolean service, String requestId) {
    if (token.isEmpty()) throw ApiException.unauthenticated("Authentication failed.");
    if (!service) throw ApiException.serviceOnly(method);
    Principal principal = verifier.verifyService(token);
    if (!rule.getServicesList().contains(principal.service().orElseThrow())) {
      throw ApiException.serviceOnly(method);
    }
    requireScopes(principal, rule);
    return caller(principal, requestId, token);
  }

  /** Fails with INSUFFICIENT_SCOPE unless the principal has every scope of the rule. */
  private static void requireScopes(Principal principal, Access rule) {
    List<String> missing =
        rule.getScopesList().stream().filter(s -> !principal.scopes().contains(s)).toList();
    if (!missing.isEmpty()) throw ApiException.missingScopes(missing);
  }

  private static Caller caller(Principal principal, String requestId, String token) {
    Optional<String> service = principal.service();
    return new Caller(principal.accountId(), principal.scopes(), service, requestId, token);
  }

  private static String bearer(Metadata headers) {
    Iterable<String> sent = headers.getAll(AUTHORIZATION);
    return AuthorizationHeader.bearerToken(sent == null ? List.of() : ImmutableList.copyOf(sent));
  }

  /** Whether an id that a caller sent may be in logs and headers; null is none. */
  public static boolean isRequestId(String sent) {
    return sent != null && REQUEST_ID_FORM.matcher(sent).matches();
  }

  /** The id of the request; a new one, put into the headers, if the caller sent no usable one. */
  public static String ensureRequestId(Metadata headers) {
    String given = headers.get(REQUEST_ID);
    if (isRequestId(given)) return given;
    String fresh = UUID.randomUUID().toString();
    headers.discardAll(REQUEST_ID);
    headers.put(REQUEST_ID, fresh);
    return fresh;
  }
}
