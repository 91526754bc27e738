// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.load;

import dev.corkboard.deploy.faults.FaultProxy;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Has a proxy connect to those copies of a service that say they are ready, as balancers do; to all
 * when none says so.
 */
final class Balancer implements AutoCloseable {
  private static final Duration PERIOD = Duration.ofMillis(500);
  private static final Duration LIMIT = Duration.ofSeconds(1);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(LIMIT).build();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "balancer");
            thread.setDaemon(true);
            return thread;
          });
  private final FaultProxy proxy;
  private final List<Copy> copies;

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
    timer.scheduleWithFixedDelay(
        this::look, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void target(List<Copy> chosen) {
    proxy.target(chosen.stream().map(Copy::address).toArray(InetSocketAddress[]::new));
  }

  private void look() {
    List<CompletableFuture<Boolean>> asked = copies.stream().map(this::isReady).toList();
    List<Copy> ready =
        copies.stream().filter(copy -> asked.get(copies.indexOf(copy)).join()).toList();
    target(ready.isEmpty() ? copies : ready);
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
    timer.shutdownNow();
  }
}
