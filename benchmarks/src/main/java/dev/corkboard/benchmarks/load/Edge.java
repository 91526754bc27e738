// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.corkboard.deploy.faults.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/** The REST API, asked without waiting. */
final class Edge {
  /** Longer than the edge's own limit: what waits longer hangs. */
  private static final Duration LIMIT = Duration.ofSeconds(15);

  private static final Duration TRANSFER_LIMIT = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String url;
  private final HttpClient http;

  /**
   * Connects when asked.
   *
   * @param threads where answers are read
   */
  Edge(String url, Executor threads) {
    this.url = url;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .executor(threads)
            .build();
  }

  /** The answer; one of status 0 when there is none. */
  CompletableFuture<Answer> send(Call call) {
    String version = call.path().startsWith("/v1/") ? "" : "/v5";
    boolean transfer =
        call.kind() == Kind.CREATE_PIN
            || call.kind() == Kind.RENDER_COLLAGE
            || call.kind() == Kind.PUBLISH_COLLAGE;
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + version + call.path()))
            .timeout(transfer ? TRANSFER_LIMIT : LIMIT)
            .header("Authorization", "Bearer " + call.account().token());
    if (!call.key().isEmpty()) request.header("Idempotency-Key", call.key());
    if (call.body().isMissingNode()) {
      request.method(call.method(), BodyPublishers.noBody());
    } else {
      request.header("Content-Type", "application/json");
      request.method(call.method(), BodyPublishers.ofString(call.body().toString()));
    }
    return http.sendAsync(request.build(), BodyHandlers.ofByteArray())
        .thenApply(Edge::answer)
        .exceptionally(Edge::none);
  }

  private static Answer none(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return Answer.none(cause instanceof Exception e ? e : new IOException(cause));
  }

  /** Of a drawing the JSON is the revision it says it is of. */
  private static Answer answer(HttpResponse<byte[]> response) {
    byte[] body = response.body();
    String type = response.headers().firstValue("content-type").orElse("");
    if (type.startsWith("image/")) {
      long revision = response.headers().firstValueAsLong("x-collage-revision").orElse(-1);
      JsonNode json = JsonNodeFactory.instance.objectNode().put("revision", revision);
      String start = new String(body, 0, Math.min(8, body.length), StandardCharsets.ISO_8859_1);
      return new Answer(response.statusCode(), json, start);
    }
    String text = new String(body, StandardCharsets.UTF_8);
    return new Answer(response.statusCode(), parse(text), text);
  }

  private static JsonNode parse(String text) {
    try {
      return text.isEmpty() ? MissingNode.getInstance() : JSON.readTree(text);
    } catch (IOException notJson) {
      return MissingNode.getInstance();
    }
  }
}
