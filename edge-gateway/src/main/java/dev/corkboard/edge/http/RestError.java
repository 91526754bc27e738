// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.http;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpStatus;
import dev.corkboard.collage.v1.Layer;
import dev.corkboard.edge.json.DocumentPaths;
import dev.corkboard.edge.json.Echo;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.error.ApiException.Violation;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An error as the contract words it.
 *
 * @param code the contract's number; the HTTP status where it has none
 */
public record RestError(HttpStatus status, int code, String message) {
  private static final int MAX_VIOLATIONS = 10;

  /** Errors of the protocol, which have the status as their code. */
  static RestError of(HttpStatus status, String message) {
    return new RestError(status, status.code(), message);
  }

  /** The table: one line for each reason a call can fail for. */
  static RestError of(ApiException failure, HttpMethod method) {
    return switch (failure.reason()) {
      case ERROR_REASON_INVALID_FIELD -> invalid(fields(failure, method));
      case ERROR_REASON_INVALID_PAGE_TOKEN ->
          invalid("bookmark: is not one of this listing, this account and these parameters");
      case ERROR_REASON_REQUEST_ID_REUSED ->
          invalid("Idempotency-Key: was used before with another request");
      case ERROR_REASON_UNAUTHENTICATED, ERROR_REASON_CREDENTIALS_INVALID ->
          new RestError(HttpStatus.UNAUTHORIZED, 2, "Authentication failed.");
      case ERROR_REASON_INSUFFICIENT_SCOPE ->
          new RestError(
              HttpStatus.UNAUTHORIZED,
              3,
              "Your token does not have sufficient permissions to perform this operation. Missing: "
                  + pythonList(failure.metadata().getOrDefault("missing_scopes", "")));
      case ERROR_REASON_PERMISSION_DENIED, ERROR_REASON_SERVICE_ONLY ->
          new RestError(HttpStatus.FORBIDDEN, 29, "You are not permitted to access that resource.");
      case ERROR_REASON_ACCOUNT_NOT_FOUND -> notFound(30, "User not found.");
      case ERROR_REASON_APP_NOT_FOUND -> notFound(404, "App not found.");
      case ERROR_REASON_GRANT_INVALID -> invalid(fields(failure, method));
      case ERROR_REASON_USERNAME_TAKEN -> of(HttpStatus.CONFLICT, "This username is taken.");
      case ERROR_REASON_BOARD_NOT_FOUND -> notFound(40, "Board not found.");
      case ERROR_REASON_BOARD_NAME_TAKEN -> nameTaken(method);
      case ERROR_REASON_BOARD_FULL ->
          new RestError(HttpStatus.FORBIDDEN, 403, "The board holds as many Pins as it can.");
      case ERROR_REASON_TOO_MANY_BOARDS ->
          new RestError(HttpStatus.FORBIDDEN, 403, "You own as many boards as an account can.");
      case ERROR_REASON_TOO_MANY_SECTIONS ->
          new RestError(
              HttpStatus.FORBIDDEN, 403, "The board has as many sections as a board can.");
      case ERROR_REASON_SECTION_NOT_FOUND ->
          notFound(2031, "Sorry! We couldn't find this board section.");
      case ERROR_REASON_PIN_NOT_FOUND -> notFound(50, "Pin not found.");
      case ERROR_REASON_MEDIA_NOT_FOUND -> notFound(404, "Media upload not found");
      case ERROR_REASON_LINK_INVALID ->
          invalid("Whoops! It looks like you entered an invalid URL. " + fields(failure, method));
      case ERROR_REASON_IMAGE_FETCH_FAILED ->
          invalid("Sorry we could not fetch the image. " + fields(failure, method));
      case ERROR_REASON_IMAGE_BROKEN ->
          new RestError(
              HttpStatus.BAD_REQUEST,
              235,
              "Sorry, this image is broken. Please try another one. " + fields(failure, method));
      case ERROR_REASON_IMAGE_TOO_LARGE ->
          invalid("The image is over 20 MiB or over 50 megapixels. " + fields(failure, method));
      case ERROR_REASON_VIDEO_BROKEN -> invalid(fields(failure, method));
      case ERROR_REASON_VIDEO_TOO_LARGE ->
          of(HttpStatus.REQUEST_ENTITY_TOO_LARGE, "The video has more bytes than are taken.");
      case ERROR_REASON_VIDEO_NOT_READY ->
          invalid("media_id: The video is not uploaded yet, or its upload failed.");
      case ERROR_REASON_VIDEO_ALREADY_UPLOADED ->
          of(HttpStatus.CONFLICT, "Another video was uploaded here before.");
      case ERROR_REASON_ETAG_MISMATCH ->
          of(HttpStatus.PRECONDITION_FAILED, "The resource changed in the meantime.");
      case ERROR_REASON_BOARD_NOT_DELETED -> of(HttpStatus.CONFLICT, "The board is not deleted.");
      case ERROR_REASON_EDIT_CONFLICT -> of(HttpStatus.CONFLICT, conflict(failure.metadata()));
      case ERROR_REASON_BASE_REVISION_TOO_OLD ->
          of(HttpStatus.CONFLICT, "base_revision: is too old; read the collage and edit that.");
      case ERROR_REASON_COLLAGE_NOT_FOUND -> notFound(404, "Collage not found.");
      case ERROR_REASON_REVISION_NOT_FOUND -> notFound(404, "Revision not found.");
      case ERROR_REASON_NOTHING_TO_UNDO ->
          of(HttpStatus.CONFLICT, "There is no edit of yours left to take back.");
      case ERROR_REASON_TOO_MANY_COLLAGES ->
          new RestError(HttpStatus.FORBIDDEN, 403, "You own as many collages as an account can.");
      case ERROR_REASON_TOO_MANY_MEMBERS ->
          new RestError(HttpStatus.FORBIDDEN, 403, "The collage has as many members as it can.");
      case ERROR_REASON_REMIX_NOT_ALLOWED ->
          new RestError(HttpStatus.FORBIDDEN, 403, "This collage may not be remixed by you.");
      case ERROR_REASON_COLLAGE_PUBLISHED ->
          of(HttpStatus.CONFLICT, "The collage is published; unpublish it first.");
      case ERROR_REASON_NO_COLLAGE_PIN ->
          of(HttpStatus.CONFLICT, "The Pin does not show a collage.");
      case ERROR_REASON_EDITS_EXPIRED ->
          of(
              HttpStatus.GONE,
              "Edits after that revision are kept no more; read the collage and go on from there.");
      case ERROR_REASON_CONTENTION ->
          of(HttpStatus.CONFLICT, "Other changes kept coming first; nothing was changed.");
      case ERROR_REASON_OVERLOADED ->
          new RestError(
              HttpStatus.TOO_MANY_REQUESTS,
              8,
              "This request exceeded a rate limit. Try again later.");
      case ERROR_REASON_UNAVAILABLE ->
          of(HttpStatus.SERVICE_UNAVAILABLE, "The service is not available. Try again later.");
      case ERROR_REASON_DEADLINE_EXCEEDED ->
          of(
              HttpStatus.GATEWAY_TIMEOUT,
              "The answer took too long; a change may or may not have been made.");
      case ERROR_REASON_INTERNAL, ERROR_REASON_UNSPECIFIED, UNRECOGNIZED ->
          new RestError(
              HttpStatus.INTERNAL_SERVER_ERROR, 500, "Something went wrong on our end. Sorry!");
    };
  }

