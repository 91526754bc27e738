// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy;

import dev.corkboard.stores.StartFailedException;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Asks services whether they serve: by gRPC's health protocol, the edge by HTTP. */
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
    return service == Service.EDGE ? answersHttp() : answersGrpc(addresses.of(service));
  }

  private static boolean answersGrpc(String target) {
    ManagedChannel channel =
        Grpc.newChannelBuilder(target, InsecureChannelCredentials.create()).build();
    try {
      return HealthGrpc.newBlockingStub(channel)
              .withDeadlineAfter(ANSWER_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
              .check(HealthCheckRequest.getDefaultInstance())
              .getStatus()
          == ServingStatus.SERVING;
    } catch (StatusRuntimeException notYet) {
      return false;
    } finally {
      channel.shutdownNow();
    }
  }

  private boolean answersHttp() {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(addresses.edgeUrl() + "/healthz"))
            .timeout(ANSWER_LIMIT)
            .build();
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
