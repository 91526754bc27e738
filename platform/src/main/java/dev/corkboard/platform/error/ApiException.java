// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.error;

import com.google.common.base.Throwables;
import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import dev.corkboard.error.v1.ErrorReason;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * The one exception that crosses class and process borders on purpose: a canonical status code, the
 * reason as an {@link ErrorReason}, and a message that is safe to show to the caller.
 */
@SuppressWarnings("serial") // never serialised by Java; it travels as google.rpc.Status
public final class ApiException extends RuntimeException {
  /** The domain of every {@code ErrorInfo} of Corkboard. */
  public static final String DOMAIN = "corkboard.dev";

  private static final String NO_ANSWER = "A service behind this one does not answer.";
  private static final int MAX_VIOLATIONS = 10;
  private static final String REASON_PREFIX = "ERROR_REASON_";

  private final Code code;
  private final ErrorReason reason;
  private final Map<String, String> metadata;
  private final List<Violation> violations;

  /** A field that breaks a rule: its path in the request and what was expected. */
  public record Violation(String field, String description) {}

  private ApiException(
      Code code,
      ErrorReason reason,
      String message,
      Map<String, String> metadata,
      List<Violation> violations,
      Throwable cause) {
    super(message, cause, false, cause != null);
    this.code = code;
    this.reason = reason;
    this.metadata = Map.copyOf(metadata);
    this.violations = List.copyOf(violations);
  }

  public Code code() {
    return code;
  }

  public ErrorReason reason() {
    return reason;
  }

  public Map<String, String> metadata() {
    return metadata;
  }

  public List<Violation> violations() {
    return violations;
  }

  private static ApiException of(
      Code code, ErrorReason reason, String message, Map<String, String> metadata) {
    return new ApiException(code, reason, message, metadata, List.of(), null);
  }

  public static ApiException notFound(ErrorReason reason, String key, Object id) {
    String what = shortName(reason).replace("_NOT_FOUND", "").replace('_', ' ');
    String message = what.charAt(0) + what.substring(1).toLowerCase(java.util.Locale.ROOT);
    return of(Code.NOT_FOUND, reason, message + " not found.", Map.of(key, String.valueOf(id)));
  }

  public static ApiException invalid(String field, String message) {
    return invalid(ErrorReason.ERROR_REASON_INVALID_FIELD, field, message);
  }

  public static ApiException invalid(ErrorReason reason, String field, String message) {
    return new ApiException(
        Code.INVALID_ARGUMENT,
        reason,
        message,
        Map.of("field", field),
        List.of(new Violation(field, message)),
        null);
  }

  /** Several fields at once, the first 10 of them: trailers have a limit. Never empty. */
  public static ApiException invalid(List<Violation> violations) {
    Violation first = violations.get(0);
    return new ApiException(
        Code.INVALID_ARGUMENT,
        ErrorReason.ERROR_REASON_INVALID_FIELD,
        first.field() + ": " + first.description(),
        Map.of("field", first.field()),
        violations.subList(0, Math.min(violations.size(), MAX_VIOLATIONS)),
        null);
  }

  public static ApiException invalidPageToken() {
    return new ApiException(
        Code.INVALID_ARGUMENT,
        ErrorReason.ERROR_REASON_INVALID_PAGE_TOKEN,
        "The page token is not one of this listing, this caller and these parameters.",
        Map.of("field", "page_token"),
        List.of(new Violation("page_token", "is not one of this listing and caller")),
        null);
  }

  public static ApiException requestIdReused(String requestId) {
    return of(
        Code.INVALID_ARGUMENT,
        ErrorReason.ERROR_REASON_REQUEST_ID_REUSED,
        "The request_id was used before with another request.",
        Map.of("request_id", requestId));
  }

  public static ApiException permissionDenied(String message) {
    return of(
        Code.PERMISSION_DENIED, ErrorReason.ERROR_REASON_PERMISSION_DENIED, message, Map.of());
  }

  public static ApiException permissionDenied(
      ErrorReason reason, String key, String value, String message) {
    return of(Code.PERMISSION_DENIED, reason, message, Map.of(key, value));
  }