  private static String conflict(Map<String, String> metadata) {
    StringBuilder what = new StringBuilder("Another edit changed the same since: ");
    if (metadata.containsKey("layer_id")) {
      what.append("layer ").append(metadata.get("layer_id")).append(", ");
    } else if (metadata.containsKey("group_id")) {
      what.append("group ").append(metadata.get("group_id")).append(", ");
    }
    return what.append("property ")
        .append(DocumentPaths.toRest(Layer.getDescriptor(), metadata.getOrDefault("property", "")))
        .append(", revision ")
        .append(metadata.getOrDefault("revision", ""))
        .append('.')
        .toString();
  }

  private static RestError invalid(String message) {
    return new RestError(HttpStatus.BAD_REQUEST, 1, message.strip());
  }

  private static RestError notFound(int code, String message) {
    return new RestError(HttpStatus.NOT_FOUND, code, message);
  }

  private static RestError nameTaken(HttpMethod method) {
    return new RestError(
        HttpStatus.BAD_REQUEST,
        400,
        method == HttpMethod.PATCH
            ? "Could not edit board: you have another board of this name."
            : "The board name is invalid or duplicated.");
  }

  private static String fields(ApiException failure, HttpMethod method) {
    List<Violation> violations = failure.violations();
    return violations.stream()
        .limit(MAX_VIOLATIONS)
        .map(violation -> field(violation, method))
        .collect(Collectors.joining("; "));
  }

  /** Some services name the field in the description too, by its own name. */
  private static String field(Violation violation, HttpMethod method) {
    String prefix = violation.field() + ": ";
    String description = violation.description();
    return FieldNames.rest(violation.field(), method)
        + ": "
        + (description.startsWith(prefix) ? description.substring(prefix.length()) : description);
  }

  private static String pythonList(String commaSeparated) {
    return List.of(commaSeparated.split(",")).stream()
        .map(Echo::quoted)
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
