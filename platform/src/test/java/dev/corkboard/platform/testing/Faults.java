// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.testing;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/** Makes a real session fail the way networks and processes do. */
@FunctionalInterface
public interface Faults {
  /** Runs a statement, or not, and answers, or not. */
  CompletionStage<AsyncResultSet> run(
      Statement<?> statement, Supplier<CompletionStage<AsyncResultSet>> real);

  /** The session with these faults on everything executed. */
  default CqlSession around(CqlSession session) {
    return (CqlSession)
        Proxy.newProxyInstance(
            CqlSession.class.getClassLoader(),
            new Class<?>[] {CqlSession.class},
            (proxy, method, args) -> {
              Supplier<Object> call =
                  () -> {
                    try {
                      return method.invoke(session, args);
                    } catch (InvocationTargetException | IllegalAccessException e) {
                      throw new IllegalStateException(e.getCause());
                    }
                  };
              if (method.getName().equals("executeAsync") && args[0] instanceof Statement<?> s) {
                return run(s, () -> stage(call.get()));
              }
              return call.get();
            });
  }

  @SuppressWarnings("unchecked")
  private static CompletionStage<AsyncResultSet> stage(Object result) {
    return (CompletionStage<AsyncResultSet>) result;
  }

  /** Whether a statement is a conditional one. */
  static boolean isConditional(Statement<?> statement) {
    return statement instanceof BatchStatement
        || (statement instanceof BoundStatement bound
            && bound.getPreparedStatement().getQuery().contains(" IF "));
  }

  /** Everything works for so many statements, then the process is dead. */
  static Faults dieAfter(int statements) {
    AtomicInteger left = new AtomicInteger(statements);
    return (statement, real) ->
        left.getAndDecrement() > 0
            ? real.get()
            : CompletableFuture.failedStage(new IllegalStateException("dead"));
  }

  /** None; tells whose buckets of intents are read. */
  static Faults intentReads(LongConsumer buckets) {
    return (statement, real) -> {
      if (statement instanceof BoundStatement bound
          && bound.getPreparedStatement().getQuery().contains(" FROM intent WHERE ")) {
        buckets.accept(bound.getLong("bucket"));
      }
      return real.get();
    };
  }

  /** Of the conditional statements every n-th is lost on the way and every m-th on the way back. */
  static Faults timeOuts(int lost, int unanswered) {
    AtomicInteger count = new AtomicInteger();
    return (statement, real) -> {
      if (!isConditional(statement)) return real.get();
      int number = count.incrementAndGet();
      if (number % lost == 0) return timedOut();
      if (number % unanswered == 0) return real.get().thenCompose(done -> timedOut());
      return real.get();
    };
  }

  static CompletionStage<AsyncResultSet> timedOut() {
    return CompletableFuture.failedStage(new DriverTimeoutException("injected"));
  }
}
