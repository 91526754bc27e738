// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.client;

import dev.corkboard.platform.auth.AuthInterceptor;
import dev.corkboard.platform.server.Caller;
import io.grpc.CallCredentials;
import io.grpc.CallOptions;
import io.grpc.Deadline;
import io.grpc.Metadata;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Sends a token and the request id with a call. */
public final class Bearer extends CallCredentials {
  private final Supplier<String> token;
  private final Supplier<String> requestId;
  private final Optional<Deadline> latest;

  public Bearer(String token, String requestId) {
    this(() -> token, () -> requestId, Optional.empty());
  }

  /**
   * Asks for both at each call.
   *
   * @param latest when whoever the call is made for waits no more
   */
  Bearer(Supplier<String> token, Supplier<String> requestId, Optional<Deadline> latest) {
    this.token = token;
    this.requestId = requestId;
    this.latest = latest;
  }

  /** The live caller's own token: the callee decides on the caller's rights. */
  public static CallCredentials forward(Caller caller) {
    return new Bearer(caller::token, caller::requestId, caller.deadline());
  }

  /** The options with no later a deadline than that of whoever the call is made for. */
  CallOptions within(CallOptions options) {
    return latest
        .filter(own -> options.getDeadline() == null || own.isBefore(options.getDeadline()))
        .map(options::withDeadline)
        .orElse(options);
  }

  @Override
  public void applyRequestMetadata(RequestInfo call, Executor executor, MetadataApplier applier) {
    Metadata headers = new Metadata();
    String sent = token.get();
    String id = requestId.get();
    if (!sent.isEmpty()) headers.put(AuthInterceptor.AUTHORIZATION, "Bearer " + sent);
    if (!id.isEmpty()) headers.put(AuthInterceptor.REQUEST_ID, id);
    applier.apply(headers);
  }
}
