// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.error.ApiException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Against a server on this machine that only these tests' address rule allows: 127.0.0.1 stands for
 * the public Internet, 127.0.0.2 and everything else for what must not be reached.
 */
class ImageFetcherTest {
  private static final String PUBLIC = "127.0.0.1";
  private static final String PRIVATE = "127.0.0.2";
  private static final byte[] PICTURE = Pictures.jpeg(20, 20);

  @TempDir Path directory;
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final MediaExecutor executor = new MediaExecutor("fetch", 2, 2, metrics);
  private final ExecutorService serverThreads = Executors.newCachedThreadPool();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> lookups = new CopyOnWriteArrayList<>();
  private final Queue<String[]> answers = new ArrayDeque<>();
  private final CountDownLatch hanging = new CountDownLatch(1);
  private HttpServer server;
  private ImageFetcher fetcher;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress("0.0.0.0", 0), 0);
    server.setExecutor(serverThreads);
    server.start();
    fetcher = fetcher(Duration.ofSeconds(10), 1 << 20);
  }

  private ImageFetcher fetcher(Duration total, int maxBytes) {
    FetchOptions options =
        new FetchOptions(
            address -> address.getHostAddress().equals(PUBLIC),
            Set.of(80, server.getAddress().getPort()),
            total,
            3,
            maxBytes);
    return new ImageFetcher(executor, options, this::lookup, new Spool(directory), metrics);
  }

  private InetAddress[] lookup(String host) throws UnknownHostException {
    lookups.add(host);
    String[] addresses = answers.size() > 1 ? answers.remove() : answers.peek();
    if (addresses == null) addresses = new String[] {host.equals("localhost") ? PUBLIC : host};
    InetAddress[] found = new InetAddress[addresses.length];
    for (int i = 0; i < found.length; i++) found[i] = InetAddress.getByName(addresses[i]);
    return found;
  }

  @AfterEach
  void stop() {
    hanging.countDown();
    fetcher.close();
    server.stop(0);
    serverThreads.shutdownNow();
    executor.close();
  }

  private String url(String host, String path) {
    return "http://" + host + ":" + server.getAddress().getPort() + path;
  }

  private void serve(String path, HttpHandler handler) {
    server.createContext(
        path,
        exchange -> {
          requests.add(exchange.getRequestHeaders().getFirst("Host") + exchange.getRequestURI());
          handler.handle(exchange);
          exchange.close();
        });
  }

  private static void send(HttpExchange exchange, byte[] body) throws IOException {
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
  }

  private void redirect(String from, String location) {
    serve(
        from,
        exchange -> {
          exchange.getResponseHeaders().set("Location", location);
          exchange.sendResponseHeaders(302, -1);
        });
  }

  private byte[] fetch(String url) throws IOException {
    Path file = fetcher.fetch(url, "url").toCompletableFuture().join();
    byte[] bytes = Files.readAllBytes(file);
    Files.delete(file);
    return bytes;
  }

  private ApiException refusal(String url) {
    return ApiException.from(
        catchThrowable(() -> fetcher.fetch(url, "url").toCompletableFuture().join()));
  }

  private void assertNotFetched(String url) {
    ApiException refusal = refusal(url);
    assertThat(refusal.reason()).as(url).isEqualTo(ErrorReason.ERROR_REASON_IMAGE_FETCH_FAILED);
    assertThat(refusal).hasMessageStartingWith("Sorry we could not fetch the image.");
    assertThat(refusal.getMessage()).doesNotContain("127.").doesNotContain("localhost");
    assertThat(refusal.violations().get(0).field()).isEqualTo("url");
    assertNothingLeft();
  }

  private void assertNothingLeft() {
    SpooledFiles.assertNoneIn(directory);
  }

  @Test
  void fetchesTheBody() throws IOException {
    serve("/a", exchange -> send(exchange, PICTURE));
    assertThat(fetch(url("localhost", "/a?b=c#d"))).isEqualTo(PICTURE);
    assertThat(requests).containsExactly("localhost:" + server.getAddress().getPort() + "/a?b=c");
    assertThat(lookups).containsExactly("localhost");
    assertThat(metrics.get("corkboard.media.fetch").timer().count()).isEqualTo(1);
    assertNothingLeft();
  }

  @Test
  void sendsNothingOfOurs() throws IOException {
    List<String> names = new CopyOnWriteArrayList<>();
    serve(
        "/a",
        exchange -> {
          names.addAll(exchange.getRequestHeaders().keySet());
          exchange.getResponseHeaders().set("Set-Cookie", "a=b");
          send(exchange, PICTURE);
        });
    fetch(url("localhost", "/a"));
    fetch(url("localhost", "/a"));
    assertThat(names).containsOnly("Accept", "Accept-encoding", "Connection", "Host", "User-agent");
  }

  @Test
  void followsThreeRedirectsAndChecksEach() throws IOException {
    serve("/end", exchange -> send(exchange, PICTURE));
    redirect("/1", "/2");
    redirect("/2", url("localhost", "/3"));
    redirect("/3", "end");
    redirect("/0", "/1");
    assertThat(fetch(url("localhost", "/1"))).isEqualTo(PICTURE);
    assertThat(lookups).hasSize(4);
    assertNotFetched(url("localhost", "/0"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.2/x",
        "http://127.0.0.2:PORT/secret",
        "http://10.0.0.1/",
        "http://[::1]/",
        "http://2130706434:PORT/secret",
        "http://user@127.0.0.1:PORT/secret",
        "file:///etc/passwd",
        "http://127.0.0.1:22/",
        "http://[::ffff:127.0.0.1]:PORT/secret",
        "",
        "//",
        "http://"
      })
  void redirectToWhatMustNotBeReachedIsRefused(String location) {
    serve("/secret", exchange -> send(exchange, PICTURE));
    redirect("/a", location.replace("PORT", Integer.toString(server.getAddress().getPort())));
    assertNotFetched(url("localhost", "/a"));
    assertThat(requests).noneMatch(request -> request.endsWith("/secret"));
  }

  @ParameterizedTest
  @ValueSource(strings = {PRIVATE, "[::1]", "10.0.0.1", "169.254.169.254", "0.0.0.0"})
  void literalAddressIsChecked(String host) {
    serve("/a", exchange -> send(exchange, PICTURE));
    assertNotFetched(url(host, "/a"));
    assertThat(requests).isEmpty();
  }

  @Test
  void oneRefusedAddressAmongManyRefusesTheName() {
    serve("/a", exchange -> send(exchange, PICTURE));
    answers.add(new String[] {PUBLIC, PRIVATE});
    assertNotFetched(url("mixed.example", "/a"));
    answers.clear();
    answers.add(new String[] {});
    assertNotFetched(url("empty.example", "/a"));
    assertThat(requests).isEmpty();
  }

  @Test
  void nameThatChangesItsMindIsAskedOnceForEachConnection() throws IOException {
    serve("/a", exchange -> send(exchange, PICTURE));
    answers.add(new String[] {PUBLIC});
    answers.add(new String[] {PRIVATE});
    assertThat(fetch(url("rebind.example", "/a"))).isEqualTo(PICTURE);
    assertThat(lookups).containsExactly("rebind.example");
    assertNotFetched(url("rebind.example", "/a"));
    assertThat(requests).hasSize(1);
  }

  @Test
  void nameThatChangesItsMindBetweenRedirectsIsRefused() {
    serve("/b", exchange -> send(exchange, PICTURE));
    redirect("/a", "/b");
    answers.add(new String[] {PUBLIC});
    answers.add(new String[] {PRIVATE});
    assertNotFetched(url("rebind.example", "/a"));
    assertThat(requests).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 204, 301, 304, 400, 401, 403, 404, 407, 500, 503})
  void onlyTwoHundredIsAPicture(int status) {
    serve("/a", exchange -> exchange.sendResponseHeaders(status, -1));
    assertNotFetched(url("localhost", "/a"));
  }

  @Test
  void portIsChecked() {
    assertThat(refusal("http://localhost:22/")).hasMessageContaining("port is not allowed");
    assertThat(lookups).isEmpty();
  }

  @Test
  void nobodyThereIsRefused() {
    answers.add(new String[] {PUBLIC});
    server.stop(0);
    assertNotFetched(url("localhost", "/a"));
  }

  @Test
  void endlessBodyStopsAtTheLimit() {
    serve(
        "/endless",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          writeForEver(exchange);
        });
    assertThat(refusal(url("localhost", "/endless")).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_IMAGE_TOO_LARGE);
    assertNothingLeft();
  }

  @Test
  void endlessBodyOfARedirectIsNotRead() throws IOException {
    serve("/end", exchange -> send(exchange, PICTURE));
    serve(
        "/endless",
        exchange -> {
          exchange.getResponseHeaders().set("Location", "/end");
          exchange.sendResponseHeaders(302, 0);
          writeForEver(exchange);
        });
    assertThat(fetch(url("localhost", "/endless"))).isEqualTo(PICTURE);
  }

  private static void writeForEver(HttpExchange exchange) throws IOException {
    byte[] chunk = new byte[64 << 10];
    while (true) exchange.getResponseBody().write(chunk);
  }

  @Test
  void declaredLengthIsCheckedFirst() throws IOException {
    serve("/limit", exchange -> send(exchange, new byte[1 << 20]));
    serve("/over", exchange -> send(exchange, new byte[(1 << 20) + 1]));
    assertThat(fetch(url("localhost", "/limit"))).hasSize(1 << 20);
    assertThat(refusal(url("localhost", "/over")).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_IMAGE_TOO_LARGE);
  }

  @Test
  void serverThatHangsRunsIntoTheLimit() {
    serve("/headers", exchange -> await());
    serve(
        "/body",
        exchange -> {
          exchange.sendResponseHeaders(200, 100);
          exchange.getResponseBody().write(1);
          exchange.getResponseBody().flush();
          await();
        });
    fetcher.close();
    fetcher = fetcher(Duration.ofMillis(300), 1 << 20);
    assertNotFetched(url("localhost", "/headers"));
    assertNotFetched(url("localhost", "/body"));
  }

  private void await() {
    try {
      hanging.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void serverThatTricklesRunsIntoTheLimit() {
    serve(
        "/a",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          while (hanging.getCount() > 0) {
            exchange.getResponseBody().write(1);
            exchange.getResponseBody().flush();
            Thread.onSpinWait();
          }
        });
    fetcher.close();
    fetcher = fetcher(Duration.ofMillis(300), Integer.MAX_VALUE);
    assertNotFetched(url("localhost", "/a"));
  }

  @Test
  void compressedBodyIsNotUnpacked() throws IOException {
    serve(
        "/a",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Encoding", "gzip");
          send(exchange, new byte[] {31, -117, 8, 0});
        });
    assertThat(fetch(url("localhost", "/a"))).containsExactly(31, -117, 8, 0);
  }

  @Test
  void moreThanMayWaitIsOverload() {
    serve("/a", exchange -> await());
    for (int i = 0; i < 4; i++) {
      assertThat(fetcher.fetch(url("localhost", "/a"), "url").toCompletableFuture()).isNotDone();
    }
    assertThat(refusal(url("localhost", "/a")).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_OVERLOADED);
  }

  @Test
  void allAddressesAreCheckedAndTheFirstTwoUsed() throws UnknownHostException {
    InetAddress[] many = new InetAddress[5];
    for (int i = 0; i < many.length; i++) many[i] = InetAddress.getByName("192.0.2." + i);
    assertThat(new CheckedResolver(host -> many, address -> true).resolve("many"))
        .containsExactly(many[0], many[1]);
    CheckedResolver strict = new CheckedResolver(host -> many, address -> !address.equals(many[4]));
    assertThat(catchThrowable(() -> strict.resolve("many")))
        .isInstanceOf(UnknownHostException.class);
  }
}
