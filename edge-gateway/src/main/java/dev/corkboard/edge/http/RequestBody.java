// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.http;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpStatusException;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.trace.Trails;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/** Takes in JSON bodies: their type, and how many large ones are in memory at once. */
public final class RequestBody {
  /** Up to here a body is read without asking; bytes. */
  static final long SMALL = 1 << 20;

  private static final Set<String> ENCODINGS = Set.of("gzip", "deflate", "identity");

  private final Semaphore large;
  private final int maxLarge;
  private final int places;

  /** Keeps at most {@code maxLarge} bodies of over 1 MiB (or of unknown size) at once. */
  public RequestBody(int maxLarge) {
    this(new Semaphore(maxLarge), maxLarge, 1);
  }

  private RequestBody(Semaphore large, int maxLarge, int places) {
    this.large = large;
    this.maxLarge = maxLarge;
    this.places = places;
  }

  /** The same for bodies that may be twice as large: one of them takes the places of two. */
  public RequestBody twiceAsLarge() {
    return new RequestBody(large, maxLarge, Math.min(maxLarge, 2 * places));
  }

  /** Reads a body of at most 1 MiB. */
  public <T> CompletionStage<T> read(HttpRequest request, Function<byte[], T> parser) {
    requireJson(request);
    return Trails.follow(request.aggregate())
        .thenApply(whole -> parser.apply(whole.content().array()));
  }

  /**
   * Reads a body that may be large and works on it; fails with OVERLOADED when too many are being
   * worked on. Large ones are parsed off the event loop.
   */
  public <T, R> CompletionStage<R> readLarge(
      ServiceRequestContext ctx,
      HttpRequest request,
      Function<byte[], T> parser,
      Function<T, CompletionStage<R>> work) {
    requireJson(request);
    long length = request.headers().contentLength();
    boolean encoded = request.headers().contains(HttpHeaderNames.CONTENT_ENCODING);
    if (length >= 0 && length <= SMALL && !encoded) return read(request, parser).thenCompose(work);
    if (!large.tryAcquire(places)) throw ApiException.overloaded("large request bodies");
    return request
        .aggregate()
        .thenApplyAsync(whole -> parser.apply(whole.content().array()), ctx.blockingTaskExecutor())
        .thenCompose(work)
        .whenComplete((done, failure) -> large.release(places));
  }

  private static void requireJson(HttpRequest request) {
    String encoding = request.headers().get(HttpHeaderNames.CONTENT_ENCODING, "identity");
    if (!ENCODINGS.contains(encoding.toLowerCase(Locale.ROOT))) {
      throw HttpStatusException.of(HttpStatus.UNSUPPORTED_MEDIA_TYPE);
    }
    if (!request.headers().contains(HttpHeaderNames.CONTENT_TYPE)) return;
    MediaType type = request.contentType();
    if (type == null || !type.is(MediaType.JSON) || !isUtf8(type)) {
      throw HttpStatusException.of(HttpStatus.UNSUPPORTED_MEDIA_TYPE);
    }
  }

  private static boolean isUtf8(MediaType type) {
    try {
      return StandardCharsets.UTF_8.equals(type.charset(StandardCharsets.UTF_8));
    } catch (IllegalArgumentException | IllegalStateException noCharsetOrSeveral) {
      return false;
    }
  }
}
