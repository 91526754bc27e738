// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks;

import com.datastax.oss.driver.api.core.CqlSession;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.corkboard.platform.cassandra.Cassandra;
import dev.corkboard.platform.cassandra.CassandraConfig;
import dev.corkboard.platform.config.Env;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** An installation that {@code ./run} started, by its {@code ready.json}. */
public final class Installation {
  private static final String CONTRACT = "/v5";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final JsonNode ready;

  public Installation(Path data) {
    try {
      ready = JSON.readTree(data.resolve("ready.json").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException("start one: ./run --data " + data, e);
    }
  }

  /** An answer of the REST API. */
  public record Answer(int status, JsonNode json) {
    public String id() {
      if (status != 201) throw new IllegalStateException(status + ": " + json);
      return json.get("id").textValue();
    }
  }

  /** What {@code ready.json} says. */
  public JsonNode ready() {
    return ready;
  }

  public CqlSession session(String keyspace) {
    Map<String, String> settings =
        Map.of(
            "CASSANDRA_CONTACT_POINTS",
            ready.get("stores").get("cassandra").textValue(),
            "CASSANDRA_ENSURE_SCHEMA",
            "false");
    return Cassandra.open(CassandraConfig.fromEnv(Env.of(settings), "KEYSPACE", keyspace));
  }

  public Answer get(String account, String path) {
    return send(account, "GET", CONTRACT + path, BodyPublishers.noBody());
  }

  public Answer delete(String account, String path) {
    return send(account, "DELETE", CONTRACT + path, BodyPublishers.noBody());
  }

  public Answer post(String account, String path, JsonNode body) {
    return send(account, "POST", CONTRACT + path, BodyPublishers.ofString(body.toString()));
  }

  /** Posts to a path that is no part of the contract. */
  public Answer postOwn(String account, String path, JsonNode body) {
    return send(account, "POST", "/v1" + path, BodyPublishers.ofString(body.toString()));
  }

  private Answer send(String account, String method, String path, BodyPublisher body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(ready.get("edge").textValue() + path))
            .timeout(Duration.ofSeconds(60))
            .header("Authorization", "Bearer " + ready.get("tokens").get(account).textValue())
            .header("Content-Type", "application/json")
            .method(method, body)
            .build();
    try {
      HttpResponse<String> answer = HTTP.send(request, BodyHandlers.ofString());
      String text = answer.body();
      return new Answer(
          answer.statusCode(), text.isEmpty() ? MissingNode.getInstance() : JSON.readTree(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
