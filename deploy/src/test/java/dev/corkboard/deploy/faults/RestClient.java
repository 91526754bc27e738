// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The REST contract as one account uses it while things break; paths are of v5 unless of v1. */
final class RestClient {
  /** Longer than any deadline of the edge: what waits longer hangs. */
  private static final Duration LIMIT = Duration.ofSeconds(15);

  private static final Duration CREATION_LIMIT = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final String edge;
  private final String token;

  RestClient(String edge, String token) {
    this.edge = edge;
    this.token = token;
  }

  Answer get(String path) {
    return send(request(path, LIMIT).GET().build());
  }

  Answer delete(String path) {
    return send(request(path, LIMIT).DELETE().build());
  }

  /** A POST that repeats of the same key do once. */
  Answer post(String path, JsonNode body, String key) {
    return send(
        request(path, CREATION_LIMIT)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofString(body.toString()))
            .build());
  }

  Answer patch(String path, JsonNode body, String key) {
    return send(
        request(path, LIMIT)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .method("PATCH", BodyPublishers.ofString(body.toString()))
            .build());
  }

  /**
   * Every item of a listing.
   *
   * @throws AssertionError if a page was not answered with 200
   */
  List<JsonNode> walk(String path) {
    List<JsonNode> items = new ArrayList<>();
    String bookmark = "";
    while (true) {
      Answer page = get(path + "?page_size=250" + bookmark);
      if (page.status() != 200) {
        throw new AssertionError("GET " + path + ": " + page.status() + " " + page.text());
      }
      page.json().get("items").forEach(items::add);
      if (page.json().get("bookmark").isNull()) return items;
      bookmark = "&bookmark=" + page.textOf("bookmark");
    }
  }

  private HttpRequest.Builder request(String path, Duration limit) {
    String version = path.startsWith("/v1/") ? "" : "/v5";
    return HttpRequest.newBuilder(URI.create(edge + version + path))
        .timeout(limit)
        .header("Authorization", "Bearer " + token);
  }

  private Answer send(HttpRequest request) {
    try {
      HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
      return new Answer(answer.statusCode(), json(answer.body()), answer.body());
    } catch (IOException e) {
      return Answer.none(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Answer.none(e);
    }
  }

  private static JsonNode json(String text) throws IOException {
    return text.isEmpty() ? NullNode.getInstance() : JSON.readTree(text);
  }
}