  public static ApiException serviceOnly(String method) {
    return of(
        Code.PERMISSION_DENIED,
        ErrorReason.ERROR_REASON_SERVICE_ONLY,
        "Only services of this installation may call this method.",
        Map.of("method", method));
  }

  public static ApiException alreadyExists(
      ErrorReason reason, String key, String value, String message) {
    return of(Code.ALREADY_EXISTS, reason, message, Map.of(key, value));
  }

  public static ApiException failedPrecondition(
      ErrorReason reason, String key, String value, String message) {
    return of(Code.FAILED_PRECONDITION, reason, message, Map.of(key, value));
  }

  public static ApiException aborted(ErrorReason reason, String message) {
    return aborted(reason, message, Map.of());
  }

  /** With what is to be known to resolve it. */
  public static ApiException aborted(
      ErrorReason reason, String message, Map<String, String> metadata) {
    return of(Code.ABORTED, reason, message, metadata);
  }

  /** What was asked for lies before the beginning of what is kept. */
  public static ApiException outOfRange(
      ErrorReason reason, String key, String value, String message) {
    return of(Code.OUT_OF_RANGE, reason, message, Map.of(key, value));
  }

  public static ApiException exhausted(
      ErrorReason reason, String key, String value, String message) {
    return of(Code.RESOURCE_EXHAUSTED, reason, message, Map.of(key, value));
  }

  /** A bounded queue is full; {@code what} names it. */
  public static ApiException overloaded(String what) {
    return of(
        Code.RESOURCE_EXHAUSTED,
        ErrorReason.ERROR_REASON_OVERLOADED,
        "Too much work is waiting for " + what + "; try again later.",
        Map.of());
  }

  public static ApiException unavailable(String message, Throwable cause) {
    return new ApiException(
        Code.UNAVAILABLE,
        ErrorReason.ERROR_REASON_UNAVAILABLE,
        message,
        Map.of(),
        List.of(),
        cause);
  }

  public static ApiException deadlineExceeded(Throwable cause) {
    return new ApiException(
        Code.DEADLINE_EXCEEDED,
        ErrorReason.ERROR_REASON_DEADLINE_EXCEEDED,
        "The deadline passed before the answer was there.",
        Map.of(),
        List.of(),
        cause);
  }

  public static ApiException unauthenticated(String message) {
    return of(Code.UNAUTHENTICATED, ErrorReason.ERROR_REASON_UNAUTHENTICATED, message, Map.of());
  }

  /** What the request itself is to be authenticated by is wrong. */
  public static ApiException invalidCredentials() {
    return of(
        Code.UNAUTHENTICATED,
        ErrorReason.ERROR_REASON_CREDENTIALS_INVALID,
        "Authentication failed.",
        Map.of());
  }

  public static ApiException missingScopes(Collection<String> scopes) {
    return of(
        Code.UNAUTHENTICATED,
        ErrorReason.ERROR_REASON_INSUFFICIENT_SCOPE,
        "The access token lacks scopes.",
        Map.of("missing_scopes", String.join(",", scopes)));
  }

  /** A defect: the caller learns nothing but that, the cause goes to the log. */
  public static ApiException internal(Throwable cause) {
    return new ApiException(
        Code.INTERNAL,
        ErrorReason.ERROR_REASON_INTERNAL,
        "Something went wrong on our end.",
        Map.of(),
        List.of(),
        cause);
  }

  /** Reads any failure: our own, one that came over gRPC, or a defect. */
  public static ApiException from(Throwable failure) {
    Throwable t = unwrap(failure);
    if (t instanceof ApiException api) return api;
    if (t instanceof StatusRuntimeException || t instanceof io.grpc.StatusException) {
      return fromStatus(t);
    }
    if (t instanceof TimeoutException) return deadlineExceeded(t);
    return internal(t);
  }

  /** Whether a failed write may have happened, or may yet, so that what it was is not over. */
  public static boolean isOutcomeUnknown(Throwable failure) {
    return !from(failure).isRefusal();
  }

