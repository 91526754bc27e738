// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.corkboard.deploy.RunningSuite.TestAccount;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A client of the REST contract, as one account. */
final class Rest {
  static final ObjectMapper JSON = new ObjectMapper();

  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  private final String edge;
  private final TestAccount account;
  private final String token;

  Rest(String edge, TestAccount account, String token) {
    this.edge = edge;
    this.account = account;
    this.token = token;
  }

  TestAccount account() {
    return account;
  }

  /** An answer; every one carries a request id of digits, and every error the contract's body. */
  record Answer(int status, String text, HttpResponse<?> response) {
    JsonNode json() {
      try {
        return JSON.readTree(text);
      } catch (IOException e) {
        throw new UncheckedIOException(text, e);
      }
    }

    String id() {
      return json().get("id").textValue();
    }

    Answer expect(int expected) {
      assertThat(status).as(text).isEqualTo(expected);
      assertThat(response.headers().firstValue("x-pinterest-rid").orElse("")).matches("\\d+");
      if (expected >= 400) {
        assertThat(json().path("code").isInt()).as(text).isTrue();
        assertThat(json().path("message").isTextual()).as(text).isTrue();
      }
      return this;
    }

    Answer expect(int expected, int code, String message) {
      expect(expected);
      assertThat(json().get("code").intValue()).as(text).isEqualTo(code);
      assertThat(json().get("message").textValue()).contains(message);
      return this;
    }
  }

  static ObjectNode object(Consumer<ObjectNode> fill) {
    ObjectNode object = JSON.createObjectNode();
    fill.accept(object);
    return object;
  }

  private HttpRequest.Builder to(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : edge + path))
            .timeout(Duration.ofSeconds(30));
    return token.isEmpty() ? request : request.header("authorization", "Bearer " + token);
  }

  Answer get(String path) {
    return send(to(path).GET().build());
  }

  Answer delete(String path) {
    return send(to(path).DELETE().build());
  }

  Answer post(String path, JsonNode body) {
    return send("POST", path, body.toString());
  }

  Answer patch(String path, JsonNode body) {
    return send("PATCH", path, body.toString());
  }

  Answer send(String method, String path) {
    return send(to(path).method(method, BodyPublishers.noBody()).build());
  }

  Answer send(String method, String path, String body) {
    return send(
        to(path)
            .header("content-type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build());
  }

  /** A picture as it is. */
  Answer upload(String path, byte[] png) {
    return send(
        to(path).header("content-type", "image/png").POST(BodyPublishers.ofByteArray(png)).build());
  }

  /** Of what is no JSON the beginning alone: it may be long, or never end. */
  Answer open(String path) {
    HttpResponse<InputStream> response =
        exchange(to(path).GET().build(), BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      boolean json =
          response
              .headers()
              .firstValue("content-type")
              .filter(type -> type.startsWith("application/json"))
              .isPresent();
      String text = json ? new String(body.readAllBytes(), StandardCharsets.UTF_8) : "";
      return new Answer(response.statusCode(), text, response);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  CompletableFuture<Answer> postAsync(String path, JsonNode body, String idempotencyKey) {
    HttpRequest request =
        to(path)
            .header("content-type", "application/json")
            .header("idempotency-key", idempotencyKey)
            .POST(BodyPublishers.ofString(body.toString()))
            .build();
    return HTTP.sendAsync(request, BodyHandlers.ofString()).thenApply(Rest::answer);
  }

  Answer send(HttpRequest request) {
    return answer(exchange(request, BodyHandlers.ofString()));
  }

  private static Answer answer(HttpResponse<String> response) {
    HttpRequest request = response.request();
    Description.checkAll(request.method(), request.uri(), response.statusCode(), response.body());
    return new Answer(response.statusCode(), response.body(), response);
  }

  HttpResponse<byte[]> bytes(String path, String... headers) {
    HttpRequest.Builder request = to(path).GET();
    if (headers.length > 0) request.headers(headers);
    return exchange(request.build(), BodyHandlers.ofByteArray());
  }

  private static <T> HttpResponse<T> exchange(
      HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    try {
      return HTTP.send(request, handler);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Every item of a listing, page by page, as the official clients walk it. */
  List<JsonNode> walk(String path, int pageSize) {
    List<JsonNode> all = new ArrayList<>();
    String joined = path + (path.contains("?") ? "&" : "?") + "page_size=" + pageSize;
    String next = joined;
    while (true) {
      JsonNode page = get(next).expect(200).json();
      ArrayNode items = (ArrayNode) page.get("items");
      items.forEach(all::add);
      if (page.get("bookmark").isNull()) return all;
      assertThat(items).as("only the last page may be short").hasSize(pageSize);
      next = joined + "&bookmark=" + page.get("bookmark").textValue();
    }
  }

  List<String> ids(String path, int pageSize) {
    return walk(path, pageSize).stream().map(item -> item.get("id").textValue()).toList();
  }

  String createBoard(String privacy) {
    ObjectNode body =
        object(
            o -> {
              o.put("name", "Board " + UUID.randomUUID());
              o.put("privacy", privacy);
            });
    return post("/v5/boards", body).expect(201).id();
  }

  /** A body for a Pin with a small picture. */
  static ObjectNode pin(String boardId) {
    return pin(boardId, Pictures.base64("png", 320, 200, 7));
  }

  static ObjectNode pin(String boardId, String base64) {
    return object(
        o -> {
          o.put("board_id", boardId);
          o.put("title", "Pin " + UUID.randomUUID());
          o.putObject("media_source")
              .put("source_type", "image_base64")
              .put("content_type", "image/png")
              .put("data", base64);
        });
  }

  String createPin(String boardId) {
    return post("/v5/pins", pin(boardId)).expect(201).id();
  }
}
