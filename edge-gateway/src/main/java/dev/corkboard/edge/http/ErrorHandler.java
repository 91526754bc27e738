// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.common.ShuttingDownException;
import com.linecorp.armeria.common.stream.ClosedStreamException;
import com.linecorp.armeria.common.util.CompositeException;
import com.linecorp.armeria.common.util.Exceptions;
import com.linecorp.armeria.server.HttpStatusException;
import com.linecorp.armeria.server.RequestCancellationException;
import com.linecorp.armeria.server.RequestTimeoutException;
import com.linecorp.armeria.server.ServerErrorHandler;
import com.linecorp.armeria.server.ServiceConfig;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.corkboard.edge.json.Json;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.error.ApiException;
import io.netty.handler.codec.compression.DecompressionException;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Renders every error, those of the protocol included, as {@code {code, message}} (E1), and logs
 * those that are ours, once.
 */
public final class ErrorHandler implements ServerErrorHandler {
  private static final Logger log = LoggerFactory.getLogger(ErrorHandler.class);

  @Override
  public HttpResponse onServiceException(ServiceRequestContext ctx, Throwable cause) {
    Throwable named = named(ctx, Exceptions.peel(cause));
    RestError error = error(ctx, named);
    if (error.status().isServerError()) RequestTrail.on(ctx, () -> log(ctx, error, named));
    return HttpResponse.of(headers(error).build(), body(error));
  }

  /** A timeout is the client's as long as its request has not come in whole. */
  private static Throwable named(ServiceRequestContext ctx, Throwable cause) {
    if (cause instanceof ShuttingDownException) {
      return ApiException.unavailable("The server is stopping.", cause);
    }
    if (!(cause instanceof RequestTimeoutException)) return cause;
    return ctx.request().isOpen()
        ? HttpStatusException.of(HttpStatus.REQUEST_TIMEOUT)
        : ApiException.deadlineExceeded(cause);
  }

  /** A client that goes away early is no defect; what it would be told, nobody reads. */
  private static RestError error(ServiceRequestContext ctx, Throwable cause) {
    if (cause instanceof HttpStatusException e) return protocol(e.httpStatus());
    if (cause instanceof ContentTooLargeException)
      return protocol(HttpStatus.REQUEST_ENTITY_TOO_LARGE);
    if (cause instanceof RestException e) return e.error();
    if (cause instanceof DecompressionException
        || (cause instanceof CompositeException several
            && several.getExceptions().stream()
                .allMatch(DecompressionException.class::isInstance))) {
      return RestError.of(
          ApiException.invalid("body", "does not unpack as Content-Encoding says"), ctx.method());
    }
    if (cause instanceof ClosedStreamException || cause instanceof RequestCancellationException) {
      return protocol(HttpStatus.BAD_REQUEST);
    }
    return RestError.of(ApiException.from(cause), ctx.method());
  }

  private static void log(ServiceRequestContext ctx, RestError error, Throwable cause) {
    ApiException failure = ApiException.from(cause);
    log.atLevel(failure.reason() == ErrorReason.ERROR_REASON_INTERNAL ? Level.ERROR : Level.WARN)
        .addKeyValue("route", RouteNames.of(ctx.config().route()))
        .addKeyValue("status", error.status().code())
        .setCause(failure.getCause() == null ? failure : failure.getCause())
        .log(failure.getMessage());
  }

  private static ResponseHeadersBuilder headers(RestError error) {
    ResponseHeadersBuilder headers =
        ResponseHeaders.builder(error.status()).contentType(MediaType.JSON);
    switch (error.status().code()) {
      case 401 -> headers.set(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer");
      // The rest of the body may trickle in for ever.
      case 408 -> headers.set(HttpHeaderNames.CONNECTION, "close");
      case 429, 503 -> headers.set(HttpHeaderNames.RETRY_AFTER, "1");
      default -> {}
    }
    return headers;
  }

  private static RestError protocol(HttpStatus status) {
    if (status.code() == 400) return new RestError(status, 1, "The request is malformed.");
    return RestError.of(
        status,
        switch (status.code()) {
          case 404 -> "There is no such route.";
          case 408 -> "The request took too long to come in.";
          case 405 -> "The route does not support this method.";
          case 413 -> "The body is too large.";
          case 415 -> "The body must be application/json.";
          default -> status.reasonPhrase() + ".";
        });
  }

  /**
   * What Armeria refuses itself: a wrong method, a bad request line, headers that are too large.
   */
  @Override
  public AggregatedHttpResponse renderStatus(
      ServiceRequestContext ctx,
      ServiceConfig config,
      RequestHeaders headers,
      HttpStatus status,
      String description,
      Throwable cause) {
    RestError error = protocol(status);
    ResponseHeadersBuilder answer = headers(error);
    if (ctx == null) answer.set(RequestIds.RID, RequestIds.next());
    if (ctx != null && status.equals(HttpStatus.METHOD_NOT_ALLOWED)) {
      answer.set(HttpHeaderNames.ALLOW, AllowedMethods.of(ctx));
    }
    return AggregatedHttpResponse.of(answer.build(), body(error));
  }

  private static HttpData body(RestError error) {
    return Json.bytes(json -> write(json, error));
  }

  /** A failure as the contract words it, where it comes too late to be the answer. */
  public static void write(JsonGenerator json, ApiException failure) throws IOException {
    write(json, RestError.of(failure, HttpMethod.GET));
  }

  private static void write(JsonGenerator json, RestError error) throws IOException {
    json.writeStartObject();
    json.writeNumberField("code", error.code());
    json.writeStringField("message", error.message());
    json.writeEndObject();
  }
}