  /**
   * Whether the callee has decided, so that repeating the call would bring the same. Too much work
   * and contention decide nothing: they may have been met behind the callee, half way.
   */
  public boolean isRefusal() {
    return switch (code()) {
      case INVALID_ARGUMENT,
          NOT_FOUND,
          ALREADY_EXISTS,
          PERMISSION_DENIED,
          FAILED_PRECONDITION,
          OUT_OF_RANGE ->
          true;
      case ABORTED -> reason() != ErrorReason.ERROR_REASON_CONTENTION;
      case RESOURCE_EXHAUSTED -> reason() != ErrorReason.ERROR_REASON_OVERLOADED;
      case UNAUTHENTICATED -> reason() == ErrorReason.ERROR_REASON_INSUFFICIENT_SCOPE;
      default -> false;
    };
  }

  private static Throwable unwrap(Throwable t) {
    Throwable at = t;
    while ((at instanceof CompletionException || at instanceof ExecutionException)
        && at.getCause() != null) {
      at = at.getCause();
    }
    return at;
  }

  private static ApiException fromStatus(Throwable t) {
    Status status = Status.fromThrowable(t);
    com.google.rpc.Status rpc = StatusProto.fromThrowable(t);
    ErrorInfo info = rpc == null ? null : detail(rpc, ErrorInfo.class);
    if (info == null || !info.getDomain().equals(DOMAIN)) {
      if (isConnectionLost(status)) return unavailable(NO_ANSWER, t);
      return switch (status.getCode()) {
        case UNAVAILABLE, CANCELLED -> unavailable(NO_ANSWER, t);
        case DEADLINE_EXCEEDED -> deadlineExceeded(t);
        case RESOURCE_EXHAUSTED -> overloaded("a service behind this one");
        default -> internal(t);
      };
    }
    BadRequest bad = detail(rpc, BadRequest.class);
    List<Violation> violations =
        bad == null
            ? List.of()
            : bad.getFieldViolationsList().stream()
                .map(v -> new Violation(v.getField(), v.getDescription()))
                .toList();
    return new ApiException(
        status.getCode(),
        reasonOf(info.getReason()),
        rpc.getMessage(),
        info.getMetadataMap(),
        violations,
        null);
  }

  /**
   * A call that meets a connection as it closes ends as UNKNOWN, with what closed it as the cause.
   */
  private static boolean isConnectionLost(Status status) {
    return status.getCause() != null
        && Throwables.getCausalChain(status.getCause()).stream()
            .anyMatch(IOException.class::isInstance);
  }

  private static ErrorReason reasonOf(String name) {
    try {
      return ErrorReason.valueOf(REASON_PREFIX + name);
    } catch (IllegalArgumentException newerThanUs) {
      return ErrorReason.ERROR_REASON_UNSPECIFIED;
    }
  }

  private static <T extends com.google.protobuf.Message> T detail(
      com.google.rpc.Status status, Class<T> type) {
    for (Any any : status.getDetailsList()) {
      if (any.is(type)) {
        try {
          return any.unpack(type);
        } catch (InvalidProtocolBufferException damaged) {
          return null;
        }
      }
    }
    return null;
  }

  /**
   * As a handler hands it to gRPC, which would otherwise take the status of a cause for the
   * handler's own and put this aside.
   */
  public StatusRuntimeException asHandlerFailure() {
    return Status.UNKNOWN.withCause(this).asRuntimeException();
  }

  /**
   * As it travels: canonical code, exactly one {@code ErrorInfo}, {@code BadRequest} for fields.
   */
  public StatusRuntimeException toStatusRuntimeException() {
    com.google.rpc.Status.Builder status =
        com.google.rpc.Status.newBuilder()
            .setCode(code.value())
            .setMessage(getMessage())
            .addDetails(
                Any.pack(
                    ErrorInfo.newBuilder()
                        .setDomain(DOMAIN)
                        .setReason(shortName(reason))
                        .putAllMetadata(metadata)
                        .build()));
    if (!violations.isEmpty()) {
      BadRequest.Builder bad = BadRequest.newBuilder();
      violations.forEach(
          v -> bad.addFieldViolationsBuilder().setField(v.field()).setDescription(v.description()));
      status.addDetails(Any.pack(bad.build()));
    }
    return StatusProto.toStatusRuntimeException(status.build());
  }

  private static String shortName(ErrorReason reason) {
    return reason.name().substring(REASON_PREFIX.length());
  }
}
