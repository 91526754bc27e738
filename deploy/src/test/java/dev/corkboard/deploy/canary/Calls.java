// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.canary;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** Sends requests to the edge and keeps what the errors said. */
final class Calls {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  private final String edge;
  private final List<String> errors = new CopyOnWriteArrayList<>();
  private final List<Integer> statuses = new CopyOnWriteArrayList<>();

  Calls(String edge) {
    this.edge = edge;
  }

  /** The bodies of all answers of 400 and above. */
  List<String> errors() {
    return errors;
  }

  List<Integer> statuses() {
    return statuses;
  }

  HttpResponse<String> send(String method, String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(edge + path))
            .timeout(Duration.ofSeconds(60))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (headers.length > 0) request.headers(headers);
    try {
      HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
      statuses.add(response.statusCode());
      if (response.statusCode() >= 400) errors.add(response.body());
      return response;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** JSON as an account, answered as expected. */
  JsonNode as(String token, int status, String method, String path, String body) {
    HttpResponse<String> response =
        send(
            method,
            path,
            body,
            "authorization",
            "Bearer " + token,
            "content-type",
            "application/json");
    assertThat(response.statusCode()).as(method + " " + path + response.body()).isEqualTo(status);
    return read(response.body());
  }

  HttpResponse<String> form(String path, Map<String, String> fields, String... headers) {
    String[] all = java.util.Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = "content-type";
    all[headers.length + 1] = "application/x-www-form-urlencoded";
    return send("POST", path, encoded(fields), all);
  }

  static JsonNode read(String json) {
    try {
      return JSON.readTree(json.startsWith("{") || json.startsWith("[") ? json : "{}");
    } catch (IOException e) {
      throw new UncheckedIOException(json, e);
    }
  }

  static String encoded(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(e -> e.getKey() + "=" + encoded(e.getValue()))
        .collect(Collectors.joining("&"));
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
