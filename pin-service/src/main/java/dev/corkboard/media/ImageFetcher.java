// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import dev.corkboard.platform.error.ApiException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.io.Closer;

/**
 * Fetches pictures from the public Internet and nowhere else: each hop's URL, port and addresses
 * are checked, nothing of ours is sent along, and time and size are bounded. Fails with
 * IMAGE_FETCH_FAILED, IMAGE_TOO_LARGE or OVERLOADED.
 */
final class ImageFetcher implements AutoCloseable {
  private static final int CHUNK_BYTES = 16 << 10;

  private final MediaExecutor executor;
  private final FetchOptions options;
  private final Spool spool;
  private final CloseableHttpClient client;
  private final Timer timer;
  private final ScheduledThreadPoolExecutor clock =
      new ScheduledThreadPoolExecutor(
          1,
          task -> {
            Thread thread = new Thread(task, "media-fetch-deadline");
            thread.setDaemon(true);
            return thread;
          });

  ImageFetcher(
      MediaExecutor executor,
      FetchOptions options,
      CheckedResolver.HostResolver resolver,
      Spool spool,
      MeterRegistry metrics) {
    this.executor = executor;
    this.options = options;
    this.spool = spool;
    this.client = FetchClient.open(new CheckedResolver(resolver, options.addresses()), options);
    this.timer =
        Timer.builder("corkboard.media.fetch").publishPercentileHistogram().register(metrics);
    clock.setRemoveOnCancelPolicy(true);
  }

  /** The body in a file of the spool, which the caller deletes; errors name {@code field}. */
  CompletionStage<Path> fetch(String url, String field) {
    Fetch fetch = new Fetch(field);
    ScheduledFuture<?> deadline =
        clock.schedule(fetch::expire, options.total().toMillis(), TimeUnit.MILLISECONDS);
    long begin = System.nanoTime();
    try {
      executor.execute(() -> fetch.run(url));
    } catch (ApiException overloaded) {
      fetch.answer.completeExceptionally(overloaded);
    }
    return fetch.answer.whenComplete(
        (file, failure) -> {
          deadline.cancel(false);
          timer.record(System.nanoTime() - begin, TimeUnit.NANOSECONDS);
        });
  }

  @Override
  public void close() {
    clock.shutdownNow();
    client.close(CloseMode.IMMEDIATE);
  }

  /** One fetch: it ends when the body is there, something is refused, or the time is over. */
  private final class Fetch {
    private final CompletableFuture<Path> answer = new CompletableFuture<>();
    private final String field;
    private HttpGet current;
    private boolean expired;

    Fetch(String field) {
      this.field = field;
    }

    private synchronized void expire() {
      expired = true;
      if (current != null) current.cancel();
      answer.completeExceptionally(new FetchFailedException("").toApiException(field));
    }

    private synchronized HttpGet begin(ImageUrl url) throws FetchFailedException {
      if (expired) throw new FetchFailedException("");
      current = new HttpGet(url.uri());
      return current;
    }

    void run(String url) {
      Path file = null;
      try {
        file = spool.create();
        follow(ImageUrl.parse(url), file);
        if (!answer.complete(file)) spool.delete(file);
        return;
      } catch (FetchFailedException refused) {
        answer.completeExceptionally(refused.toApiException(field));
      } catch (ApiException tooLarge) {
        answer.completeExceptionally(tooLarge);
      } catch (IOException | RuntimeException unreachable) {
        // What went wrong would tell the caller about the network we are in.
        answer.completeExceptionally(new FetchFailedException("").toApiException(field));
      }
      if (file != null) spool.delete(file);
    }

    private void follow(ImageUrl first, Path file) throws FetchFailedException, IOException {
      ImageUrl url = first;
      for (int hop = 0; hop <= options.redirects(); hop++) {
        if (!options.ports().contains(url.port())) {
          throw new FetchFailedException("The URL's port is not allowed.");
        }
        HttpHost target = new HttpHost(url.uri().getScheme(), url.host(), url.port());
        HttpGet request = begin(url);
        ClassicHttpResponse response = client.executeOpen(target, request, null);
        try {
          int status = response.getCode();
          if (status == HttpStatus.SC_OK) {
            save(response.getEntity(), file);
            return;
          }
          Header location = response.getFirstHeader(HttpHeaders.LOCATION);
          if (!isRedirect(status) || location == null) throw new FetchFailedException("");
          url = url.resolve(location.getValue());
        } finally {
          // Closing alone would first read the rest, and there may be no end to it.
          request.cancel();
          Closer.closeQuietly(response);
        }
      }
      throw new FetchFailedException("There are too many redirects.");
    }

    private static boolean isRedirect(int status) {
      return status == HttpStatus.SC_MOVED_PERMANENTLY
          || status == HttpStatus.SC_MOVED_TEMPORARILY
          || status == HttpStatus.SC_SEE_OTHER
          || status == HttpStatus.SC_TEMPORARY_REDIRECT
          || status == HttpStatus.SC_PERMANENT_REDIRECT;
    }

    private void save(HttpEntity body, Path file) throws FetchFailedException, IOException {
      if (body == null) throw new FetchFailedException("");
      if (body.getContentLength() > options.maxBytes()) throw PictureLimits.tooManyBytes(field);
      byte[] chunk = new byte[CHUNK_BYTES];
      long total = 0;
      InputStream in = body.getContent();
      try (OutputStream out = Files.newOutputStream(file)) {
        for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
          total += read;
          if (total > options.maxBytes()) throw PictureLimits.tooManyBytes(field);
          out.write(chunk, 0, read);
        }
      }
    }
  }
}
