// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.oauth;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.trace.Trails;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.ExecutorServiceMetrics;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Hashes passwords with Argon2id, on threads of its own; refuses with OVERLOADED when 64 wait,
 * which is the gauge {@code corkboard.executor.queued}. The cost is what OWASP's password storage
 * cheat sheet asks for at least: 19 MiB, two passes, one lane.
 */
final class Passwords implements AutoCloseable {
  private static final int MEMORY_KIB = 19_456;
  private static final int PASSES = 2;
  private static final int LANES = 1;
  private static final int HASH_BYTES = 32;
  private static final int SALT_BYTES = 16;
  private static final int THREADS = 2;
  private static final int WAITING = 64;

  private final Argon2Function argon2;
  private final ThreadPoolExecutor executor =
      new ThreadPoolExecutor(
          THREADS,
          THREADS,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(WAITING),
          task -> {
            Thread thread = new Thread(task, "passwords");
            thread.setDaemon(true);
            return thread;
          });

  /** Compared with where there is no password, so that an answer takes as long as any other. */
  private final String nobody;

  Passwords(MeterRegistry metrics) {
    this(MEMORY_KIB);
    new ExecutorServiceMetrics(executor, "passwords", "corkboard", Tags.empty()).bindTo(metrics);
  }

  Passwords(int memoryKib) {
    argon2 = Argon2Function.getInstance(memoryKib, PASSES, LANES, HASH_BYTES, Argon2.ID);
    nobody = encode("nobody");
  }

  /** A hash in the PHC string format, which names its own cost. */
  CompletionStage<String> hash(String password) {
    return run(() -> encode(password));
  }

  /** Whether a password is the one that was hashed; takes the same time where none was. */
  CompletionStage<Boolean> matches(String password, Optional<String> hash) {
    return run(
        () -> {
          String known = hash.orElse(nobody);
          boolean same =
              Password.check(password, known).with(Argon2Function.getInstanceFromHash(known));
          return same && hash.isPresent();
        });
  }

  private String encode(String password) {
    return Password.hash(password).addRandomSalt(SALT_BYTES).with(argon2).getResult();
  }

  private <T> CompletionStage<T> run(Supplier<T> work) {
    try {
      return Trails.follow(CompletableFuture.supplyAsync(work, executor));
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedStage(ApiException.overloaded("signing in"));
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
