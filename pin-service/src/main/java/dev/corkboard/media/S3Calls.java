// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import dev.corkboard.platform.error.ApiException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Makes calls of S3 and tells their failures apart: what is not there is empty, an outage is an
 * {@link IOException}, and a refusal, for which only this installation can be to blame, is
 * INTERNAL.
 */
final class S3Calls {
  private static final int NOT_FOUND = 404;

  /** Besides these, every 5xx is an outage. */
  private static final Set<Integer> BUSY = Set.of(408, 429);

  /**
   * What says that a client was slow, and that a multipart upload ended meanwhile, which is what a
   * repeat meets when the answer to the first attempt was lost.
   */
  private static final Set<String> LOST = Set.of("RequestTimeout", "NoSuchUpload");

  private final MeterRegistry metrics;

  S3Calls(MeterRegistry metrics) {
    this.metrics = metrics;
  }

  /** What the call answers; it asks for nothing that may be missing. */
  <T> T call(String operation, Supplier<T> call) throws IOException {
    return find(operation, call)
        .orElseThrow(() -> new IOException("S3 does not know what it was asked to " + operation));
  }

  /** What the call answers; empty when there is no such object. */
  <T> Optional<T> find(String operation, Supplier<T> call) throws IOException {
    long begin = System.nanoTime();
    String outcome = "failed";
    try {
      Optional<T> answer = Optional.of(call.get());
      outcome = "ok";
      return answer;
    } catch (UncheckedIOException disk) {
      throw disk.getCause();
    } catch (SdkException failure) {
      outcome = outcome(failure);
      return switch (outcome) {
        case "missing" -> Optional.empty();
        case "refused" -> throw ApiException.internal(failure);
        default -> throw new IOException("S3 does not answer: " + operation, failure);
      };
    } finally {
      record(operation, outcome, System.nanoTime() - begin);
    }
  }

  private void record(String operation, String outcome, long nanos) {
    Timer.builder("corkboard.media.s3.calls")
        .tag("operation", operation)
        .tag("outcome", outcome)
        .register(metrics)
        .record(Duration.ofNanos(nanos));
  }

  private static String outcome(SdkException failure) {
    if (!(failure instanceof S3Exception answer)) return "unavailable";
    int status = answer.statusCode();
    String code = code(answer);
    if (status >= 500 || BUSY.contains(status) || LOST.contains(code)) return "unavailable";
    // The answer to HEAD has no body and so no code.
    boolean object = code.isEmpty() || code.equals("NoSuchKey") || code.equals("NotFound");
    return status == NOT_FOUND && object ? "missing" : "refused";
  }

  /** The code S3 gave, such as AccessDenied; may be empty. */
  static String code(S3Exception answer) {
    AwsErrorDetails details = answer.awsErrorDetails();
    return details == null || details.errorCode() == null ? "" : details.errorCode();
  }
}
