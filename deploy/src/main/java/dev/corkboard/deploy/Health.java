// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy;

import dev.corkboard.stores.StartFailedException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Asks services whether they are ready, on their admin ports; the edge where it serves. */
public final class Health {
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final Addresses addresses;
  private final HttpClient http = HttpClient.newHttpClient();

  public Health(Addresses addresses) {
    this.addresses = addresses;
  }

  /** Returns when the service says it serves. */
  void await(Service service, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!isServing(service)) {
      if (System.nanoTime() > deadline) {
        throw new StartFailedException(
            service.id() + " was not healthy within " + limit.toSeconds() + " s");
      }
      pause(service);
    }
  }

  boolean isServing(Service service) {
    return answers(
        service == Service.EDGE
            ? addresses.edgeUrl() + "/healthz"
            : "http://" + addresses.adminOf(service) + "/readyz");
  }

  private boolean answers(String url) {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).timeout(ANSWER_LIMIT).build();
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void pause(Service service) {
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartFailedException(service.id() + ": interrupted while starting", e);
    }
  }
}
