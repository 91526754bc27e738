// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.testing;

import dev.corkboard.platform.testing.TestTokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;

/** A client of the edge: a plain HTTP/1.1 client, so that the edge is seen as others see it. */
public final class Api {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final int port;
  private final TestTokens tokens;
  private final String accountId;

  public Api(int port, TestTokens tokens, String accountId) {
    this.port = port;
    this.tokens = tokens;
    this.accountId = accountId;
  }

  /** A token of this account with these scopes. */
  public String token(Set<String> scopes) {
    return tokens.access(accountId, scopes, Instant.now().plusSeconds(600));
  }

  /** A request that is yet to be sent, with a token of all scopes. */
  public HttpRequest.Builder request(String path) {
    return anonymous(path).header("Authorization", "Bearer " + token(TestTokens.ALL_SCOPES));
  }

  public HttpRequest.Builder anonymous(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(Duration.ofSeconds(30));
  }

  /** A form that {@link FakeOAuth}'s app sends. */
  public Answer asApp(String path, String form) {
    return send(appRequest(path, FakeOAuth.APP, form));
  }

  /** A form that an app is yet to send. */
  public HttpRequest.Builder appRequest(String path, String app, String form) {
    String pair = app + ":" + FakeOAuth.SECRET;
    String basic = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    return anonymous(path)
        .header("Authorization", "Basic " + basic)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString(form));
  }

  public Answer get(String path) {
    return send(request(path).GET());
  }

  public Answer delete(String path) {
    return send(request(path).DELETE());
  }

  public Answer post(String path, String json) {
    return send(withBody("POST", path, BodyPublishers.ofString(json)));
  }

  public Answer patch(String path, String json) {
    return send(withBody("PATCH", path, BodyPublishers.ofString(json)));
  }

  /** A request with a JSON body. */
  public HttpRequest.Builder withBody(String method, String path, HttpRequest.BodyPublisher body) {
    return request(path).header("Content-Type", "application/json").method(method, body);
  }

  public Answer send(HttpRequest.Builder request) {
    try {
      return new Answer(CLIENT.send(request.build(), BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
