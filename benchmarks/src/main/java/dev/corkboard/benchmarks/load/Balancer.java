// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.load;

import dev.corkboard.deploy.faults.FaultProxy;
import dev.corkboard.platform.schedule.Periodic;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Has a proxy connect to those copies of a service that say they are ready, as balancers do; to all
 * when none says so.
 */
final class Balancer implements AutoCloseable {
  private static final Duration PERIOD = Duration.ofMillis(500);
  private static final Duration LIMIT = Duration.ofSeconds(1);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(LIMIT).build();
  private final FaultProxy proxy;
  private final List<Copy> copies;
  private final Periodic looking;

  /**
   * One of several.
   *
   * @param admin {@code host:port} where it says whether it is ready
   */
  record Copy(InetSocketAddress address, String admin) {}

  Balancer(FaultProxy proxy, List<Copy> copies) {
    this.proxy = proxy;
    this.copies = copies;
    target(copies);
    looking = Periodic.start("balancer", PERIOD, LIMIT.multipliedBy(2), this::look);
  }

  private void target(List<Copy> chosen) {
    proxy.target(chosen.stream().map(Copy::address).toArray(InetSocketAddress[]::new));
  }

  private CompletionStage<Void> look() {
    List<CompletableFuture<Boolean>> asked = copies.stream().map(this::isReady).toList();
    return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
        .thenRun(
            () -> {
              List<Copy> ready =
                  copies.stream().filter(copy -> asked.get(copies.indexOf(copy)).join()).toList();
              target(ready.isEmpty() ? copies : ready);
            });
  }

  private CompletableFuture<Boolean> isReady(Copy copy) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + copy.admin() + "/readyz"))
            .timeout(LIMIT)
            .build();
    return http.sendAsync(request, BodyHandlers.discarding())
        .handle((answer, failure) -> failure == null && answer.statusCode() == 200);
  }

  @Override
  public void close() {
    looking.close();
  }
}
