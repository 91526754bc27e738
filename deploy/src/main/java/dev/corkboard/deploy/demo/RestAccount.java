// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The REST API as one account sees it. */
final class RestAccount {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final HttpClient http;
  private final String url;
  private final String token;

  RestAccount(HttpClient http, String url, String token) {
    this.http = http;
    this.url = url;
    this.token = token;
  }

  /** All items of a listing, page after page. */
  List<JsonNode> list(String path) {
    List<JsonNode> items = new ArrayList<>();
    String bookmark = "";
    do {
      JsonNode page = send(request(path + "?page_size=250" + bookmark).GET().build());
      page.get("items").forEach(items::add);
      bookmark = page.get("bookmark").isNull() ? "" : "&bookmark=" + page.get("bookmark").asText();
    } while (!bookmark.isEmpty());
    return items;
  }

  /** Makes something and returns it. */
  JsonNode post(String path, JsonNode body) {
    return write("POST", path, body);
  }

  /** Changes something and returns it. */
  JsonNode patch(String path, JsonNode body) {
    return write("PATCH", path, body);
  }

  private JsonNode write(String method, String path, JsonNode body) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body.toString()))
            .build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path))
        .timeout(LIMIT)
        .header("Authorization", "Bearer " + token);
  }

  private JsonNode send(HttpRequest request) {
    try {
      HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
      JsonNode body = JSON.readTree(answer.body());
      if (answer.statusCode() / 100 != 2) {
        throw new IllegalStateException(
            request.method() + " " + request.uri() + ": " + answer.statusCode() + " " + body);
      }
      return body;
    } catch (IOException e) {
      throw new UncheckedIOException(request.method() + " " + request.uri() + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
