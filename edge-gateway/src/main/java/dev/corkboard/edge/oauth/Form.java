// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.oauth;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.server.HttpStatusException;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.trace.Trails;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** A body of the type {@code application/x-www-form-urlencoded}; unknown fields are ignored. */
final class Form {
  private final QueryParams fields;

  private Form(QueryParams fields) {
    this.fields = fields;
  }

  /** Reads a form; another type of body is 415. */
  static CompletionStage<Form> read(HttpRequest request) {
    MediaType type = request.contentType();
    if (type == null || !type.is(MediaType.FORM_DATA)) {
      throw HttpStatusException.of(HttpStatus.UNSUPPORTED_MEDIA_TYPE);
    }
    return Trails.follow(request.aggregate())
        .thenApply(whole -> new Form(QueryParams.fromQueryString(whole.contentUtf8())));
  }

  /** A field that may be sent once at most; empty when it is not there. */
  String optional(String name) {
    List<String> values = fields.getAll(name);
    if (values.size() > 1) throw ApiException.invalid(name, name + ": was sent more than once");
    return values.isEmpty() ? "" : values.get(0);
  }

  String required(String name) {
    String value = optional(name);
    if (value.isEmpty()) throw ApiException.invalid(name, name + ": is required");
    return value;
  }

  /** Scopes between commas or spaces. */
  static List<String> scopes(String text) {
    return Arrays.stream(text.split("[,\\s]+")).filter(scope -> !scope.isEmpty()).toList();
  }
}
