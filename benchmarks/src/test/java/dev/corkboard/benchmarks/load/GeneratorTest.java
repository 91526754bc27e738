// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GeneratorTest {
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final int TOGETHER = 20;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ScheduledExecutorService later = Executors.newScheduledThreadPool(2);
  private final Statistics statistics = new Statistics();
  private final Verdicts verdicts = new Verdicts();
  private final Account account = new Account(0, "1", "somebody", "token");
  private HttpServer server;

  private Generator against(HttpHandler handler) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", handler);
    server.start();
    Edge edge = new Edge("http://127.0.0.1:" + server.getAddress().getPort(), threads);
    return new Generator(edge, statistics, verdicts, later);
  }

  @AfterEach
  void stop() {
    server.stop(0);
    later.shutdownNow();
    threads.shutdownNow();
  }

  private static void answer(HttpExchange exchange, int status) throws IOException {
    byte[] body = "{\"code\":1,\"message\":\"m\"}".getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private Call read() {
    return Call.read(Kind.GET_PIN, account, "/pins/1", (answer, asked, answered, attempt) -> true);
  }

  @Test
  void operationsBeginWhetherOrNotOthersWereAnswered() {
    CountDownLatch arrived = new CountDownLatch(TOGETHER);
    Generator generator =
        against(
            exchange -> {
              arrived.countDown();
              try {
                answer(exchange, arrived.await(1, TimeUnit.MINUTES) ? 200 : 500);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    generator.run(this::read, 400, Duration.ofMillis(100), new Random(1));
    // Enough for all to be there at once, which ends the wait of each.
    while (arrived.getCount() > 0) {
      generator.run(this::read, 400, Duration.ofMillis(20), new Random(2));
    }
    assertThat(generator.drain(LIMIT)).isEmpty();
    assertThat(verdicts.isClean()).isTrue();
    assertThat(statistics.times(Kind.GET_PIN).getTotalCount()).isGreaterThanOrEqualTo(TOGETHER);
  }

  @Test
  void aWriteIsRepeatedWithItsKeyUntilItsOutcomeIsKnown() {
    Queue<String> keys = new ConcurrentLinkedQueue<>();
    List<Integer> statuses = List.of(503, 409, 201);
    Generator generator =
        against(
            exchange -> {
              keys.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
              answer(exchange, statuses.get(keys.size() - 1));
            });
    Queue<Integer> taken = new ConcurrentLinkedQueue<>();
    Outcomes outcomes = new Outcomes(verdicts);
    Call.Outcome known = outcomes.of("a save", (answer, asked, answered) -> {}, () -> {});
    Call call =
        Call.write(
            Kind.SAVE_PIN,
            account,
            "POST",
            "/pins/1/save",
            JsonNodeFactory.instance.objectNode(),
            (answer, asked, answered, attempt) -> {
              taken.add(attempt);
              return known.take(answer, asked, answered, attempt);
            });
    generator.make(List.of(() -> call), 1, LIMIT);
    assertThat(keys).hasSize(3).containsOnly(call.key());
    assertThat(taken).containsExactly(1, 2, 3);
    assertThat(statistics.repeats()).isEqualTo(2);
    assertThat(verdicts.isClean()).isTrue();
  }

  @Test
  void aRefusalOfWhatIsAllowedIsADefect() {
    Generator generator = against(exchange -> answer(exchange, 403));
    boolean[] undone = {false};
    Outcomes outcomes = new Outcomes(verdicts);
    Call call =
        Call.write(
            Kind.SAVE_PIN,
            account,
            "POST",
            "/pins/1/save",
            JsonNodeFactory.instance.objectNode(),
            outcomes.of("a save", (answer, asked, answered) -> {}, () -> undone[0] = true));
    generator.make(List.of(() -> call), 1, LIMIT);
    assertThat(undone[0]).isTrue();
    assertThat(verdicts.count(Verdicts.Defect.WRONG)).isEqualTo(1);
  }

  @Test
  void a500IsADefectAlsoWhenARepeatSucceeds() {
    Queue<Integer> statuses = new ConcurrentLinkedQueue<>(List.of(500, 204));
    Generator generator =
        against(
            exchange -> {
              int status = statuses.remove();
              exchange.sendResponseHeaders(status, -1);
              exchange.close();
            });
    Outcomes outcomes = new Outcomes(verdicts);
    Call call =
        Call.write(
            Kind.DELETE_PIN,
            account,
            "DELETE",
            "/pins/1",
            JsonNodeFactory.instance.objectNode(),
            outcomes.ofRemoval("a removal", (answer, asked, answered) -> {}, () -> {}));
    generator.make(List.of(() -> call), 1, LIMIT);
    assertThat(statuses).isEmpty();
    assertThat(verdicts.count(Verdicts.Defect.WRONG)).isEqualTo(1);
  }
}
