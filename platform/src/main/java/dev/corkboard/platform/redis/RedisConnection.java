// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.redis;

import com.google.common.base.Strings;
import com.google.common.base.Throwables;
import dev.corkboard.platform.config.Secret;
import dev.corkboard.platform.schedule.Stages;
import dev.corkboard.platform.trace.StoreSpans;
import dev.corkboard.platform.trace.Trail;
import dev.corkboard.platform.trace.Trails;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.StaticCredentialsProvider;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Span;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to Redis that is allowed to be broken: opening never fails, a command fails within
 * its timeout, and a circuit breaker leaves a slow server alone.
 *
 * <p>Commands that met a lost connection are never sent again after the reconnect. Thread-safe; one
 * per process.
 */
public final class RedisConnection implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(RedisConnection.class);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
  private static final Duration FIRST_CONNECT_WAIT = Duration.ofMillis(1500);
  private static final Duration RECONNECT_MIN = Duration.ofMillis(20);
  private static final Duration RECONNECT_MAX = Duration.ofSeconds(1);

  private final RedisOptions options;
  private final RedisURI uri;
  private final ClientResources resources;
  private final RedisClient client;
  private final CircuitBreaker breaker;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final CompletableFuture<Void> firstAttempt = new CompletableFuture<>();
  private volatile StatefulRedisConnection<byte[], byte[]> connection;
  private volatile boolean closed;

  private RedisConnection(RedisOptions options, MeterRegistry meters) {
    this.options = options;
    this.uri = RedisURI.create(options.uri());
    options.login().password().ifPresent(password -> logIn(uri, options.uri(), password));
    uri.setTimeout(CONNECT_TIMEOUT);
    this.resources =
        ClientResources.builder()
            .ioThreadPoolSize(2)
            .computationThreadPoolSize(2)
            .reconnectDelay(
                Delay.equalJitter(
                    RECONNECT_MIN, RECONNECT_MAX, RECONNECT_MIN.toMillis(), TimeUnit.MILLISECONDS))
            .build();
    this.client = RedisClient.create(resources);
    client.setOptions(
        ClientOptions.builder()
            .autoReconnect(true)
            .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
            .replayFilter(command -> true)
            .maintNotificationsConfig(MaintNotificationsConfig.disabled())
            // Each command has its own timeout here; the client's timer ticks every 100 ms only.
            .timeoutOptions(TimeoutOptions.builder().timeoutCommands(false).build())
            .sslOptions(ssl(options))
            .socketOptions(
                SocketOptions.builder().connectTimeout(CONNECT_TIMEOUT).keepAlive(true).build())
            .build());
    this.breaker =
        CircuitBreaker.of(
            "redis",
            CircuitBreakerConfig.custom()
                .slidingWindowSize(options.breakerCalls())
                .minimumNumberOfCalls(options.breakerCalls())
                .failureRateThreshold(50)
                .waitDurationInOpenState(options.breakerOpen())
                .writableStackTraceEnabled(false)
                .build());
    breaker
        .getEventPublisher()
        .onStateTransition(
            event -> log.warn("Redis circuit breaker: {}", event.getStateTransition()));
    for (CircuitBreaker.State state :
        new CircuitBreaker.State[] {
          CircuitBreaker.State.CLOSED, CircuitBreaker.State.OPEN, CircuitBreaker.State.HALF_OPEN
        }) {
      Gauge.builder("redis.breaker.state", breaker, b -> b.getState() == state ? 1 : 0)
          .description("1 for the state the circuit breaker is in")
          .tag("state", state.name().toLowerCase(Locale.ROOT))
          .register(meters);
    }
    Gauge.builder("redis.inflight", inFlight, AtomicInteger::get)
        .description("Calls of Redis that are neither answered nor given up")
        .register(meters);
    Gauge.builder("redis.connected", this, c -> c.connected() ? 1 : 0)
        .description("1 while the connection to Redis is up")
        .register(meters);
  }

  /** Opens with the shipped timeouts; see {@link #open(RedisOptions, MeterRegistry)}. */
  public static RedisConnection open(String uri, MeterRegistry meters) {
    return open(RedisOptions.of(uri), meters);
  }

  /**
   * Starts connecting, waits at most 1.5 s for the first attempt and goes on in the background.
   *
   * @throws IllegalArgumentException when the address is malformed, never because Redis is down
   */
  public static RedisConnection open(RedisOptions options, MeterRegistry meters) {
    RedisConnection opened = new RedisConnection(options, meters);
    opened.connect();
    try {
      opened.firstAttempt.get(FIRST_CONNECT_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      log.warn("Redis at {}:{} is slow to connect", opened.uri.getHost(), opened.uri.getPort());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return opened;
  }

  /** With a password of its own, what stands before the host is a name; Lettuce differs. */
  private static void logIn(RedisURI uri, String address, Secret password) {
    String name = Strings.nullToEmpty(URI.create(address).getUserInfo()).replaceFirst(":.*", "");
    uri.setCredentialsProvider(
        new StaticCredentialsProvider(Strings.emptyToNull(name), password.text().toCharArray()));
  }

  private static SslOptions ssl(RedisOptions options) {
    SslOptions.Builder ssl = SslOptions.builder();
    options.login().caFile().ifPresent(file -> ssl.trustManager(file.toFile()));
    return ssl.build();
  }

  private void connect() {
    client
        .connectAsync(ByteArrayCodec.INSTANCE, uri)
        .whenComplete(
            (connected, failure) -> {
              if (failure == null) {
                connection = connected;
                if (closed) {
                  connected.closeAsync();
                }
              } else if (!closed) {
                if (!firstAttempt.isDone()) {
                  log.warn(
                      "Redis at {}:{} is not reachable, trying on: {}",
                      uri.getHost(),
                      uri.getPort(),
                      Throwables.getRootCause(failure).getMessage());
                }
                schedule(RECONNECT_MAX, this::connect);
              }
              firstAttempt.complete(null);
            });
  }

  /** Whether commands are sent at all. */
  public boolean connected() {
    StatefulRedisConnection<byte[], byte[]> current = connection;
    return current != null && current.isOpen();
  }

  CircuitBreaker.State breakerState() {
    return breaker.getState();
  }

  <T> CompletionStage<T> read(
      String name, Function<RedisAsyncCommands<byte[], byte[]>, CompletionStage<T>> call) {
    return send(name, options.readTimeout(), call);
  }

  <T> CompletionStage<T> write(
      String name, Function<RedisAsyncCommands<byte[], byte[]>, CompletionStage<T>> call) {
    return send(name, options.writeTimeout(), call);
  }

  /**
   * Sends what the call sends: commands of one purpose, which the breaker counts as one.
   *
   * @param name of the commands in traces, of which there are few
   * @param timeout for all of them together
   * @param call given the same commands each time; it must not block
   * @return fails at once when there is no connection or the breaker is open
   */
  public <T> CompletionStage<T> send(
      String name,
      Duration timeout,
      Function<RedisAsyncCommands<byte[], byte[]>, CompletionStage<T>> call) {
    // A lost connection fails at once and needs no breaker; a breaker left closed lets the cache
    // serve again as soon as the connection is back.
    if (!connected()) {
      return CompletableFuture.failedFuture(new RedisException("not connected"));
    }
    if (!breaker.tryAcquirePermission()) {
      return CompletableFuture.failedFuture(
          CallNotPermittedException.createCallNotPermittedException(breaker));
    }
    long start = breaker.getCurrentTimestamp();
    Trail trail = Trails.current();
    Span span = trail.call(name);
    CompletableFuture<T> sent;
    try {
      sent = call.apply(connection.async()).toCompletableFuture();
    } catch (RuntimeException e) {
      sent = CompletableFuture.failedFuture(e);
    }
    CompletableFuture<T> answer = new CompletableFuture<>();
    inFlight.incrementAndGet();
    sent.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete(
            (value, failure) -> {
              inFlight.decrementAndGet();
              record(start, failure);
              StoreSpans.end(span, Stages.cause(failure));
              Trails.complete(answer, trail, value, failure);
            });
    return answer;
  }

  private void record(long start, Throwable failure) {
    long took = breaker.getCurrentTimestamp() - start;
    // An error reply came through the channel: the channel works.
    if (failure == null || Stages.cause(failure) instanceof RedisCommandExecutionException) {
      breaker.onSuccess(took, breaker.getTimestampUnit());
    } else {
      breaker.onError(took, breaker.getTimestampUnit(), failure);
    }
  }

  void schedule(Duration delay, Runnable task) {
    if (!closed) {
      var unused =
          resources.eventExecutorGroup().schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void close() {
    closed = true;
    client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    resources.shutdown(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
