// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import dev.corkboard.edge.json.Json;
import java.io.IOException;

/** Answers of the API. */
public final class Responses {
  private static final ResponseHeaders OK = headers(HttpStatus.OK);
  private static final ResponseHeaders CREATED = headers(HttpStatus.CREATED);

  private Responses() {}

  private static ResponseHeaders headers(HttpStatus status) {
    return ResponseHeaders.builder(status).contentType(MediaType.JSON).build();
  }

  public static HttpResponse ok(Json.Content content) {
    return HttpResponse.of(OK, Json.bytes(content));
  }

  public static HttpResponse created(Json.Content content) {
    return HttpResponse.of(CREATED, Json.bytes(content));
  }

  /** 204: nothing to say. */
  public static HttpResponse empty() {
    return HttpResponse.of(ResponseHeaders.of(HttpStatus.NO_CONTENT));
  }

  /** One item of a page, or the only one. */
  @FunctionalInterface
  public interface Item<T> {
    void write(JsonGenerator json, T item) throws IOException;
  }

  /** A page; the bookmark is null on the last one. */
  public static <T> HttpResponse page(Iterable<T> items, String pageToken, Item<T> writer) {
    return ok(
        json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("items");
          for (T item : items) writer.write(json, item);
          json.writeEndArray();
          Json.nullable(json, "bookmark", pageToken);
          json.writeEndObject();
        });
  }
}
