// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy;

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
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** One account at one edge, and all that it can see there. */
final class AccountView {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String edge;
  private final String token;

  AccountView(String edge, String token) {
    this.edge = edge;
    this.token = token;
  }

  HttpResponse<byte[]> send(String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(edge + path))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    try {
      return http.send(request, BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  int status(String method, String path, String body) {
    return send(method, path, body).statusCode();
  }

  /** The answer to a request that must succeed. */
  JsonNode call(String method, String path, String body) {
    HttpResponse<byte[]> answer = send(method, path, body);
    JsonNode json = json(answer.body());
    if (answer.statusCode() / 100 != 2) {
      throw new AssertionError(method + " " + path + ": " + answer.statusCode() + " " + json);
    }
    return json;
  }

  JsonNode get(String path) {
    return call("GET", path, "");
  }

  static JsonNode json(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<JsonNode> walk(String path) {
    List<JsonNode> items = new ArrayList<>();
    String bookmark = "";
    while (true) {
      JsonNode page = get(path + "?page_size=250" + bookmark);
      page.get("items").forEach(items::add);
      if (page.get("bookmark").isNull()) return items;
      bookmark = "&bookmark=" + page.get("bookmark").textValue();
    }
  }

  List<String> ids(String path) {
    return walk(path).stream().map(item -> item.get("id").textValue()).toList();
  }

  /**
   * What stands at every path worth looking at, pictures by their SHA-256.
   *
   * @param publicUrl what the URLs of pictures begin with
   */
  SortedMap<String, String> everything(String publicUrl) {
    SortedMap<String, String> seen = new TreeMap<>();
    seen.put("/v5/user_account", get("/v5/user_account").toString());
    list(seen, "/v5/user_account/following");
    list(seen, "/v5/pins");
    list(seen, "/v1/collages");
    for (String board : list(seen, "/v5/boards")) {
      String path = "/v5/boards/" + board;
      seen.put(path, get(path).toString());
      list(seen, path + "/pins");
      for (String section : list(seen, path + "/sections")) {
        list(seen, path + "/sections/" + section + "/pins");
      }
    }
    for (String collage : ids("/v1/collages")) {
      String path = "/v1/collages/" + collage;
      seen.put(path, get(path).toString());
      list(seen, path + "/members");
      list(seen, path + "/revisions");
      seen.put(path + "/render", digest(path + "/render"));
    }
    Matcher urls =
        Pattern.compile(Pattern.quote(publicUrl) + "(/[^\"]+)").matcher(seen.values().toString());
    while (urls.find()) seen.computeIfAbsent(urls.group(1), this::digest);
    return seen;
  }

  private List<String> list(SortedMap<String, String> seen, String path) {
    List<JsonNode> items = walk(path);
    seen.put(path, items.size() + ": " + items);
    return items.stream().map(item -> item.path("id").asText()).toList();
  }

  private String digest(String path) {
    // A first drawing on a busy machine may take longer than a request.
    HttpResponse<byte[]> answer =
        Awaitility.await()
            .atMost(LIMIT)
            .until(() -> send("GET", path, ""), got -> got.statusCode() != 503);
    if (answer.statusCode() != 200) throw new AssertionError(path + ": " + answer.statusCode());
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(answer.body());
      return HexFormat.of().formatHex(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
