// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.collage;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.annotation.Get;
import com.linecorp.armeria.server.annotation.Param;
import com.linecorp.armeria.server.annotation.Path;
import dev.corkboard.collage.v1.WatchEditsRequest;
import dev.corkboard.edge.backend.Backends;
import dev.corkboard.edge.http.Params;
import dev.corkboard.edge.http.RequiredScopes;
import dev.corkboard.edge.http.ScopeCheck;
import dev.corkboard.edge.limit.Category;
import dev.corkboard.edge.limit.RateLimited;
import dev.corkboard.edge.media.MediaUrls;
import dev.corkboard.platform.auth.TokenVerifier;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.server.Caller;
import io.grpc.Status.Code;
import io.netty.util.AsciiString;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Tells of edits as they are made, for as long as the caller's token is good. */
public final class EventEndpoints {
  private static final AsciiString LAST_EVENT_ID = AsciiString.cached("last-event-id");

  /** How long a token that was revoked, or has expired, keeps a stream open at most. */
  private static final Duration TOKEN_CHECK = Duration.ofSeconds(2);

  private final Backends backends;
  private final TokenVerifier verifier;
  private final EventStreams streams;
  private final EditJson json;

  public EventEndpoints(
      Backends backends, TokenVerifier verifier, EventStreams streams, MediaUrls urls) {
    this.backends = backends;
    this.verifier = verifier;
    this.streams = streams;
    this.json = new EditJson(urls);
  }

  @Get
  @Path("/collages/{collage_id}/events")
  @Path("/collages/{collage_id}/events/")
  @RequiredScopes(value = "collages:read", userOnly = true)
  @RateLimited(Category.ORG_READ)
  public CompletionStage<HttpResponse> watch(
      ServiceRequestContext ctx, @Param(CollageIds.COLLAGE_ID) String id) {
    Caller caller = ScopeCheck.caller(ctx);
    WatchEditsRequest.Builder call =
        WatchEditsRequest.newBuilder().setCollageId(CollageIds.collage(id));
    after(ctx).ifPresent(call::setAfterRevision);
    EditStream stream = new EditStream(json);
    streams.add(stream, caller.accountId());
    var check =
        ctx.eventLoop()
            .scheduleWithFixedDelay(
                () -> check(caller, stream),
                TOKEN_CHECK.toMillis(),
                TOKEN_CHECK.toMillis(),
                TimeUnit.MILLISECONDS);
    ctx.log()
        .whenComplete()
        .thenRun(
            () -> {
              check.cancel(false);
              streams.remove(stream);
              stream.drop();
            });
    backends.editStreams(caller).watchEdits(call.build(), stream);
    return stream
        .opened()
        .thenApply(
            response -> {
              ctx.clearRequestTimeout();
              return response;
            });
  }

  /** A browser that comes back says the last id it had; the parameter is from before that. */
  private static OptionalLong after(ServiceRequestContext ctx) {
    String last = ctx.request().headers().get(LAST_EVENT_ID, "");
    return last.isEmpty()
        ? Params.count(ctx, "after_revision")
        : OptionalLong.of(Params.count("Last-Event-ID", last));
  }

  private void check(Caller caller, EditStream stream) {
    verifier
        .verifyAccess(caller.token())
        .whenComplete(
            (good, failure) -> {
              if (failure != null && ApiException.from(failure).code() == Code.UNAUTHENTICATED) {
                stream.end();
              }
            });
  }
}
