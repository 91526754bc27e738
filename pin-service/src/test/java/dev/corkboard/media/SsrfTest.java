// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpServer;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.error.ApiException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every way into our own network, with the address rule of production. A server listens on all
 * addresses of this machine, on a port that is allowed, and counts who connects; only {@value
 * #PUBLIC} is taken for public, so that redirects have somewhere to begin.
 */
class SsrfTest {
  private static final Logger log = LoggerFactory.getLogger(SsrfTest.class);
  private static final String PUBLIC = "127.9.9.9";

  @TempDir Path directory;
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final MediaExecutor executor = new MediaExecutor("fetch", 2, 100, metrics);
  private final AtomicInteger connections = new AtomicInteger();
  private final Queue<String> locations = new ArrayDeque<>();
  private final Map<String, Queue<String[]>> names = new ConcurrentHashMap<>();
  private ServerSocket inside;
  private HttpServer outside;
  private int port;

  @BeforeEach
  void listen() throws IOException {
    inside = new ServerSocket(0, 50);
    port = inside.getLocalPort();
    Thread counter = new Thread(this::count, "count-connections");
    counter.setDaemon(true);
    counter.start();
    outside = HttpServer.create(new InetSocketAddress(InetAddress.getByName(PUBLIC), 0), 0);
    outside.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().set("Location", locations.remove());
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    outside.start();
  }

  private void count() {
    try {
      while (true) {
        inside.accept().close();
        connections.incrementAndGet();
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  @AfterEach
  void stop() throws IOException {
    inside.close();
    outside.stop(0);
    executor.close();
  }

  private ImageFetcher fetcher(Predicate<InetAddress> rule) {
    FetchOptions options =
        new FetchOptions(
            address -> address.getHostAddress().equals(PUBLIC) || rule.test(address),
            Set.of(80, 443, port, outside.getAddress().getPort()),
            Duration.ofSeconds(10),
            3,
            1 << 20);
    return new ImageFetcher(executor, options, this::lookup, new Spool(directory), metrics);
  }

  /** Names of the test, else what the machine says of addresses and of itself. */
  private InetAddress[] lookup(String host) throws UnknownHostException {
    Queue<String[]> answers = names.get(host);
    if (answers == null) return InetAddress.getAllByName(host);
    List<InetAddress> found = new ArrayList<>();
    for (String address : answers.size() > 1 ? answers.remove() : answers.peek()) {
      found.add(InetAddress.getByName(address));
    }
    return found.toArray(InetAddress[]::new);
  }

  private void name(String host, String[]... answers) {
    names.put(host, new ArrayDeque<>(Arrays.asList(answers)));
  }

  private static String[] addresses(String... addresses) {
    return addresses;
  }

  private Set<String> urls() throws SocketException {
    Set<String> urls = new LinkedHashSet<>();
    for (String host : HostileUrls.HOSTS) {
      urls.add("http://" + host + ":PORT/");
      urls.add("http://" + host + "/");
    }
    urls.addAll(List.of(HostileUrls.URLS));
    for (InetAddress own : ownAddresses()) {
      String text = own.getHostAddress();
      urls.add(
          "http://"
              + (text.contains(":") ? "[" + text.replace("%", "%25") + "]" : text)
              + ":PORT/");
    }
    Set<String> there = new LinkedHashSet<>();
    urls.forEach(url -> there.add(url.replace("PORT", Integer.toString(port))));
    return there;
  }

  /** Where this machine can be reached, as far as that is not the Internet. */
  private static List<InetAddress> ownAddresses() throws SocketException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> !PublicAddresses.contains(address))
        .toList();
  }

  private void assertNotFetched(ImageFetcher fetcher, String url, String as) {
    Throwable failure =
        catchThrowable(() -> fetcher.fetch(url, "media_source.url").toCompletableFuture().join());
    ApiException refusal = ApiException.from(failure);
    assertThat(refusal.reason()).as(as).isEqualTo(ErrorReason.ERROR_REASON_IMAGE_FETCH_FAILED);
    assertThat(refusal.violations().get(0).field()).isEqualTo("media_source.url");
    assertThat(connections).as(as).hasValue(0);
  }

  private String outside(String host) {
    return "http://" + host + ":" + outside.getAddress().getPort() + "/";
  }

  @Test
  void theServerIsThereForThoseWhoMay() {
    try (ImageFetcher careless = fetcher(address -> true)) {
      for (String host : new String[] {"127.0.0.1", "0.0.0.0", "localhost"}) {
        int before = connections.get();
        var unused = careless.fetch("http://" + host + ":" + port + "/", "url");
        Awaitility.await().until(() -> connections.get() > before);
      }
    }
  }

  @Test
  void noAddressOfOursIsReached() throws SocketException {
    Set<String> urls = urls();
    try (ImageFetcher fetcher = fetcher(PublicAddresses::contains)) {
      for (String url : urls) assertNotFetched(fetcher, url, url);
    }
    assertThat(HostileUrls.HOSTS.length).isGreaterThan(80);
    log.info("SSRF URLs {}: reached 0, connections {}", urls.size(), connections);
    assertNothingLeft();
  }

  @Test
  void noRedirectToAnAddressOfOursIsFollowed() throws SocketException {
    Set<String> urls = urls();
    urls.removeIf(url -> url.chars().anyMatch(c -> c < ' ' || c > '~'));
    try (ImageFetcher fetcher = fetcher(PublicAddresses::contains)) {
      for (String url : urls) {
        locations.add(url);
        assertNotFetched(fetcher, outside(PUBLIC), "redirect to " + url);
        locations.clear();
      }
      locations.addAll(List.of("/2", "/3", "http://127.0.0.1:" + port + "/"));
      assertNotFetched(fetcher, outside(PUBLIC), "a chain of redirects");
      for (int i = 0; i < 10; i++) locations.add(outside(PUBLIC));
      assertNotFetched(fetcher, outside(PUBLIC), "a circle of redirects");
      assertThat(locations).as("three redirects were followed").hasSize(6);
    }
    log.info("SSRF redirects {}: reached 0, connections {}", urls.size() + 2, connections);
    assertNothingLeft();
  }

  @Test
  void noNameLeadsToAnAddressOfOurs() {
    List<String> plain =
        Stream.of(HostileUrls.HOSTS)
            .map(host -> host.replace("[", "").replace("]", ""))
            .filter(com.google.common.net.InetAddresses::isInetAddress)
            .toList();
    try (ImageFetcher fetcher = fetcher(PublicAddresses::contains)) {
      for (String address : plain) {
        name("inside.example", addresses(address));
        assertNotFetched(fetcher, "http://inside.example:" + port + "/", address);
        name("mixed.example", addresses(PUBLIC, address));
        assertNotFetched(fetcher, "http://mixed.example:" + port + "/", "mixed with " + address);
        name("mixed.example", addresses(address, PUBLIC));
        assertNotFetched(fetcher, "http://mixed.example:" + port + "/", address + " first");
        name("rebind.example", addresses(PUBLIC), addresses(address));
        locations.addAll(List.of("http://rebind.example:" + port + "/", "/"));
        assertNotFetched(fetcher, outside("rebind.example"), "rebound to " + address);
        assertThat(names.get("rebind.example")).as("both answers were asked for").hasSize(1);
        locations.clear();
      }
    }
    log.info(
        "SSRF names for {} addresses, alone, mixed and rebound: reached 0, connections {}",
        plain.size(),
        connections);
    assertNothingLeft();
  }

  private void assertNothingLeft() {
    SpooledFiles.assertNoneIn(directory);
    assertThat(connections).hasValue(0);
  }
}
